"""Fragments become the handout of the slides: a title page, then every unit's slides from a new page on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mathbook.document.edition import Edition, Options
from mathbook.document.fragment import Fragment
from mathbook.document.theme import Theme
from mathbook.document.words import say
from mathbook.pdf.assembly import Assembly
from mathbook.pdf.front import title_page
from mathbook.pdf.furniture import Furniture
from mathbook.pdf.piece import unpack
from mathbook.slides_handout.compile import heading_of
from mathbook.slides_handout.stylesheet import in_deck_fonts, paper


def link(edition: Edition, fragments: Iterable[Fragment], theme: Theme, into: Path) -> None:
    """Write the finished PDF."""
    page, heads = paper(Options(edition.audience, edition.meta)), [""]
    with into.open("wb") as out:
        assembly = Assembly(out, (theme, in_deck_fonts(theme)), page)
        title = title_page(edition, theme, say("Slides", edition.meta.language))
        assembly.add(title.piece, title.bookmarks)
        for unit, fragment in zip(edition.units, fragments, strict=True):
            pages = assembly.add(unpack(fragment.content), fragment.bookmarks)
            heads += [heading_of(unit, edition.meta.language)] * pages
        assembly.finish(edition, _furniture(edition, heads), front=1)


def _furniture(edition: Edition, heads: list[str]) -> Iterator[Furniture]:
    """Yield each page's running head and foot; the title page has none, a unit's first page has no head."""
    meta = edition.meta
    mark = say("Instructor’s edition", meta.language) if edition.audience == "instructor" else ""
    edition_line = say("Edition {0}, {1}", meta.language, meta.edition, meta.date)
    foot = " · ".join(filter(None, (edition_line, say("Slides", meta.language), mark)))
    yield Furniture()
    for number, head in enumerate(heads[1:], start=1):
        first = head != heads[number - 1]
        yield Furniture("" if first else meta.title, "" if first else head, foot, str(number))

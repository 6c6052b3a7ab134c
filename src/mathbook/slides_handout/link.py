"""Fragments become the handout of the slides: a title page, then every unit's slides from a new page on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf

from mathbook.document.edition import Edition, Options
from mathbook.document.fragment import Fragment
from mathbook.document.theme import Theme
from mathbook.document.words import say
from mathbook.pdf.assembly import Assembly
from mathbook.pdf.front import title_page
from mathbook.pdf.furniture import Furniture, put_furniture
from mathbook.pdf.metadata import put_metadata, put_outline, put_page_labels
from mathbook.slides_handout.compile import heading_of
from mathbook.slides_handout.stylesheet import in_deck_fonts, paper


def link(edition: Edition, fragments: Iterable[Fragment], theme: Theme, into: Path) -> None:
    """Write the finished PDF."""
    assembly = Assembly(in_deck_fonts(theme))
    assembly.add(title_page(edition, theme, say("Slides", edition.meta.language)))
    heads = [""]
    for unit, fragment in zip(edition.units, fragments, strict=True):
        heads += [heading_of(unit, edition.meta.language)] * assembly.add(fragment.content, fragment.bookmarks)
    assembly.finish_tags()
    assembly.finish_destinations()
    assembly.fonts.put(assembly.pdf)
    put_furniture(assembly.pdf, list(_furniture(edition, heads)), theme, paper(Options(edition.audience, edition.meta)))
    put_page_labels(assembly.pdf, 1)
    put_outline(assembly.pdf, assembly.bookmarks)
    put_metadata(assembly.pdf, edition)
    assembly.pdf.save(
        into,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )


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

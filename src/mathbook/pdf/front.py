"""The linker's own pages: the title page and the contents, laid out like a unit when the page numbers are known."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree
from lxml.builder import E

from mathbook.document.edition import Edition, Options
from mathbook.document.theme import Theme
from mathbook.document.words import say
from mathbook.pdf.contents import Entry, Listing
from mathbook.pdf.geometry import Page, page_of
from mathbook.pdf.lettering import Lettering
from mathbook.pdf.mend import Mended, mended
from mathbook.pdf.render import render_pdf
from mathbook.pdf.stylesheet import print_sheets

TITLE_SIZE = 3.4
"""Of the title on its page, in sizes of the body, as in the style sheet."""


def title_page(edition: Edition, theme: Theme, kind: str = "") -> Mended:
    """Return the title page; `kind` says what this is, if it isn't the book."""
    meta = edition.meta
    even = _even_width(meta.title, theme, page_of(meta.paper))
    page = E.section({"class": "title-page"}, E.hr(), E.h1({"style": f"max-width: {even:.2f}em"}, meta.title))
    if meta.subtitle:
        page.append(E.p({"class": "subtitle"}, meta.subtitle))
    if meta.authors:
        page.append(E.p({"class": "authors"}, ", ".join(meta.authors)))
    mark = "Instructor’s edition: with solutions and speaker notes" if edition.audience == "instructor" else ""
    whose = say(mark, meta.language) if mark else ""
    if kind or whose:
        page.append(E.p({"class": "mark"}, " · ".join(filter(None, (kind, whose)))))
    imprint = [say("Edition {0}, {1}", meta.language, meta.edition, meta.date)]
    imprint += [say("Licence: {0}", meta.language, meta.licence)] if meta.licence else []
    page.append(E.p({"class": "imprint"}, imprint[0], *(_line(line) for line in imprint[1:])))
    return _rendered(page, edition, theme, meta.title)


def _even_width(title: str, theme: Theme, page: Page) -> float:
    """Return the least width, in em, in which the title takes no more lines than in all there is: so they are even."""
    face, room = Lettering(theme, "", weight=700), (page.width - 2 * page.side) / (theme.body_size * TITLE_SIZE)
    widths = [face.line(f"{word} ", 1).width for word in title.split()]
    least = max(widths, default=0)
    tried = [least + (room - least) * step / 40 for step in range(40)] if least < room else []
    return next((width for width in tried if _lines_in(width, widths) == _lines_in(room, widths)), room)


def _lines_in(room: float, widths: Sequence[float]) -> int:
    lines, left = 1, room
    for width in widths:
        if width > left and left < room:
            lines, left = lines + 1, room
        left -= width
    return lines


def _line(text: str) -> etree._Element:
    made = E.br()
    made.tail = text
    return made


def laid_out(listings: Sequence[Listing], edition: Edition, theme: Theme) -> Mended:
    """Return the contents with the lists below, each line a link, laid out by the engine."""
    first, *others = listings
    page = E.section({"class": "contents"}, E.h1({"data-bookmark": first.title}, first.title))
    page.append(_lines(first.entries))
    for listing in others:
        page.append(E.h2(listing.title))
        page.append(_lines(listing.entries))
    return _rendered(page, edition, theme, first.title, is_contents=True)


def _lines(entries: Sequence[Entry]) -> etree._Element:
    return E.ul(*(_line_of(entry) for entry in entries))


def _line_of(entry: Entry) -> etree._Element:
    title = E.a({"href": f"mathbook:{entry.address}", "class": "entry"}, entry.title)
    page = E.span({"class": "entry-page"}, entry.label)
    return E.li({"class": f"level-{entry.level}"}, title, page)


def _rendered(page: etree._Element, edition: Edition, theme: Theme, title: str, *, is_contents: bool = False) -> Mended:
    options = Options(edition.audience, edition.meta)
    rendered = render_pdf(
        page,
        title=title,
        language=edition.meta.language,
        sheets=print_sheets(theme, options),
        resources={},
        formulas={},
    )
    return mended(rendered, theme=theme, name="contents" if is_contents else "title-page", is_contents=is_contents)

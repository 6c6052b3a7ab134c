"""Which pages a linked file has, and what stands on them: parts, their numbers, the lines of the contents.

Of fragments only what they say of themselves is needed, and not their content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, zip_longest

from mathbook.document.book import Example, Unit
from mathbook.document.edition import Edition
from mathbook.document.fragment import Bookmark, Fragment
from mathbook.document.identifiers import print_identifier
from mathbook.document.pagination import CONTENTS, TITLE_PAGE, PageStart, Pagination, PrintPage
from mathbook.document.words import say
from mathbook.formula.plain_line import plain_line
from mathbook.frozen import frozen
from mathbook.pdf.assembly import BOOKMARK
from mathbook.pdf.contents import Contents, Entry, Listing

LONG = 800
"""Lines from which on contents are long, about 18 pages: then sections are left to the outline, and each list begins a
page, so that one more example moves few lines.
"""
_FIRST = (PageStart("text", 0),)


@frozen
class Part:
    """So many pages of one kind: front pages count in roman numerals, a bare one shows no furniture.

    `unit` says whose pages they are, as a Pagination names it; `starts` where they begin there.
    """

    pages: int
    title: str
    front: bool = False
    bare: bool = False
    unit: str = ""
    starts: tuple[PageStart, ...] = ()


def front_parts(edition: Edition, title_pages: int, contents_pages: int, bodies: Sequence[Part]) -> list[Part]:
    """Return the parts before the units: the title page, the contents, and an empty page where one is needed."""
    title = say("Contents", edition.meta.language)
    parts = [
        Part(title_pages, "", front=True, bare=True, unit=TITLE_PAGE, starts=_FIRST),
        Part(contents_pages, title, front=True, unit=CONTENTS, starts=_FIRST),
    ]
    return [*parts, *blank(edition, [*parts, *bodies])]


def pagination(edition: Edition, parts: list[Part]) -> Pagination:
    """Return the pages with the numbers that readers see. Of pages that print has of its own, only the first is named:
    other formats have other contents.
    """
    labels = page_labels(parts)
    pages = [
        PrintPage(label, part.unit, start)
        for part in parts
        for label, start in zip_longest(islice(labels, part.pages), part.starts)
        if start is not None
    ]
    return Pagination(print_identifier(edition), tuple(pages))


def bodies_of(edition: Edition, fragments: Sequence[Fragment]) -> list[Part]:
    """Return a part a unit."""
    return [_part(unit, fragment, edition) for unit, fragment in zip(edition.units, fragments, strict=True)]


def blank(edition: Edition, parts: list[Part]) -> list[Part]:
    """Return the empty page behind the contents that lets page 1 be on the right, in a book of two sides."""
    front = sum(part.pages for part in parts if part.front)
    return [Part(1, "", front=True, bare=True)] if edition.meta.pdf.sides == "double" and front % 2 else []


def _part(unit: Unit, fragment: Fragment, edition: Edition) -> Part:
    front = not isinstance(unit, Example) and unit.place == "front"
    return Part(fragment.extent, _title(unit, edition), front=front, unit=unit.id, starts=fragment.starts)


def _title(unit: Unit, edition: Edition) -> str:
    title = plain_line(unit.title, edition.meta.language)
    return f"{unit.number}  {title}" if isinstance(unit, Example) and unit.number else title


def contents_of(
    edition: Edition, fragments: Sequence[Fragment], bodies: list[Part], printer: Contents
) -> tuple[list[Listing], int]:
    """Return the contents and how many pages they have. Their own length moves only roman numbers: two rounds do."""
    marks, language = list(_marks(fragments)), edition.meta.language
    is_long = sum(mark.level <= 2 for mark in marks) > LONG
    deepest = 1 if is_long else 2
    pages = 1
    for _ in range(4):
        before = [Part(1, "", front=True), Part(pages, "", front=True)]
        before += blank(edition, [*before, *bodies])
        labels = list(page_labels([*before, *bodies]))[sum(part.pages for part in before) :]
        # the contents' own heading is the first bookmark of the book
        entries = tuple(
            Entry(mark.level, mark.title, labels[mark.page], f"{BOOKMARK}{number}")
            for number, mark in enumerate(marks, start=1)
            if mark.level <= deepest
        )
        listings = [Listing(say("Contents", language), entries), *_lists(fragments, labels, language, is_long)]
        found = printer.pages(listings)
        if found == pages:
            break
        pages = found
    return listings, pages


def _marks(fragments: Sequence[Fragment]) -> Iterator[Bookmark]:
    """Yield the fragments' bookmarks, pages counted from the first fragment's first."""
    first = 0
    for fragment in fragments:
        yield from (replace(mark, page=first + mark.page) for mark in fragment.bookmarks)
        first += fragment.extent


def _lists(fragments: Sequence[Fragment], labels: list[str], language: str, apart: bool) -> Iterator[Listing]:
    """Yield the lists of figures and of tables, as far as the book has any that can be referred to; on pages of their
    own if they are to be apart.
    """
    pages = dict(pages_of_places(fragments, labels))
    captions = [caption for fragment in fragments for caption in fragment.captions if caption.label in pages]
    for title, kind in (("Figures", "fig"), ("Tables", "tbl")):
        shown = [one for one in captions if one.kind == kind]
        if shown:
            entries = tuple(Entry(0, one.words, pages[one.label], one.label) for one in shown)
            yield Listing(say(title, language), entries, apart)


def pages_of_places(fragments: Sequence[Fragment], labels: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each label with the number of the page that it is on."""
    first = 0
    for fragment in fragments:
        yield from ((place.label, labels[first + place.position]) for place in fragment.places)
        first += fragment.extent


def page_labels(parts: Iterable[Part]) -> Iterator[str]:
    """Yield each page's number as readers see it: i, ii, … for front pages, then 1, 2, …"""
    counts = {True: 0, False: 0}
    for part in parts:
        for _ in range(part.pages):
            counts[part.front] += 1
            yield _roman(counts[True]) if part.front else str(counts[False])


def _roman(number: int) -> str:
    values = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    shown = ""
    for value, sign in values:
        count, number = divmod(number, value)
        shown += sign * count
    return shown

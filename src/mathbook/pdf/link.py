"""Fragments become the book, or one of them a handout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from pathlib import Path

from mathbook.document.book import Example, Matter, Unit
from mathbook.document.edition import Edition
from mathbook.document.fingerprint import fingerprint
from mathbook.document.fragment import Bookmark, Fragment
from mathbook.document.identifiers import print_identifier
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.pagination import CONTENTS, TITLE_PAGE, PageStart, Pagination, PrintPage
from mathbook.document.plain import plain
from mathbook.document.theme import Theme
from mathbook.document.words import say
from mathbook.pdf.archive import put_archive
from mathbook.pdf.assembly import BOOKMARK, Assembly
from mathbook.pdf.contents import Contents, Entry, Listing
from mathbook.pdf.furniture import Furniture, mirrored
from mathbook.pdf.geometry import page_of
from mathbook.pdf.mend import Mended
from mathbook.pdf.piece import pack, unpack
from mathbook.pdf.ua2 import VERSION, put_ua2

LONG = 800
"""Lines from which on contents are long, about 18 pages: then sections are left to the outline, and each list begins a
page, so that one more example moves few lines.
"""
_FIRST = (PageStart("text", 0),)


@dataclass(frozen=True, slots=True)
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


def link(
    edition: Edition, fragments: Iterable[Fragment], theme: Theme, into: Path, memo: Memo = FORGETFUL
) -> Pagination:
    """Write the finished PDF, the whole book or a handout if the edition is of one unit; return its pages."""
    page, standard = page_of(edition.meta.paper), edition.meta.pdf.standard
    with into.open("wb") as out:
        assembly = Assembly(out, (theme,), page, VERSION if standard == "ua-2" else "1.7")
        if edition.scope == "book":
            title = _title_page(edition, theme, memo)
            parts = _book(assembly, edition, list(fragments), theme, title)
        else:
            parts = _handout(assembly, edition, list(fragments))
        furniture, double = list(_furniture(edition, parts)), edition.meta.pdf.sides == "double"
        front = sum(part.pages for part in parts if part.front)
        assembly.finish(edition, mirrored(furniture) if double else furniture, front, page.binding if double else 0)
    if standard == "a-3a":
        put_archive(into)
    elif standard == "ua-2":
        put_ua2(into, assembly.targets, assembly.bookmarks)
    return _pagination(edition, parts)


def _pagination(edition: Edition, parts: list[Part]) -> Pagination:
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


def _handout(assembly: Assembly, edition: Edition, fragments: list[Fragment]) -> list[Part]:
    unit, fragment = edition.units[0], fragments[0]
    return [
        Part(
            assembly.add(unpack(fragment.content), fragment.bookmarks),
            _title(unit, edition),
            unit=unit.id,
            starts=fragment.starts,
        )
    ]


def _title_page(edition: Edition, theme: Theme, memo: Memo) -> Mended:
    """Return the title page: the same record has the same one."""
    key = f"title-{fingerprint((edition.meta, edition.audience, theme.name, theme.digest))}"
    if (kept := memo.recall(key)) is not None:
        return Mended(unpack(kept), (), ())
    from mathbook.pdf.front import title_page  # the layout engine takes long to import

    made = title_page(edition, theme)
    if not (made.bookmarks or made.places):
        memo.keep(key, pack(made.piece))
    return made


def _book(
    assembly: Assembly, edition: Edition, fragments: list[Fragment], theme: Theme, title_page: Mended
) -> list[Part]:
    """Add the title page, the contents and all units, whose fragments are taken out of the list."""
    bodies = _bodies(edition, fragments)
    first = _add(assembly, title_page)
    parts = [Part(first, "", front=True, bare=True, unit=TITLE_PAGE, starts=_FIRST)]
    listing, pages = _contents(edition, fragments, bodies, theme)
    between = _blank(edition, [*parts, Part(pages, "", front=True), *bodies])
    fragments = _with_index(edition, fragments, [*parts, Part(pages, "", front=True), *between, *bodies], theme)
    bodies = _bodies(edition, fragments)
    _add(assembly, listing)
    title = say("Contents", edition.meta.language)
    parts.append(Part(pages, title, front=True, unit=CONTENTS, starts=_FIRST))
    if between:
        assembly.add_blank()
        parts += between
    for fragment in fragments:
        assembly.add(unpack(fragment.content), fragment.bookmarks)
    return [*parts, *bodies]


def _add(assembly: Assembly, made: Mended) -> int:
    return assembly.add(made.piece, made.bookmarks)


def _blank(edition: Edition, parts: list[Part]) -> list[Part]:
    """Return the empty page behind the contents that lets page 1 be on the right, in a book of two sides."""
    front = sum(part.pages for part in parts if part.front)
    return [Part(1, "", front=True, bare=True)] if edition.meta.pdf.sides == "double" and front % 2 else []


def _bodies(edition: Edition, fragments: list[Fragment]) -> list[Part]:
    return [_part(unit, fragment, edition) for unit, fragment in zip(edition.units, fragments, strict=True)]


def _with_index(edition: Edition, fragments: list[Fragment], parts: list[Part], theme: Theme) -> list[Fragment]:
    """Return the fragments with pages in the index. It is the last unit, so that its length moves no page."""
    last = edition.units[-1]
    if not (isinstance(last, Matter) and last.kind == "index"):
        return fragments
    from mathbook.pdf.index import compiled_index  # the layout engine takes long to import

    before = sum(part.pages for part in parts) - sum(fragment.extent for fragment in fragments)
    pages = dict(_pages_of_places(fragments, list(page_labels(parts))[before:]))
    return [*fragments[:-1], compiled_index(last, edition, pages, theme)]


def _part(unit: Unit, fragment: Fragment, edition: Edition) -> Part:
    front = not isinstance(unit, Example) and unit.place == "front"
    return Part(fragment.extent, _title(unit, edition), front=front, unit=unit.id, starts=fragment.starts)


def _title(unit: Unit, edition: Edition) -> str:
    title = plain(unit.title, edition.meta.language)
    return f"{unit.number}  {title}" if isinstance(unit, Example) and unit.number else title


def _contents(edition: Edition, fragments: list[Fragment], bodies: list[Part], theme: Theme) -> tuple[Mended, int]:
    """Return the contents and how many pages they have. Their own length moves only roman numbers: two rounds do."""
    marks, printer, language = list(_marks(fragments)), Contents(edition, theme), edition.meta.language
    is_long = sum(mark.level <= 2 for mark in marks) > LONG
    deepest = 1 if is_long else 2
    pages = 1
    for _ in range(4):
        before = [Part(1, "", front=True), Part(pages, "", front=True)]
        before += _blank(edition, [*before, *bodies])
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
    return printer.write(listings), pages


def _marks(fragments: list[Fragment]) -> Iterator[Bookmark]:
    """Yield the fragments' bookmarks, pages counted from the first fragment's first."""
    first = 0
    for fragment in fragments:
        yield from (replace(mark, page=first + mark.page) for mark in fragment.bookmarks)
        first += fragment.extent


def _lists(fragments: list[Fragment], labels: list[str], language: str, apart: bool) -> Iterator[Listing]:
    """Yield the lists of figures and of tables, as far as the book has any that can be referred to; on pages of their
    own if they are to be apart.
    """
    pages = dict(_pages_of_places(fragments, labels))
    captions = [caption for fragment in fragments for caption in fragment.captions if caption.label in pages]
    for title, kind in (("Figures", "fig"), ("Tables", "tbl")):
        shown = [one for one in captions if one.kind == kind]
        if shown:
            entries = tuple(Entry(0, one.words, pages[one.label], one.label) for one in shown)
            yield Listing(say(title, language), entries, apart)


def _pages_of_places(fragments: list[Fragment], labels: list[str]) -> Iterator[tuple[str, str]]:
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


def _furniture(edition: Edition, parts: list[Part]) -> Iterator[Furniture]:
    """Yield each page's running head and foot: a part's first page has no head."""
    labels = page_labels(parts)
    meta = edition.meta
    mark = say("Instructor’s edition", meta.language) if edition.audience == "instructor" else ""
    printed = say("Edition {0}, {1}", meta.language, meta.edition, meta.date)
    foot = " · ".join(filter(None, (printed, mark)))
    for part in parts:
        for at in range(part.pages):
            label = next(labels)
            if part.bare:
                yield Furniture()
            elif at == 0 and edition.scope == "book":
                yield Furniture(foot_left=foot, foot_right=label)
            elif at == 0:
                yield Furniture(head_left=meta.title, head_right=mark, foot_left=foot, foot_right=label)
            else:
                yield Furniture(meta.title, part.title, foot, label)

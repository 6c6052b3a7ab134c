"""Pieces joined into one PDF: pages, tag trees, destinations and outlines. A piece is written when it is added.

A piece's structure tree is joined by giving its pages and annotations new keys in the one parent tree (ISO 32000-1,
14.7.4.4) and hanging its elements below the one Document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import IO

from pikepdf import String

from mathbook.document.edition import Edition
from mathbook.document.fragment import Bookmark
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.theme import Theme
from mathbook.frozen import frozen
from mathbook.pdf.deflated import Deflated
from mathbook.pdf.file_writer import FileWriter
from mathbook.pdf.fonts import FontPool
from mathbook.pdf.furniture import Furnisher, Furniture
from mathbook.pdf.geometry import Page
from mathbook.pdf.metadata import information, metadata
from mathbook.pdf.numbered import Numbered, numbered
from mathbook.pdf.page_writer import OpenPage, PageWriter, blank_page
from mathbook.pdf.piece import Crossing, Piece
from mathbook.pdf.trees import name_tree, number_tree, outline, references

Spot = tuple[tuple[int, int], float, float]
"""A place on a page: the page's key, and points from the left and from below."""


@frozen
class Target:
    """A place that links lead to: the page's number, and points from the left and from below, in hundredths."""

    page: int
    left: float
    y: float

    @property
    def destination(self) -> bytes:
        """The text of an explicit destination (ISO 32000-1, 12.3.2.2)."""
        return b"[ %d 0 R /XYZ %.2f %.2f null ]" % (self.page, self.left, self.y)

    @property
    def spot(self) -> Spot:
        """The place, as it is known by those who read the finished file."""
        return (self.page, 0), round(self.left, 1), round(self.y, 1)


@dataclass(slots=True)
class _Row:
    """Pages one behind the other, their bookmarks, and the elements that hold their content."""

    pages: list[OpenPage] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)


class Assembly:
    """The PDF that grows, and what has to be known of it when all is in.

    Pieces may show the faces of all `themes`; running heads are set in those of the first.
    """

    def __init__(
        self, out: IO[bytes], themes: Sequence[Theme], page: Page, version: str = "1.7", memo: Memo = FORGETFUL
    ) -> None:
        self.writer = FileWriter(out, version, Deflated(memo))
        self.fonts = FontPool(self.writer, *themes)
        self.targets: dict[Spot, int] = {}
        """The elements that begin where links lead."""
        self._furnisher = Furnisher(self.writer, self.fonts, themes[0], page)
        self._paper = page
        self._tree, self._root, self._document, self._aside = (self.writer.reserve(1) for _ in range(4))
        self._front, self._body = _Row(), _Row()
        self._crossings: list[tuple[Numbered, Crossing]] = []
        self._parents: dict[int, int] = {}
        self._destinations: dict[str, Target] = {}
        self._notes: dict[str, int] = {}
        self._next_key = 0

    @property
    def pages(self) -> list[OpenPage]:
        """The pages in their order."""
        return [*self._front.pages, *self._body.pages]

    @property
    def bookmarks(self) -> list[Bookmark]:
        """The bookmarks in their order, pages counted from 0."""
        first = len(self._front.pages)
        return [*self._front.bookmarks, *(replace(mark, page=first + mark.page) for mark in self._body.bookmarks)]

    def add(self, piece: Piece, bookmarks: Iterable[Bookmark], *, front: bool = False) -> int:
        """Append a piece, to the body or to what stands in `front` of it; return how many pages it has.

        Numbers go by the order of adding: what is added behind others moves no number of theirs.
        """
        row, keys = self._front if front else self._body, self._next_key
        made = numbered(piece, self.writer, self.fonts, document=self._document, keys=keys)
        furniture, first = self.writer.reserve(len(piece.pages)), len(row.pages)
        pages = [OpenPage(page, made, number) for number, page in enumerate(piece.pages, start=furniture)]
        row.pages += pages
        row.bookmarks += [replace(mark, page=first + mark.page) for mark in bookmarks]
        row.elements += map(made.of, piece.top)
        self._parents |= {keys + key: made.of(number) for key, number in piece.parents}
        self._next_key = max((keys + key for key, _ in piece.parents), default=keys - 1) + 1
        self._notes |= {name: made.of(number) for name, number in piece.notes.items()}
        self._crossings += [(made, crossing) for crossing in piece.crossings]
        for name, (page, left, y) in piece.places.items():
            target = Target(pages[page].number, round(left, 2), round(y, 2))
            self._destinations[name] = target
            if name in piece.elements:
                self.targets.setdefault(target.spot, made.of(piece.elements[name]))
        return len(pages)

    def add_blank(self) -> None:
        """Append an empty page in front of the body, for the back of a sheet."""
        made = Numbered(self.writer.reserve(1) - 1, 0, self._document, ())
        self._front.pages.append(OpenPage(blank_page(1, self._paper), made, self.writer.reserve(1)))

    def finish(self, edition: Edition, furniture: Iterable[Furniture], front: int, binding: float = 0.0) -> None:
        """Write what depends on the whole: links, pages with their furniture, tags, names, fonts, metadata.

        The first `front` pages are numbered in roman. The inner margins are wider by `binding` points, and the outer
        ones narrower: the pages' boxes are moved, and nothing on the pages (ISO 32000-1, 14.11.2).
        """
        pages, bookmarks = self.pages, self.bookmarks
        gone = set(self._close_crossings(pages, bookmarks))
        lefts = [binding if at % 2 else -binding for at in range(len(pages))] if binding else [0.0] * len(pages)
        PageWriter(self.writer, self._tree, self._aside).put(pages, self._furnisher.furnished(furniture), lefts, gone)
        self._put_tags()
        self.fonts.put()
        outlines = outline(self.writer, bookmarks, [page.number for page in pages])
        self.writer.finish(self._catalog(edition, front, outlines), information(edition))

    def _close_crossings(self, pages: Sequence[OpenPage], bookmarks: Sequence[Bookmark]) -> Iterator[int]:
        """Give each link between pieces its destination; yield the annotations of those that lead out of the file:
        they become plain text.
        """
        numbers: list[int] = []
        bodies: list[bytes] = []
        for piece, crossing in self._crossings:
            destination = self._destination(crossing.address, pages, bookmarks)
            numbers.append(piece.of(crossing.element))
            bodies.append(piece.text(crossing.linked if destination else crossing.plain))
            for told, key, body in crossing.annotations:
                if destination:
                    numbers.append(piece.of(told))
                    bodies.append(b"%b/Dest %b >>" % (piece.text(body), destination))
                else:
                    del self._parents[piece.keys + key]
                    yield piece.of(told)
        self.writer.put(numbers, bodies)

    def _destination(self, address: str, pages: Sequence[OpenPage], bookmarks: Sequence[Bookmark]) -> bytes:
        """Return the place that an address means: a bookmark's, or a label's; nothing if it isn't in this file."""
        if address.startswith(BOOKMARK):
            mark = bookmarks[int(address.removeprefix(BOOKMARK))]
            return Target(pages[mark.page].number, 0, round(mark.y, 2)).destination
        target = self._destinations.get(address)
        return target.destination if target else b""

    def _put_tags(self) -> None:
        """Write the structure tree root with its one Document and its parent tree."""
        document = b"<< /Type /StructElem /S /Document /P %d 0 R /K [ %b ] >>" % (
            self._root,
            references([*self._front.elements, *self._body.elements]),
        )
        parents = number_tree(self.writer, ((key, b"%d 0 R" % number) for key, number in self._parents.items()))
        notes = name_tree(self.writer, {name: b"%d 0 R" % number for name, number in self._notes.items()})
        root = b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %b /ParentTreeNextKey %d%b >>" % (
            *(self._document, parents, self._next_key, b" /IDTree " + notes if self._notes else b""),
        )
        self.writer.put([self._document, self._root], [document, root])

    def _catalog(self, edition: Edition, front: int, outlines: int) -> bytes:
        written = metadata(edition)
        told = self.writer.reserve(1)
        self.writer.put_stream(told, b"/Type /Metadata /Subtype /XML", written)
        destinations = {name: target.destination for name, target in self._destinations.items()}
        ranges = b"0 << /S /r >> %d << /S /D >>" % front if front else b"0 << /S /D >>"
        return b" ".join(
            (
                b"<< /Type /Catalog /Pages %d 0 R /StructTreeRoot %d 0 R" % (self._tree, self._root),
                b"/MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >>",
                b"/Lang %b /Metadata %d 0 R" % (String(edition.meta.language).unparse(), told),
                b"/PageMode /%b" % (b"UseOutlines" if edition.scope == "book" else b"UseNone"),
                b"/PageLabels << /Nums [ %b ] >>" % ranges,
                b"/Names << /Dests %b >>" % name_tree(self.writer, destinations),
                b"/Outlines %d 0 R >>" % outlines,
            )
        )


BOOKMARK = "bookmark/"
"""Begins an address that names a bookmark by its number from 0."""

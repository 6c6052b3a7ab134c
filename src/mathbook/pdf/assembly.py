"""Fragments joined into one PDF: pages, tag trees, destinations and outlines.

A fragment's structure tree is joined by giving its pages and annotations new keys in the one parent tree (ISO 32000-1,
14.7.4.4) and hanging its elements below the one Document.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import InitVar, dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree

from mathbook.document.fragment import Bookmark
from mathbook.document.theme import Theme
from mathbook.pdf.elements import document_element, page_key
from mathbook.pdf.fonts import FontPool
from mathbook.pdf.mend import bookmarks_of, named_destinations
from mathbook.pdf.structure import PLACES, name_tree

Spot = tuple[tuple[int, int], float, float]
"""A place on a page: the page's key, and points from the left and from below."""


def spot_of(destination: Any) -> Spot:
    """Return the place that a destination names."""
    return page_key(destination[0]), round(float(destination[2]), 1), round(float(destination[3]), 1)


@dataclass(slots=True)
class Assembly:
    """The PDF that grows, and what has to be known of it when all is in."""

    theme: InitVar[Theme]
    pdf: pikepdf.Pdf = field(default_factory=pikepdf.new)
    fonts: FontPool = field(init=False)
    elements: list[Any] = field(default_factory=list)
    parents: dict[int, Any] = field(default_factory=dict)
    destinations: dict[str, Any] = field(default_factory=dict)
    bookmarks: list[Bookmark] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)
    """Elements by their identifiers."""
    targets: dict[Spot, Any] = field(default_factory=dict)
    """The elements that begin where links lead."""
    _next_key: int = 0

    def __post_init__(self, theme: Theme) -> None:
        self.fonts = FontPool(theme)

    def add(self, data: bytes, bookmarks: Sequence[Bookmark] | None = None) -> int:
        """Append a fragment's PDF; return how many pages it has. Bookmarks that aren't given are read from it."""
        first = len(self.pdf.pages)
        with pikepdf.open(io.BytesIO(data)) as source:
            self.fonts.take(source, self.pdf)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # destinations are joined below
                self.pdf.pages.extend(source.pages)
            pages = [self.pdf.pages[at] for at in range(first, len(self.pdf.pages))]
            places = self._join_tags(source, pages)
            self._join_destinations(source, pages, places)
            marks = bookmarks_of(source) if bookmarks is None else bookmarks
            self.bookmarks += [replace(mark, page=first + mark.page) for mark in marks]
        return len(pages)

    def add_blank(self, width: float, height: float) -> None:
        """Append an empty page, for the back of a sheet."""
        self.pdf.add_blank_page(page_size=(width, height))

    def _join_tags(self, source: pikepdf.Pdf, pages: list[pikepdf.Page]) -> dict[str, Any]:
        """Hang the fragment's elements into the tree; return those that have ids in its page."""
        root = self.pdf.copy_foreign(source.Root.StructTreeRoot)
        offset = self._next_key
        for key, value in NumberTree(root.ParentTree).items():
            self.parents[offset + key] = value
            self._next_key = max(self._next_key, offset + key + 1)
        for page in pages:
            _shift(page.obj, "/StructParents", offset)
            for annotation in page.obj.get("/Annots", []):
                _shift(annotation, "/StructParent", offset)
        self.elements += _top_elements(root)
        if "/IDTree" in root:
            self.notes |= dict(NameTree(root.IDTree).items())
        return dict(NameTree(root[PLACES]).items()) if PLACES in root else {}

    def _join_destinations(self, source: pikepdf.Pdf, pages: list[pikepdf.Page], places: dict[str, Any]) -> None:
        """Turn the fragment's own links into places on pages, and keep its ids for the links of others."""
        numbers = {page_key(page): at for at, page in enumerate(source.pages)}
        own = {}
        for name, destination in named_destinations(source).items():
            page = pages[numbers[page_key(destination[0])]]
            own[name] = Array([page.obj, Name.XYZ, float(destination[2]), float(destination[3]), None])
            if name in places:
                self.targets.setdefault(spot_of(own[name]), places[name])
        for page in pages:
            for annotation in page.obj.get("/Annots", []):
                name = str(annotation.get("/Dest", ""))
                if name in own:
                    annotation.Dest = own[name]
        self.destinations.update(own)

    def finish_tags(self) -> None:
        """Write the structure tree root with its one Document and its parent tree."""
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        for element in self.elements:
            element.P = document
        document.K = Array(self.elements)
        root.K = document
        nums: list[Any] = []
        for key in sorted(self.parents):
            nums += [key, self.parents[key]]
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(nums)))
        root.ParentTreeNextKey = self._next_key
        if self.notes:
            root.IDTree = name_tree(self.pdf, self.notes)
        self.pdf.Root.StructTreeRoot = root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)

    def finish_destinations(self) -> None:
        """Write the ids as named destinations."""
        self.pdf.Root.Names = Dictionary(Dests=name_tree(self.pdf, self.destinations))


def _shift(holder: Any, key: str, offset: int) -> None:
    if key in holder:
        holder[key] = int(holder[key]) + offset


def _top_elements(root: Any) -> Iterator[Any]:
    """Yield what stands below the fragment's Document."""
    document = document_element(root)
    kids = document.K if isinstance(document.K, Array) else [document.K]
    yield from kids


def pages_of(data: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(io.BytesIO(data)) as source:
        return len(source.pages)

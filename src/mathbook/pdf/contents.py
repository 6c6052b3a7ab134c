"""The contents and the lists below them, set line by line: a layout engine takes a hundred times as long for them,
and all lines are set anew when one example is added.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from mathbook.document.theme import Theme
from mathbook.pdf.furniture import rgb
from mathbook.pdf.geometry import Page
from mathbook.pdf.lettering import Lettering

_NUMBERS = 30.0
"""Points kept free at the right for the page numbers."""
_DOTS = 4.5
"""Points from one dot of a leader to the next."""
_HEAD, _SUB = 2.15, 1.34
"""Sizes of the headings, in sizes of the body, as in the style sheet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents or of a list: its level, its words, the page's label, and the address that it leads to."""

    level: int
    title: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines below a heading. The first listing is the contents themselves."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    indent: float
    above: float


@dataclass(frozen=True, slots=True)
class _Set:
    """A heading or an entry that is set: its lines, how high it is, and whether a page may end behind it."""

    entry: Entry | None
    list_number: int
    style: _Style
    lines: tuple[str, ...]
    height: float
    colour: str


class Compositor:
    """Breaks the listings into lines and pages once; page labels may be put in later, since they move nothing."""

    def __init__(self, theme: Theme, page: Page) -> None:
        self._theme, self._page = theme, page
        self._faces = {bold: Lettering(theme, f"MathbookContents{weight}_", weight) for bold, weight in _WEIGHTS}

    def can_set(self, listings: Sequence[Listing]) -> bool:
        """Return whether the theme's faces have all characters, and none is written from right to left."""
        words = {char for listing in listings for char in listing.title}
        words |= {char for listing in listings for entry in listing.entries for char in entry.title}
        return all(face.has("".join(sorted(words))) for face in self._faces.values())

    def pages(self, listings: Sequence[Listing]) -> list[list[_Set]]:
        """Return what stands on each page: no heading and no example's line at the foot without what follows it."""
        room = self._page.height - self._page.top - self._page.bottom
        pages: list[list[_Set]] = [[]]
        left = room
        for group in _kept_together(list(self._composed(listings))):
            height = sum(piece.height for piece in group)
            if height > left and pages[-1]:
                pages.append([])
                left = room
            pages[-1] += group
            left -= height
        return pages

    def write(self, listings: Sequence[Listing]) -> bytes:
        """Return the pages as a tagged PDF, each entry a link to its address (ISO 32000-1, 14.8.4.3.3)."""
        pdf = pikepdf.new()
        writer = _Writer(pdf, self._theme, self._page, self._faces, len(listings))
        for pieces in self.pages(listings):
            writer.add_page(pieces)
        writer.finish(listings[0].title)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()

    def _composed(self, listings: Sequence[Listing]) -> Iterator[_Set]:
        body = self._theme.body_size
        for number, listing in enumerate(listings):
            scale = _SUB if number else _HEAD
            style = _Style(body * scale, True, 0, body * scale * 1.5 if number else 6)
            colour = self._theme.colours.accent if number else self._theme.colours.text
            yield self._set(None, number, style, listing.title, colour)
            for entry in listing.entries:
                yield self._set(entry, number, self._style(entry), entry.title, self._theme.colours.text)

    def _style(self, entry: Entry) -> _Style:
        body = self._theme.body_size
        if entry.level == 1:
            return _Style(body, True, 0, 7)
        return _Style(body * 0.94, False, 18 if entry.level == 2 else 0, 0)

    def _set(self, entry: Entry | None, number: int, style: _Style, words: str, colour: str) -> _Set:
        width = self._page.width - 2 * self._page.side - style.indent - (_NUMBERS if entry else 0)
        lines = tuple(self._broken(words, style, width))
        leading = style.size * (self._theme.line_height if entry else 1.2)
        below = 0 if entry else style.size * 0.5
        return _Set(entry, number, style, lines, style.above + leading * len(lines) + below, colour)

    def _broken(self, words: str, style: _Style, width: float) -> Iterator[str]:
        """Yield the lines that the words fill, broken at spaces."""
        face, line = self._faces[style.bold], ""
        if face.line(words, style.size).width <= width:
            yield words
            return
        for word in words.split(" "):
            longer = f"{line} {word}".strip(" ")
            if line and face.line(longer, style.size).width > width:
                yield line
                longer = word
            line = longer
        yield line


_WEIGHTS = ((False, 400), (True, 600))


def _kept_together(pieces: list[_Set]) -> Iterator[list[_Set]]:
    """Yield groups that no page's end may divide: headings, and lines of the first level before their sections."""
    group: list[_Set] = []
    for piece, after in zip(pieces, [*pieces[1:], None], strict=True):
        group.append(piece)
        binds = piece.entry is None or (piece.entry.level == 1 and after and after.entry and after.entry.level == 2)
        if not binds or after is None:
            yield group
            group = []


class _Writer:
    """Writes the pages and their tags."""

    def __init__(self, pdf: pikepdf.Pdf, theme: Theme, page: Page, faces: dict[bool, Lettering], listings: int) -> None:
        self._pdf, self._theme, self._page, self._faces = pdf, theme, page, faces
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = self._element(Name.Document, self._root)
        self._section = self._element(Name.Sect, self._document)
        self._lists = [self._element(Name.TOC, self._section) for _ in range(listings)]
        self._kids: list[pikepdf.Object] = []
        self._items: list[list[pikepdf.Object]] = [[] for _ in range(listings)]
        self._pages: list[tuple[pikepdf.Page, list[pikepdf.Object]]] = []
        self._links: list[tuple[pikepdf.Object, pikepdf.Object]] = []

    def _element(self, tag: Name, parent: pikepdf.Object) -> pikepdf.Object:
        return self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=tag, P=parent))

    def add_page(self, pieces: Sequence[_Set]) -> None:
        """Set a page."""
        page = self._pdf.add_blank_page(page_size=(self._page.width, self._page.height))
        marked: list[pikepdf.Object] = []
        operators = []
        before = len(self._links)
        y = self._page.height - self._page.top
        for piece in pieces:
            tagged = self._tagged(piece, page, len(marked), y)
            marked.append(tagged)
            operators.append(self._shown(piece, y, len(marked) - 1))
            y -= piece.height
        page.obj.Contents = self._pdf.make_stream("\n".join(operators).encode("ascii"))
        page.obj.Tabs = Name.S
        page.obj.Annots = Array([annotation for annotation, _ in self._links[before:]])
        self._pages.append((page, marked))

    def _tagged(self, piece: _Set, page: pikepdf.Page, mark: int, y: float) -> pikepdf.Object:
        """Return the element that the piece's content belongs to."""
        if piece.entry is None:
            heading = self._element(Name.H2 if piece.list_number else Name.H1, self._section)
            heading.Pg, heading.K = page.obj, mark
            self._kids += [heading, self._lists[piece.list_number]]
            return heading
        item = self._element(Name.TOCI, self._lists[piece.list_number])
        reference = self._element(Name.Reference, item)
        link = self._element(Name.Link, reference)
        item.K, reference.K = reference, link
        self._items[piece.list_number].append(item)
        annotation = self._annotation(piece, piece.entry, y)
        link.Pg = page.obj
        link.K = Array([mark, Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page.obj)])
        self._links.append((annotation, link))
        return link

    def _annotation(self, piece: _Set, entry: Entry, y: float) -> pikepdf.Object:
        left, right = self._page.side + piece.style.indent, self._page.width - self._page.side
        box = [round(number, 2) for number in (left, y - piece.height, right, y - piece.style.above)]
        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                F=4,
                Rect=Array(box),
                Border=Array([0, 0, 0]),
                Contents=String(f"{entry.title}, {entry.label}"),
                A=Dictionary(S=Name.URI, URI=String(f"mathbook:{entry.address}")),
            )
        )

    def _shown(self, piece: _Set, y: float, mark: int) -> str:
        """Return the operators of a piece whose top is at y: leader first, then words and page number."""
        style, face = piece.style, self._faces[piece.style.bold]
        leading = style.size * (self._theme.line_height if piece.entry else 1.2)
        base = y - style.above - leading / 2 - style.size * 0.33
        left, right = self._page.side + style.indent, self._page.width - self._page.side
        lines = [face.line(words, style.size) for words in piece.lines]
        words = " ".join(line.at(left, base - at * leading) for at, line in enumerate(lines))
        last = base - (len(lines) - 1) * leading
        leader, label = "", ""
        if piece.entry is not None:
            number = self._faces[False].line(piece.entry.label, style.size)
            muted = rgb(self._theme.colours.muted)
            label = f" {muted} rg {number.at(right - number.width, last)}"
            leader = self._leader(left + lines[-1].width + 5, right - number.width - 5, last, muted)
        body = f"{rgb(piece.colour)} rg {words}{label}"
        tag = "Link" if piece.entry else "H2" if piece.list_number else "H1"
        return f"{leader}/{tag} <</MCID {mark}>> BDC {body} EMC"

    def _leader(self, start: float, end: float, y: float, colour: str) -> str:
        """Return dots from start to end, on a grid that all lines share."""
        right = self._page.width - self._page.side
        first = right - int((right - start) / _DOTS) * _DOTS
        if first >= end:
            return ""
        pen = f"{colour} RG 0.9 w 1 J [0 {_DOTS}] 0 d"
        return f"/Artifact BMC q {pen} {first:.2f} {y + 0.5:.2f} m {end:.2f} {y + 0.5:.2f} l S Q EMC "

    def finish(self, title: str) -> None:
        """Write the fonts, the tree, the parent tree and the bookmark."""
        fonts = {f"/{name}": font for face in self._faces.values() for name, font in face.embedded(self._pdf).items()}
        resources = self._pdf.make_indirect(Dictionary(Font=Dictionary(fonts)))
        nums: list[object] = []
        for number, (page, marked) in enumerate(self._pages):
            page.obj.Resources = resources
            page.obj.StructParents = number
            nums += [number, self._pdf.make_indirect(Array(marked))]
        for number, (annotation, link) in enumerate(self._links, start=len(self._pages)):
            annotation.StructParent = number
            nums += [number, link]
        for listed, items in zip(self._lists, self._items, strict=True):
            listed.K = Array(items)
        self._section.K = Array(self._kids)
        self._document.K = Array([self._section])
        self._root.K = Array([self._document])
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(nums)))
        self._pdf.Root.StructTreeRoot = self._root
        top = self._page.height - self._page.top
        with self._pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(title, 0, "XYZ", left=0, top=top))

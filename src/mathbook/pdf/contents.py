"""The contents and the lists below them, set line by line: a layout engine takes a hundred times as long for them,
and all lines are set anew when one example is added.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pikepdf import String

from mathbook.document.edition import Edition
from mathbook.document.fragment import Bookmark
from mathbook.document.theme import Theme
from mathbook.frozen import frozen
from mathbook.pdf.furniture import rgb
from mathbook.pdf.geometry import Page, page_of
from mathbook.pdf.lettering import Lettering
from mathbook.pdf.mend import Mended
from mathbook.pdf.piece import DOCUMENT, KEY, Body, Crossing, Piece, PiecePage, StreamObject
from mathbook.pdf.take_apart import joined

_NUMBERS = 30.0
"""Points kept free at the right for the page numbers."""
_DOTS = 4.5
"""Points from one dot of a leader to the next."""
_HEAD, _SUB = 2.15, 1.34
"""Sizes of the headings, in sizes of the body, as in the style sheet."""


@frozen
class Entry:
    """A line of the contents or of a list: its level, its words, the page's label, and the address that it leads to."""

    level: int
    title: str
    label: str
    address: str


@frozen
class Listing:
    """Lines below a heading, which begins a page if it stands `apart`. The first listing is the contents themselves."""

    title: str
    entries: tuple[Entry, ...]
    apart: bool = False


@frozen
class _Style:
    size: float
    bold: bool
    indent: float
    above: float


@frozen
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
        self._lines: dict[tuple[str, float, bool, float], tuple[str, ...]] = {}
        body = theme.body_size
        self._styles = {level: _Style(body * 0.94, False, 18 if level == 2 else 0, 0) for level in range(7)}
        self._styles[1] = _Style(body, True, 0, 7)

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
            apart = group[0].entry is None and listings[group[0].list_number].apart
            if (height > left or apart) and pages[-1]:
                pages.append([])
                left = room
            pages[-1] += group
            left -= height
        return pages

    def write(self, listings: Sequence[Listing]) -> Mended:
        """Return the pages, tagged, each entry a link to its address (ISO 32000-1, 14.8.4.3.3)."""
        writer = _Writer(self._theme, self._page, self._faces, len(listings))
        for pieces in self.pages(listings):
            writer.add_page(pieces)
        top = self._page.height - self._page.top
        return Mended(writer.piece(), (), (Bookmark(1, listings[0].title, 0, top),))

    def _composed(self, listings: Sequence[Listing]) -> Iterator[_Set]:
        body = self._theme.body_size
        for number, listing in enumerate(listings):
            scale = _SUB if number else _HEAD
            style = _Style(body * scale, True, 0, body * scale * 1.5 if number else 6)
            colour = self._theme.colours.accent if number else self._theme.colours.text
            yield self._set(None, number, style, listing.title, colour)
            for entry in listing.entries:
                yield self._set(entry, number, self._styles[entry.level], entry.title, self._theme.colours.text)

    def _set(self, entry: Entry | None, number: int, style: _Style, words: str, colour: str) -> _Set:
        width = self._page.width - 2 * self._page.side - style.indent - (_NUMBERS if entry else 0)
        asked = words, style.size, style.bold, width
        if asked not in self._lines:
            self._lines[asked] = tuple(self._broken(words, style, width))
        lines = self._lines[asked]
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


class Contents:
    """The contents with the lists below, each line a link.

    Set by us if the theme's faces can, since it is fast, and by the layout engine if they can't.
    """

    def __init__(self, edition: Edition, theme: Theme) -> None:
        self._edition, self._theme = edition, theme
        self._compositor = Compositor(theme, page_of(edition.meta.paper))

    def is_ours(self, listings: Sequence[Listing]) -> bool:
        """Return whether they can be set without the layout engine."""
        return self._compositor.can_set(listings)

    def pages(self, listings: Sequence[Listing]) -> int:
        """Return how many pages they fill."""
        if self._compositor.can_set(listings):
            return len(self._compositor.pages(listings))
        return len(self.write(listings).piece.pages)

    def write(self, listings: Sequence[Listing]) -> Mended:
        """Return them as pages."""
        if self._compositor.can_set(listings):
            return self._compositor.write(listings)
        from mathbook.pdf.front import laid_out  # the layout engine takes long to import

        return laid_out(listings, self._edition, self._theme)


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
    """Writes the pages and their tags. Its first object is the section that holds all, then come the lists."""

    def __init__(self, theme: Theme, page: Page, faces: dict[bool, Lettering], listings: int) -> None:
        self._theme, self._page, self._faces = theme, page, faces
        self._count = 1 + listings
        self._kids: list[int] = []
        self._items: list[list[int]] = [[] for _ in range(listings)]
        self._objects: list[tuple[int, Body]] = []
        self._pages: list[_Page] = []
        self._links: list[tuple[int, int]] = []
        """Annotations and the elements of their links."""
        self._crossings: list[Crossing] = []

    def _new(self) -> int:
        self._count += 1
        return self._count

    def _put(self, number: int, template: str, *numbers: int) -> None:
        self._objects.append((number, Body(template.encode("ascii"), numbers)))

    def add_page(self, pieces: Sequence[_Set]) -> None:
        """Set a page."""
        page = _Page(self._new(), self._new())
        operators = []
        y = self._page.height - self._page.top
        for mark, piece in enumerate(pieces):
            page.marked.append(self._tagged(piece, page, mark, y))
            operators.append(self._shown(piece, y, mark))
            y -= piece.height
        page.operators = "\n".join(operators).encode("ascii")
        self._pages.append(page)

    def _tagged(self, piece: _Set, page: _Page, mark: int, y: float) -> int:
        """Return the element that the piece's content belongs to."""
        if piece.entry is None:
            heading, tag = self._new(), "H2" if piece.list_number else "H1"
            self._put(heading, f"<< /Type /StructElem /S /{tag} /P %d 0 R /Pg %d 0 R /K {mark} >>", 1, page.number)
            self._kids += [heading, 2 + piece.list_number]
            return heading
        item, reference, link, annotation = (self._new() for _ in range(4))
        self._put(item, "<< /Type /StructElem /S /TOCI /P %d 0 R /K %d 0 R >>", 2 + piece.list_number, reference)
        self._put(reference, "<< /Type /StructElem /S /Reference /P %d 0 R /K %d 0 R >>", item, link)
        self._items[piece.list_number].append(item)
        page.annotations.append(annotation)
        self._links.append((annotation, link))
        kids = "/P %d 0 R /Pg %d 0 R"
        reached = (
            b"<< /Type /StructElem /S /Link "
            + f"{kids} /K [ {mark} << /Type /OBJR /Obj %d 0 R /Pg %d 0 R >> ] >>".encode()
        )
        alone = b"<< /Type /StructElem /S /Span " + f"{kids} /K {mark} >>".encode()
        text = self._annotation(piece, piece.entry, y)
        crossing = Crossing(
            piece.entry.address,
            ((annotation, len(self._links), Body(text)),),
            link,
            Body(reached, (reference, page.number, annotation, page.number)),
            Body(alone, (reference, page.number)),
        )
        self._crossings.append(crossing)
        return link

    def _annotation(self, piece: _Set, entry: Entry, y: float) -> bytes:
        """Return the annotation's text, but for its end, its key and where it leads."""
        left, right = self._page.side + piece.style.indent, self._page.width - self._page.side
        box = " ".join(f"{number:.2f}" for number in (left, y - piece.height, right, y - piece.style.above))
        words = String(f"{entry.title}, {entry.label}").unparse().replace(b"%", b"%%")
        return b"<< /Type /Annot /Subtype /Link /F 4 /Border [ 0 0 0 ] /Rect [ %b ] /Contents %b " % (
            box.encode(),
            words,
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

    def piece(self) -> Piece:
        """Return all pages with their tags and fonts."""
        for number, items in enumerate(self._items):
            kids = " ".join(["%d 0 R"] * len(items))
            self._put(2 + number, f"<< /Type /StructElem /S /TOC /P %d 0 R /K [ {kids} ] >>", 1, *items)
        kids = " ".join(["%d 0 R"] * len(self._kids))
        self._put(1, f"<< /Type /StructElem /S /Sect /P %d 0 R /K [ {kids} ] >>", DOCUMENT, *self._kids)
        uses = {name: use for face in self._faces.values() for name, use in face.uses().items()}
        faces = tuple(uses.values())
        fonts = tuple((f"/{name}", -1 - at) for at, name in enumerate(uses))
        parents = [(at, self._marked(page)) for at, page in enumerate(self._pages)]
        first = len(self._pages)
        parents += [(first + at, link) for at, (_, link) in enumerate(self._links)]
        return Piece(
            self._count,
            tuple(number for number, _ in self._objects),
            joined(body for _, body in self._objects),
            tuple(page.stream() for page in self._pages),
            tuple(page.finished(at, self._page, fonts) for at, page in enumerate(self._pages)),
            tuple(_with_keys(crossing, first) for crossing in self._crossings),
            faces,
            tuple(parents),
            (1,),
        )

    def _marked(self, page: _Page) -> int:
        """Return the object that lists the elements of a page's marked contents."""
        number = self._new()
        self._put(number, f"[ {' '.join(['%d 0 R'] * len(page.marked))} ]", *page.marked)
        return number


def _with_keys(crossing: Crossing, first: int) -> Crossing:
    """Return the link with its key of the parent tree: those of annotations come behind those of pages."""
    ((annotation, number, body),) = crossing.annotations
    key = first + number - 1
    opened = Body(body.template + b"/StructParent %d ", (*body.numbers, KEY + key))
    return replace(crossing, annotations=((annotation, key, opened),))


@dataclass(slots=True)
class _Page:
    """A page that is set: its number, that of its contents, and what is on it."""

    number: int
    contents: int
    operators: bytes = b""
    marked: list[int] = field(default_factory=list)
    annotations: list[int] = field(default_factory=list)

    def stream(self) -> StreamObject:
        """Return its contents."""
        return StreamObject(self.contents, Body(b"/Filter /FlateDecode"), zlib.compress(self.operators, 9))

    def finished(self, at: int, paper: Page, fonts: tuple[tuple[str, int], ...]) -> PiecePage:
        """Return the page; `at` is its number from 0."""
        contents, links = (self.contents,), tuple(self.annotations)
        return PiecePage(self.number, paper.width, paper.height, contents, fonts, (), Body(b""), links, at)

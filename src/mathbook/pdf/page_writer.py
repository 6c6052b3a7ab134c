"""Pages of a linked file: what their pieces say of them, with their furniture on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from mathbook.frozen import frozen
from mathbook.pdf.file_writer import FileWriter
from mathbook.pdf.furniture import Furnished
from mathbook.pdf.geometry import Page
from mathbook.pdf.numbered import Numbered
from mathbook.pdf.piece import Body, PiecePage
from mathbook.pdf.trees import references


@frozen
class OpenPage:
    """A page that isn't written yet, of a piece that is; the number that its furniture is to have."""

    page: PiecePage
    piece: Numbered
    furniture: int

    @property
    def number(self) -> int:
        """The number that it has in the file."""
        return self.piece.of(self.page.number)


def blank_page(number: int, paper: Page) -> PiecePage:
    """Return an empty page, for the back of a sheet."""
    return PiecePage(number, paper.width, paper.height, (), (), (), Body(b""), (), -1)


@dataclass(slots=True)
class PageWriter:
    """Writes pages below the one node of the pages' tree.

    The content of the number `aside` puts a page's own aside, which leaves its matrix behind: so that points are points
    again behind it.
    """

    writer: FileWriter
    tree: int
    aside: int

    def put(
        self, pages: Sequence[OpenPage], furnished: Sequence[Furnished], lefts: Sequence[float], gone: Collection[int]
    ) -> None:
        """Write the pages, whose left edges are moved by so many points, without the annotations that are gone."""
        if any(page.operators for page in furnished):
            self.writer.put_deflated(self.aside, b"q\n")
        bodies = [self._body(*page, gone) for page in zip(pages, furnished, lefts, strict=True)]
        self.writer.put([page.number for page in pages], bodies)
        kids = references(page.number for page in pages)
        self.writer.put([self.tree], [b"<< /Type /Pages /Count %d /Kids [ %b ] >>" % (len(pages), kids)])

    def _body(self, open_page: OpenPage, furnished: Furnished, left: float, gone: Collection[int]) -> bytes:
        page, piece = open_page.page, open_page.piece
        contents = [piece.of(number) for number in page.contents]
        if furnished.operators:
            self.writer.put_deflated(open_page.furniture, b"\nQ\n" + furnished.operators)
            contents = [self.aside, *contents, open_page.furniture]
        fonts = [*((name, piece.of(number)) for name, number in page.fonts), *_named(furnished.fonts)]
        drawn = [*((name, piece.of(number)) for name, number in page.drawn), *_named(furnished.forms)]
        annotations = [number for told in page.annotations if (number := piece.of(told)) not in gone]
        box = b"[ %g 0 %g %.6g ]" % (left, round(left + page.width, 3), page.height)
        parts = [
            b"<< /Type /Page /Parent %d 0 R /MediaBox %b /TrimBox %b /Contents [ %b ] /Tabs /S"
            % (self.tree, box, box, references(contents)),
            b"/Resources << %b /Font << %b >> /XObject << %b >> >>"
            % (piece.text(page.others), _pairs(fonts), _pairs(drawn)),
        ]
        parts += [b"/Annots [ %b ]" % references(annotations)] if annotations else []
        parts += [b"/StructParents %d" % (piece.keys + page.key)] if page.key >= 0 else []
        return b" ".join([*parts, b">>"])


def _named(pairs: Iterable[tuple[str, int]]) -> Iterable[tuple[str, int]]:
    return ((f"/{name}", number) for name, number in pairs)


def _pairs(named: Iterable[tuple[str, int]]) -> bytes:
    return b" ".join(b"%b %d 0 R" % (name.encode("ascii"), number) for name, number in named)

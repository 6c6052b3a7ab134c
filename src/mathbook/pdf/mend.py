"""What WeasyPrint's tagging leaves to be mended: formulas are figures there, and boxes have the wrong units."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from mathbook.document.fragment import Bookmark, Place
from mathbook.document.theme import Theme
from mathbook.frozen import frozen
from mathbook.pdf.divided import join_divided
from mathbook.pdf.elements import document_element, page_key, structure_elements
from mathbook.pdf.formula_font import put_formula_font
from mathbook.pdf.formula_image import FormulaImage
from mathbook.pdf.formula_mathml import MathmlFiles
from mathbook.pdf.mend_links import lift_annotations
from mathbook.pdf.piece import Piece
from mathbook.pdf.places import named_destinations
from mathbook.pdf.rendered import Rendered
from mathbook.pdf.structure import put_right
from mathbook.pdf.take_apart import taken_apart

FORMULA_SIGN = "\ue000"
"""Stands before a formula's words in its alternative text, so that its tag can be told from a picture's."""


@frozen
class Mended:
    """What was rendered, ready to be joined with others: where its ids are, and its bookmarks."""

    piece: Piece
    places: tuple[Place, ...]
    bookmarks: tuple[Bookmark, ...]


CONTENTS_TAGS = {Name.L: Name.TOC, Name.LI: Name.TOCI, Name.LBody: Name.Reference}
"""What a list's tags are called in a table of contents (ISO 32000-1, table 333)."""


def mended(
    rendered: Rendered,
    *,
    theme: Theme,
    name: str,
    formulas: Mapping[str, FormulaImage] = MappingProxyType({}),
    is_contents: bool = False,
    with_mathml: bool = False,
) -> Mended:
    """Return the PDF as a piece, with its structure tree put right (ISO 14289-1, 7.3 and 7.7).

    `formulas` are those on its pages; they get their MathML as files if they are to. In a table of contents lists are
    tagged as such.
    """
    with pikepdf.open(io.BytesIO(rendered.pdf)) as pdf:
        faces = put_formula_font(pdf, theme, formulas.values())
        files = MathmlFiles(pdf, formulas, rendered.origins) if with_mathml else None
        heights = {page_key(page): float(page.mediabox[3]) for page in pdf.pages}
        if rendered.divided:
            join_divided(document_element(pdf.Root.StructTreeRoot), rendered.divided)
        put_right(pdf, document_element(pdf.Root.StructTreeRoot), rendered.origins, name)
        for element in structure_elements(pdf.Root.get("/StructTreeRoot")):
            if element.get("/S") == Name.Figure:
                _mend_figure(element, heights)
                if files and Name.Formula == element.S:
                    files.put(element)
            elif element.get("/S") == Name.Table:
                _mend_table(element)
            elif element.get("/S") == Name.LI:
                _mend_list_item(pdf, element)
            elif element.get("/S") == Name.Link:
                lift_annotations(pdf, element)
            if is_contents and element.get("/S") in CONTENTS_TAGS:
                element.S = CONTENTS_TAGS[element.S]
        places, bookmarks = tuple(_places(pdf)), tuple(bookmarks_of(pdf))
        return Mended(taken_apart(pdf, faces), places, bookmarks)


def _mend_figure(element: Any, heights: dict[tuple[int, int], float]) -> None:
    words = str(element.get("/Alt", ""))
    height = heights.get(page_key(element.Pg), 0.0) if "/Pg" in element else 0.0
    box = element["/A"]["/BBox"] if "/A" in element and "/BBox" in element["/A"] else None
    if box is not None:
        x1, y1, x2, y2 = (float(number) * 0.75 for number in box)
        element["/A"]["/BBox"] = Array([round(number, 2) for number in (x1, height - y2, x2, height - y1)])
    if words.startswith(FORMULA_SIGN):
        element.S = Name.Formula
        element.Alt = String(words.removeprefix(FORMULA_SIGN))
        if box is not None:
            element["/A"]["/Placement"] = Name.Block if Name.Div == element.P.S else Name.Inline


def _mend_list_item(pdf: pikepdf.Pdf, item: Any) -> None:
    """Put what isn't the label into one body: WeasyPrint leaves paragraphs in the item itself (table 333)."""
    kids = list(item.K) if isinstance(item.get("/K"), Array) else []
    inside = [kid for kid in kids if kid.get("/S") != Name.Lbl]
    if all(kid.get("/S") == Name.LBody for kid in inside):
        return
    body = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=item, K=Array(inside)))
    for kid in inside:
        kid.P = body
        if kid.get("/S") == Name.LBody:
            kid.S = Name.Div
    item.K = Array([*(kid for kid in kids if kid.get("/S") == Name.Lbl), body])


def _mend_table(table: Any) -> None:
    """Make each cell of a head the header of its column, an empty corner too, and others headers of their rows
    (ISO 32000-1, table 349). Lists of headers for each cell say the same by identifiers that other fragments have too.
    """
    for part in table.K:
        in_head = part.get("/S") == Name.THead
        for cell in structure_elements(part):
            if cell.get("/S") in (Name.TH, Name.TD):
                _mend_cell(cell, in_head=in_head)


def _mend_cell(cell: Any, *, in_head: bool) -> None:
    attributes = cell.get("/A", Dictionary(O=Name.Table))
    for holder, key in ((attributes, "/Headers"), (cell, "/ID")):
        if key in holder:
            del holder[key]
    if in_head or cell.S == Name.TH:
        cell.S = Name.TH
        attributes["/Scope"] = Name.Column if in_head else Name.Row
    cell.A = attributes


def _places(pdf: pikepdf.Pdf) -> Iterator[Place]:
    """Yield where each id is: its page from 0, and points from the page's top."""
    numbers = {page_key(page): at for at, page in enumerate(pdf.pages)}
    for name, destination in named_destinations(pdf).items():
        page = destination[0]
        if page_key(page) in numbers:
            at = numbers[page_key(page)]
            yield Place(name, at, float(pdf.pages[at].mediabox[3]) - float(destination[3]))


def bookmarks_of(pdf: pikepdf.Pdf) -> Iterator[Bookmark]:
    """Yield the bookmarks in reading order."""
    numbers = {page_key(page): at for at, page in enumerate(pdf.pages)}
    pending = [(1, pdf.Root.get("/Outlines", Dictionary()).get("/First"))]
    while pending:
        level, item = pending.pop()
        if item is None:
            continue
        pending.append((level, item.get("/Next")))
        pending.append((level + 1, item.get("/First")))
        words, place = " ".join(str(item.Title).split()), item.Dest
        yield Bookmark(level, words, numbers[page_key(place[0])], float(place[3]))

"""Tables."""

from __future__ import annotations

from collections.abc import Iterator

from mathbook.document.labels import id_of
from mathbook.document.nodes import Alignment, Cell, Table
from mathbook.html.captions import caption_content, numbered, region
from mathbook.html.elements import Element, classes, element
from mathbook.html.target import Context

_Row = tuple[Cell, ...]


def table_element(table: Table, context: Context) -> Element:
    """Return the table in its frame, which scrolls where the target scrolls."""
    made = element("table", {"id": table.id and id_of(table.id)}, _parts(table, context))
    return element(
        "div",
        {"class": "table", **region(context.target, numbered("tbl", table.number, context.target))},
        [made],
    )


def _parts(table: Table, context: Context) -> Iterator[Element]:
    caption = caption_content("tbl", table.number, table.caption, context)
    if caption:
        yield element("caption", {"class": "caption"}, caption)
    if table.widths:
        columns = (element("col", {"style": f"width: {width * 100:.4g}%"}) for width in table.widths)
        yield element("colgroup", {}, columns)
    if table.head:
        # PDF/UA wants a body: a head that has nothing below it stands in for one
        part = "thead" if table.body else "tbody"
        yield element(part, {}, _rows(table.head, table.alignments, True, context))
    if table.body:
        yield element("tbody", {}, _rows(table.body, table.alignments, False, context))


def _rows(rows: tuple[_Row, ...], alignments: tuple[Alignment, ...], head: bool, context: Context) -> Iterator[Element]:
    """Yield the rows. Cells that span rows push the cells below them to the right: `taken` counts the rows to go."""
    taken = [0] * len(alignments)
    for row in rows:
        made = element("tr")
        column = 0
        for cell in row:
            while column < len(taken) and taken[column]:
                column += 1
            alignment = alignments[column] if column < len(alignments) else "default"
            made.append(_cell(cell, alignment, head, context))
            for covered in range(column, min(column + cell.colspan, len(taken))):
                taken[covered] = cell.rowspan
            column += cell.colspan
        taken = [max(0, rest - 1) for rest in taken]
        yield made


def _cell(cell: Cell, alignment: Alignment, head: bool, context: Context) -> Element:
    """Return a cell. An empty head cell heads nothing: it is a plain cell."""
    heads = head and bool(cell.children)
    attributes = {
        "scope": ("colgroup" if cell.colspan > 1 else "col") if heads else "",
        "class": classes("" if alignment == "default" else f"align-{alignment}"),
        "colspan": str(cell.colspan) if cell.colspan > 1 else "",
        "rowspan": str(cell.rowspan) if cell.rowspan > 1 else "",
    }
    return element("th" if heads else "td", attributes, context.inlines(cell.children))

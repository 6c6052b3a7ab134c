"""Tables in OMML: matrices (m:m), whose columns also carry aligned lines (LibreOffice shows an m:eqArr's marks)."""

from __future__ import annotations

from mathbook.formula.omml_elements import Build, Element, Style, arg, delimited, el, nothing, run, val
from mathbook.formula.tables import alignments, cells, column_count, delimiters, is_display, is_small, width
from mathbook.formula.tree import Multicolumn, Node, Table

_QUAD = "\u2003\u2003"


def has_omml(table: Table) -> bool:
    """Return whether m:m can show the table: it has no rules, no cells across columns, no lines of words."""
    across = any(width(cell) > 1 for row in table.rows for cell in row)
    return not (table.ruled or table.shape == "diagram" or across or table.intertexts)


def table_element(table: Table, style: Style, build: Build) -> Element:
    """Return the table with its delimiters."""
    matrix = el("m", _properties(table), *(_row(row, table, style, build) for row in cells(table) or ((),)))
    opening, closing = delimiters(table)
    return delimited(opening, closing, [[matrix]]) if opening or closing else matrix


def _properties(table: Table) -> Element:
    """Return m:mPr. Gaps: rule 3 is exact, rows in half lines, columns in twentieths of a point (22.1.2.27 ff.)."""
    columns = [el("mc", el("mcPr", val("count", "1"), val("mcJc", side))) for side in alignments(table)]
    gaps: dict[str, str] = {}
    if is_display(table):
        gaps |= {"rSpRule": "3"}
    if table.shape == "aligned":
        gaps |= {"cGpRule": "3"}
    if is_display(table):
        gaps |= {"rSp": "6"}
    if table.shape == "aligned":
        gaps |= {"cGp": "4"}
    return el("mPr", val("plcHide", "1"), *(val(name, value) for name, value in gaps.items()), el("mcs", *columns))


def _row(row: tuple[Node, ...], table: Table, style: Style, build: Build) -> Element:
    inner = Style(is_display(table) and not is_small(table), style.colour)
    made: list[Element] = []
    for at, cell in enumerate(row):
        content = build(cell.base if isinstance(cell, Multicolumn) else cell, inner)
        apart = [run(_QUAD, upright=True)] if table.shape == "aligned" and at and at % 2 == 0 else []
        made.append(arg("e", [*apart, *content]))
        made += [arg("e", [nothing()]) for _ in range(width(cell) - 1)]
    made += [arg("e", [nothing()]) for _ in range(column_count(table) - len(made))]
    return el("mr", *made)

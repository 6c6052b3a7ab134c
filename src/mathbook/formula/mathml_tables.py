"""Tables in MathML. Core has neither alignment nor rules: cells say them by their style (CSS), which all readers know.

Chromium lays cells out as blocks: there only `-webkit-right` and its sisters move them; others know plain values.
"""

from __future__ import annotations

from mathbook.formula.mathml_elements import Build, Element, Style, el, fence, row
from mathbook.formula.rows import children_of
from mathbook.formula.tables import SIDES, alignments, cells, column_count, delimiters, is_display, is_small, width
from mathbook.formula.tree import Line, Multicolumn, Node, Row, Table

_RULE, _DOUBLE = "0.05em solid", "0.2em double"


def table_elements(table: Table, style: Style, build: Build) -> list[Element]:
    """Return the table with its delimiters."""
    made = _table(table, _inner(table, style), build)
    opening, closing = delimiters(table)
    return [
        *([fence(opening, "prefix")] if opening else []),
        el("mstyle", {"scriptlevel": "1"}, [made]) if is_small(table) else made,
        *([fence(closing, "postfix")] if closing else []),
    ]


def _inner(table: Table, style: Style) -> Style:
    """Return the style of the cells: lines are display, those of small tables script, others text."""
    return Style(0) if is_display(table) else Style(2) if is_small(table) else Style(max(style.level, 1))


def _table(table: Table, inner: Style, build: Build) -> Element:
    attributes = {"columnalign": " ".join(alignments(table)), "style": "border-collapse: collapse"}
    attributes |= {"displaystyle": "true"} if inner.display else {}
    rows = []
    for at, found in enumerate(cells(table)):
        place, made = 0, []
        for cell in found:
            made.append(_cell(table, (at, place), cell, build(_content(table, place, cell), inner)))
            place += width(cell)
        rows.append(el("mtr", {}, made))
    return el("mtable", attributes, rows)


def _content(table: Table, column: int, cell: Node) -> Node:
    """Return what the cell shows. Behind an alignment mark a sign has the space that it has behind an operand."""
    if isinstance(cell, Multicolumn):
        return cell.base
    return Row((Row(()), *children_of(cell))) if table.shape == "aligned" and column % 2 else cell


def _cell(table: Table, place: tuple[int, int], cell: Node, content: list[Element]) -> Element:
    at, column = place
    span = column_count(table) if at in table.intertexts else width(cell)
    side: str = alignments(table)[column]
    if at in table.intertexts:
        side = "left"
    elif isinstance(cell, Multicolumn):
        side = SIDES.get(cell.alignment, "center")
    rules = [*_upright_rules(table, column, span), *_level_rules(table, at, column)]
    style = "; ".join([*_aligned(side), f"padding: {_padding(table, column)}", *rules])
    return el("mtd", {"style": style, **({"columnspan": str(span)} if span > 1 else {})}, [row(content)])


def _aligned(side: str) -> list[str]:
    return [f"text-align: {side}", f"text-align: -webkit-{side}"]


def _padding(table: Table, column: int) -> str:
    """Return a cell's room: top, right, bottom, left."""
    last = column_count(table) - 1
    match table.shape:
        case "aligned":
            left = "0" if column % 2 or not column else "2em"
            return f"0.3em 0 0.3em {left}"
        case "centered":
            return "0.3em 0"
        case "substack":
            return "0.05em 0"
        case "small-matrix":
            vertical, side = "0.1em", 0.2
        case _:
            vertical, side = "0.25em", 0.5
    edges = table.ruled
    left, right = (f"{side}em" if edges or not edge else "0" for edge in (column == 0, column == last))
    return f"{vertical} {right} {vertical} {left}"


def _upright_rules(table: Table, column: int, span: int) -> list[str]:
    """Return the rules at the left of a cell, and at its right if it is the last."""
    last = column + span == column_count(table)
    places = [("left", column), *([("right", column + span)] if last else [])]
    return [_border(side, table.verticals.count(place)) for side, place in places if place in table.verticals]


def _level_rules(table: Table, at: int, column: int) -> list[str]:
    """Return the rules above a cell, and below it if it is in the last row."""
    places = [("top", at), *([("bottom", at + 1)] if at + 1 == len(table.rows) else [])]
    counted = [(side, sum(_covers(line, place, column) for line in table.horizontals)) for side, place in places]
    return [_border(side, count) for side, count in counted if count]


def _covers(line: Line, place: int, column: int) -> bool:
    return line.row == place and line.first <= column and (line.last is None or column <= line.last)


def _border(side: str, count: int) -> str:
    return f"border-{side}: {_DOUBLE if count > 1 else _RULE} currentColor"

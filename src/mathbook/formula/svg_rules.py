"""The rules of arrays, put in their places: the parser draws upright ones below the table, and double ones as one.

It writes one rectangle for each row and rule, after the table's cells, from left to right and from top to bottom. Row k
of heights h0, h1, … has its rule's lower end at b - 2(h0 + … + h(k-1)) - hk, where b is the table's baseline; it
belongs at t - (h0 + … + hk), where t, the table's top, is half of all heights above the axis.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from mathbook.formula.tree import Line, Multicolumn, Node, Table
from mathbook.formula.walk import children

_AXIS = 258.0
"""STIX Two Math's axis height, in units of which an em has 1000."""
_THICK = 40.0
"""How thick the parser draws rules in text size."""
_APART = 100.0
"""How far two rules of a double one stand apart."""

Rect = etree._Element


def mend_rules(group: etree._Element, tree: Node) -> None:
    """Move the rules of each table of the formula to their places."""
    parts = list(group)
    at = 0
    for table in _ruled_tables(tree):
        count = len(table.verticals) * len(table.rows) if not is_broken(table) else 0
        found = _find(parts, at, count, len(table.rows)) if count else None
        if found is None:
            continue
        uprights, at = parts[found : found + count], found + count
        _mend(table, uprights, parts[at : at + len(table.horizontals)])


def is_broken(table: Table) -> bool:
    """Return whether cells across columns interrupt rules: then there is not one rectangle for each row."""
    return any(isinstance(cell, Multicolumn) for row in table.rows for cell in row) or bool(table.intertexts)


def _ruled_tables(node: Node) -> Iterator[Table]:
    """Yield the tables with rules in the order in which their rules are drawn: inner ones first."""
    for child in children(node):
        yield from _ruled_tables(child)
    if isinstance(node, Table) and node.verticals:
        yield node


def _find(parts: list[Rect], start: int, count: int, rows: int) -> int | None:
    """Return where `count` rectangles begin that stand as the parser draws a table's upright rules."""
    for at in range(start, len(parts) - count + 1):
        if _are_uprights(parts[at : at + count], rows) and not _is_frame(parts, at):
            return at
    return None


def _are_uprights(run: list[Rect], rows: int) -> bool:
    if not all(_is_rect(part) and _of(part, "width") < _of(part, "height") for part in run):
        return False
    columns = [run[at : at + rows] for at in range(0, len(run), rows)]
    heights = [[_of(part, "height") for part in column] for column in columns]
    alike = all(len({part.get("x") for part in column}) == 1 for column in columns)
    return alike and all(column == heights[0] for column in heights) and all(_falls(column) for column in columns)


def _is_rect(part: Rect) -> bool:
    return etree.QName(part).localname == "rect"


def _falls(column: list[Rect]) -> bool:
    """True if the rectangles stand apart as the parser's faulty sum puts them."""
    pairs = pairwise(column)
    return all(
        abs(_of(upper, "y") - _of(lower, "y") - _of(upper, "height") - _of(lower, "height")) < 1
        for upper, lower in pairs
    )


def _is_frame(parts: list[Rect], at: int) -> bool:
    """True for the sides of a frame: its top and bottom, as wide as each other, come right before."""
    if at < 2:
        return False
    top, bottom = parts[at - 2 : at]
    both = _is_rect(top) and _is_rect(bottom)
    return both and (top.get("x"), top.get("width")) == (bottom.get("x"), bottom.get("width"))


def _mend(table: Table, uprights: list[Rect], across: list[Rect]) -> None:
    rows = len(table.rows)
    heights = [_of(part, "height") for part in uprights[:rows]]
    scale = _of(uprights[0], "width") / _THICK
    top = _of(uprights[0], "y") + heights[0] + _AXIS * scale + sum(heights) / 2
    for at, part in enumerate(uprights):
        row, column = at % rows, at // rows
        part.set("y", f"{top - sum(heights[: row + 1]):.7g}")
        twins = table.verticals[:column].count(table.verticals[column])
        part.set("x", f"{_of(part, 'x') + twins * _APART * scale:.7g}")
    for at, (line, part) in enumerate(zip(table.horizontals, across, strict=True)):
        _mend_across(table, line, part, uprights)
        twins = sum(earlier.row == line.row for earlier in table.horizontals[:at])
        part.set("y", f"{_of(part, 'y') - twins * _APART * scale:.7g}")


def _mend_across(table: Table, line: Line, part: Rect, uprights: list[Rect]) -> None:
    """Let a rule from edge to edge end at the outermost upright rules, where there are such."""
    left, right = _of(part, "x"), _of(part, "x") + _of(part, "width")
    if line.first == 0 and 0 in table.verticals:
        left = _of(uprights[0], "x")
    if line.last is None and len(table.columns) in table.verticals:
        right = _of(uprights[-1], "x") + _of(uprights[-1], "width")
    part.set("x", f"{left:.7g}")
    part.set("width", f"{right - left:.7g}")


def _of(part: Rect, name: str) -> float:
    return float(part.get(name, 0))

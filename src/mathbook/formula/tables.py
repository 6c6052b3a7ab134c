"""What the names of tables mean: their delimiters and how their columns stand."""

from __future__ import annotations

from typing import Literal, TypeAlias

from mathbook.formula.tree import Multicolumn, Node, Row, Table

_DELIMITERS: dict[str, tuple[str, str]] = {
    "p-matrix": ("(", ")"),
    "b-matrix": ("[", "]"),
    "brace-matrix": ("{", "}"),
    "v-matrix": ("|", "|"),
    "v-v-matrix": ("‖", "‖"),
    "cases": ("{", ""),
    "r-cases": ("", "}"),
    "border-matrix": ("(", ")"),
}
Side: TypeAlias = Literal["left", "center", "right"]
SIDES: dict[str, Side] = {"l": "left", "c": "center", "r": "right"}


def delimiters(table: Table) -> tuple[str, str]:
    """Return what stands before and after the table; empty where there is nothing."""
    return _DELIMITERS.get(table.shape, ("", ""))


def column_count(table: Table) -> int:
    """Return the number of columns, one at least."""
    return max((sum(width(cell) for cell in row) for row in table.rows), default=0) or 1


def width(cell: Node) -> int:
    """Return how many columns the cell takes."""
    return cell.columns if isinstance(cell, Multicolumn) else 1


def cells(table: Table) -> tuple[tuple[Node, ...], ...]:
    """Return the rows of cells, with what stands between columns at the beginning of the cell behind it."""
    between = dict(table.between)
    return tuple(
        row if at in table.intertexts else tuple(_filled(cell, place, row, between) for place, cell in enumerate(row))
        for at, row in enumerate(table.rows)
    )


def _filled(cell: Node, at: int, row: tuple[Node, ...], between: dict[int, Node]) -> Node:
    empty = Row(())
    before = between.get(at, empty)
    after = between.get(len(row), empty) if at == len(row) - 1 else empty
    parts = tuple(part for part in (before, cell, after) if part != empty)
    return parts[0] if len(parts) == 1 else Row(parts)


def alignments(table: Table) -> tuple[Side, ...]:
    """Return how each column stands: as its author said, or as its shape asks."""
    count = column_count(table)
    if table.columns:
        asked = [SIDES.get(column, "center") for column in table.columns]
        return tuple((asked + [SIDES["c"]] * count)[:count])
    return tuple(_natural(table.shape, at) for at in range(count))


def _natural(shape: str, at: int) -> Side:
    match shape:
        case "aligned":
            return "left" if at % 2 else "right"
        case "cases" | "r-cases":
            return "left"
        case _:
            return "center"


def is_display(table: Table) -> bool:
    """True if the cells are lines of display size (aligned equations), not of a matrix."""
    return table.shape in ("aligned", "centered")


def is_small(table: Table) -> bool:
    """True if the cells are of script size: lines below a sum, matrices in a line of text."""
    return table.shape in ("substack", "small-matrix")

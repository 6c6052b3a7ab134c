"""What the names of tables mean: their delimiters and how their columns stand."""

from __future__ import annotations

from typing import Literal, TypeAlias

from mathbook.formula.tree import Table

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
_SIDES: dict[str, Side] = {"l": "left", "c": "center", "r": "right"}


def delimiters(table: Table) -> tuple[str, str]:
    """Return what stands before and after the table; empty where there is nothing."""
    return _DELIMITERS.get(table.shape, ("", ""))


def column_count(table: Table) -> int:
    """Return the number of columns."""
    return max((len(row) for row in table.rows), default=0)


def alignments(table: Table) -> tuple[Side, ...]:
    """Return how each column stands: as its author said, or as its shape asks."""
    count = column_count(table)
    if table.columns:
        asked = [_SIDES.get(column, "center") for column in table.columns]
        return tuple((asked + [_SIDES["c"]] * count)[:count])
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

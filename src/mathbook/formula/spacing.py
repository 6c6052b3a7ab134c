"""TeX's spaces between the parts of a row (The TeXbook, chapter 18)."""

from __future__ import annotations

from typing import assert_never

from mathbook.formula.tree import (
    Arrow,
    Attached,
    Boxed,
    Brace,
    Built,
    Canceled,
    Classed,
    Colored,
    Delimited,
    Drawing,
    Fraction,
    Function,
    LargeOperator,
    Leaf,
    Node,
    Operator,
    Row,
    Scripts,
    Space,
    Stacked,
    Styled,
    Tinted,
)

THIN, MEDIUM, THICK = 1 / 6, 2 / 9, 5 / 18
_CLASSES = ("ord", "op", "bin", "rel", "open", "close", "punct", "inner")
# one line for each class at the left: the space to each class at its right; in small type 2, 3 and 4 are none, where
# 4 is a thin space; a star can't occur, since a sign that has no operand on both sides is ordinary
_TABLE = {
    "ord": "01230004",
    "op": "11*30004",
    "bin": "22**2**2",
    "rel": "33*03003",
    "open": "00*00000",
    "close": "01230004",
    "punct": "44*44444",
    "inner": "41234044",
}
_WIDTHS = {"0": 0.0, "*": 0.0, "1": THIN, "2": MEDIUM, "3": THICK, "4": THIN}


def gaps(children: tuple[Node, ...], *, small: bool) -> tuple[float, ...]:
    """Return the space in em before each child, in small type (scripts) or not. Spaces count as nothing."""
    classes = _settled([None if isinstance(child, Space) else class_of(child) for child in children])
    found: list[float] = []
    last: str | None = None
    for cls in classes:
        found.append(_gap(last, cls, small) if last and cls else 0.0)
        last = cls or last
    return tuple(found)


def _gap(left: str, right: str, small: bool) -> float:
    kind = _TABLE[left][_CLASSES.index(right)]
    return 0.0 if small and kind in "234" else _WIDTHS[kind]


_BEFORE_SIGNS = (None, "op", "bin", "rel", "open", "punct")
"""Behind these a sign is one of a number, not one between two."""


def _settled(classes: list[str | None]) -> list[str | None]:
    """Return the classes with signs that have no operand on one of their sides made ordinary (-x, x-, =-)."""
    settled: list[str | None] = []
    last: str | None = None
    for at, cls in enumerate(classes):
        if cls == "bin" and (last in _BEFORE_SIGNS or not _has_operand(classes[at + 1 :])):
            cls = "ord"
        settled.append(cls)
        last = cls or last
    return settled


def _has_operand(rest: list[str | None]) -> bool:
    following = next((cls for cls in rest if cls), None)
    return following not in (None, "rel", "close", "punct")


def class_of(node: Node) -> str:
    """Return the node's TeX class: ord, op, bin, rel, open, close, punct or inner."""
    if isinstance(node, Leaf):
        return _leaf(node)
    if isinstance(node, Built):
        return "inner" if isinstance(node, Fraction | Delimited) else "ord"
    if isinstance(node, Attached):
        return _attached(node)
    if isinstance(node, Boxed):
        return class_of(node.base) if isinstance(node, Canceled) and not isinstance(node.base, Row) else "ord"
    if isinstance(node, Tinted):
        return _tinted(node)
    if isinstance(node, Drawing):
        return "ord"
    assert_never(node)


def _leaf(node: Leaf) -> str:
    match node:
        case Operator(cls=cls):
            return cls if cls in _CLASSES else "ord"
        case LargeOperator() | Function():
            return "op"
        case _:
            return "ord"


def _attached(node: Attached) -> str:
    match node:
        case Scripts(base=Row(children=())):
            return "ord"
        case Scripts(base=base) | Stacked(base=base):
            return class_of(base)
        case Arrow():
            return "rel"
        case Brace():
            return "op"
        case _:
            return "ord"


def _tinted(node: Tinted) -> str:
    match node:
        case Classed(cls=cls):
            return cls if cls in _CLASSES else "ord"
        case Colored(base=base) | Styled(base=base):
            return "ord" if isinstance(base, Row) else class_of(base)
        case _:
            return "ord"

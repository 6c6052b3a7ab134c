"""Which parts of a formula are no higher than a letter with its scripts: delimiters around them keep their size."""

from __future__ import annotations

from mathbook.formula.tree import (
    Accent,
    Classed,
    Colored,
    Delimited,
    Function,
    Identifier,
    Node,
    Number,
    Operator,
    Row,
    Scripts,
    Space,
    Words,
)


def is_low(node: Node) -> bool:
    """Return whether TeX would set usual parentheses around the node, also with \\left and \\right."""
    match node:
        case Scripts(base=base, sub=sub, sup=sup):
            return is_low(base) and all(part is None or _is_flat(part) for part in (sub, sup))
        case Row(children=children) | Delimited(parts=children):
            return all(is_low(child) for child in children)
        case Colored(base=base) | Classed(base=base) | Accent(base=base, stretchy=False):
            return is_low(base)
        case _:
            return _is_flat(node)


def _is_flat(node: Node) -> bool:
    """Return whether it has nothing above or below."""
    match node:
        case Row(children=children):
            return all(_is_flat(child) for child in children)
        case Operator(size=size):
            return not size
        case Words(parts=parts):
            return all(isinstance(part, str) or _is_flat(part) for part in parts)
        case _:
            return isinstance(node, Number | Identifier | Function | Space)

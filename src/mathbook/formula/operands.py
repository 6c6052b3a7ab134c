"""What belongs to what in a row: the operand of a sum, the argument of a function, a delimiter and its partner."""

from __future__ import annotations

from mathbook.formula.tree import Arrow, Classed, Function, LargeOperator, Node, Operator, Row, Scripts, Space, Stacked

_SIGNS = frozenset("+-−±∓")
"""Signs that a number may have: they need no operand on their left."""


def lacks_left(children: tuple[Node, ...], at: int) -> bool:
    """Return whether the child is a sign between operands that has none on its left."""
    if not _is_between(children[at]) or children[at].symbol in _SIGNS:  # type: ignore[union-attr]
        return False
    before = _neighbour(children[:at][::-1])
    return before is None or (isinstance(before, Operator) and before.cls not in ("close", "ord", "inner"))


def lacks_right(children: tuple[Node, ...], at: int) -> bool:
    """Return whether the child is a sign between operands that has none on its right."""
    if not _is_between(children[at]):
        return False
    after = _neighbour(children[at + 1 :])
    return after is None or (isinstance(after, Operator) and after.cls in ("close", "rel", "punct"))


def _is_between(node: Node) -> bool:
    return isinstance(node, Operator) and node.cls in ("bin", "rel")


def _neighbour(nodes: tuple[Node, ...]) -> Node | None:
    return next((node for node in nodes if not isinstance(node, Space)), None)


def large_operator(node: Node) -> LargeOperator | None:
    """Return the large operator that the node is, or that its scripts hang on."""
    base = node.base if isinstance(node, Scripts) else node
    return base if isinstance(base, LargeOperator) else None


def function_of(node: Node) -> Function | None:
    """Return the function that the node is, or that its scripts hang on."""
    base = node.base if isinstance(node, Scripts) else node
    return base if isinstance(base, Function) else None


def has_empty_base(node: Node) -> bool:
    """Return whether the node is scripts that hang on nothing: they belong to what comes after."""
    return isinstance(node, Scripts) and node.base == Row(())


def end_of_operand(children: tuple[Node, ...], start: int) -> int:
    """Return where the operand ends that begins at `start`: before the next sign of a sum, relation or comma."""
    depth = 0
    for at in range(start, len(children)):
        child = children[at]
        depth += _nesting(child)
        if depth < 0 or (depth == 0 and _ends_operand(child, first=at == start)):
            return at
    return len(children)


def _ends_operand(node: Node, *, first: bool) -> bool:
    match node:
        case Operator(cls="rel" | "punct"):
            return True
        case Operator(symbol=symbol):
            return symbol in "+−±∓" and not first
        case Space(em=em):
            return em >= 1
        case Classed(cls=cls):
            return cls == "rel"
        case Arrow():
            return True
        case Scripts(base=base) | Stacked(base=base):
            return _ends_operand(base, first=first) if isinstance(base, Operator | Classed) else False
        case _:
            return False


def _nesting(node: Node) -> int:
    """Return 1 for an opening delimiter, -1 for a closing one (scripts may hang on it), 0 for all else."""
    sign = node.base if isinstance(node, Scripts) else node
    return (sign.cls == "open") - (sign.cls == "close") if isinstance(sign, Operator) else 0


def opens(node: Node) -> bool:
    """Return whether the node opens something."""
    return isinstance(node, Operator) and node.cls == "open"


def partner_of(children: tuple[Node, ...], start: int) -> int:
    """Return where the delimiter is closed that opens at `start`, or 0 if it is not."""
    depth = 0
    for at in range(start, len(children)):
        depth += _nesting(children[at])
        if depth == 0:
            return at
    return 0

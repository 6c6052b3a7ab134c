"""What the parser tears apart and what belongs together in a row, for every face that shows it."""

from __future__ import annotations

from dataclasses import replace

from mathbook.formula.tree import Colored, Identifier, Node, Row, Styled


def children_of(node: Node) -> tuple[Node, ...]:
    """Return the nodes that stand in a row: a row's own, or the node alone."""
    return node.children if isinstance(node, Row) else (node,)


def spread(children: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return the children with rows of a colour or style opened: what is in them is spaced with its neighbours."""
    made: list[Node] = []
    for child in children:
        if isinstance(child, Colored | Styled) and isinstance(child.base, Row) and len(children) > 1:
            made += [replace(child, base=part) for part in spread(child.base.children)]
        else:
            made.append(child)
    return tuple(made)


def joined(children: tuple[Node, ...]) -> tuple[Node, ...]:
    r"""Return the children with upright letters side by side (\mathrm{KL}) as one name."""
    made: list[Node] = []
    for child in children:
        last = made[-1] if made else None
        if isinstance(last, Identifier) and isinstance(child, Identifier) and _upright(last) and _upright(child):
            made[-1] = Identifier(last.name + child.name, "upright")
        else:
            made.append(child)
    return tuple(made)


def _upright(letter: Identifier) -> bool:
    return letter.variant == "upright" and letter.name.isascii()

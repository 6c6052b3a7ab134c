"""Going through a formula's tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from mathbook.formula.tree import DiagramArrow, Node


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, depth first."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes right below the node, in order."""
    for part in fields(node):
        yield from _nodes(getattr(node, part.name))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, tuple):
        for member in value:
            yield from _nodes(member)
    elif isinstance(value, DiagramArrow):
        yield from value.labels
    elif isinstance(value, Node):
        yield value

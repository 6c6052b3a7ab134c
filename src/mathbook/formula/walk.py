"""Going through a formula's tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from typing import Any, get_args

from mathbook.formula.tree import DiagramArrow, Node

_KINDS = frozenset(get_args(Node))
_PLAIN = frozenset({"str", "int", "float", "bool", "tuple[str, ...]", "tuple[Line, ...]"})


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, depth first."""
    return _walk([node])


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes right below the node, in order."""
    kind: type = node.__class__
    for name in _last_first(kind)[::-1]:
        yield from _nodes(getattr(node, name))


def _walk(waiting: list[Any]) -> Iterator[Node]:
    """Yield the nodes that wait, the last first, and all below each."""
    while waiting:
        one = waiting.pop()
        kind = one.__class__
        if kind is tuple:
            waiting.extend(reversed(one))
        elif kind in _KINDS:
            yield one
            waiting.extend([getattr(one, name) for name in _last_first(kind)])
        elif kind is DiagramArrow:
            waiting.extend(reversed(one.labels))


def _nodes(value: Any) -> Iterator[Node]:
    kind = value.__class__
    if kind is tuple:
        for member in value:
            yield from _nodes(member)
    elif kind in _KINDS:
        yield value
    elif kind is DiagramArrow:
        yield from value.labels


@cache
def _last_first(kind: type) -> tuple[str, ...]:
    """Return the names of the fields in which a node of this kind may hold others, in reverse order."""
    return tuple(part.name for part in fields(kind) if part.type not in _PLAIN)[::-1]

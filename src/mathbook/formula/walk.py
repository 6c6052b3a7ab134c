"""Going through a formula's tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from mathbook.formula.tree import Node


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, depth first."""
    yield node
    for part in fields(node):
        yield from _below(getattr(node, part.name))


def _below(value: object) -> Iterator[Node]:
    if isinstance(value, tuple):
        for member in value:
            yield from _below(member)
    elif is_dataclass(value):
        yield from walk(value)  # type: ignore[arg-type]

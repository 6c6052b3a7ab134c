"""What figures and tables are called: what lists of them need, and all that they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mathbook.document.nodes import Figure, Inline, Table
from mathbook.document.walk import walk


@dataclass(frozen=True, slots=True)
class Caption:
    """What a figure or a table is called; each of the three may be empty."""

    kind: Literal["figure", "table"]
    id: str
    number: str
    words: tuple[Inline, ...]


def captions_in(node: object) -> Iterator[Caption]:
    """Yield the captions of all figures and tables below the node that have an id, in reading order."""
    for one in walk(node):
        if isinstance(one, Figure | Table) and one.id:
            yield Caption("figure" if isinstance(one, Figure) else "table", one.id, one.number, one.caption)

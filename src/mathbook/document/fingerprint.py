"""Fingerprints: what a node says, as a short hash. Spans and what only repeats an identity are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, TypeAlias

from mathbook.document.book import Picture, Unit
from mathbook.document.kept_nodes import KeptNodes
from mathbook.document.nodes import Block


def fingerprint(value: object) -> str:
    """Return 32 hex digits that two values share only if they are equal (spans aside)."""
    return _hash(_spelled(value))


def fingerprints(blocks: tuple[Block, ...]) -> list[str]:
    """Return the fingerprint of each of the blocks."""
    return [
        _hash(spelled) for spelled in (_members(blocks) if isinstance(blocks, KeptNodes) else map(_spelled, blocks))
    ]


def _hash(spelled: bytes) -> str:
    return blake2b(spelled, digest_size=16).hexdigest()


def _spelled(value: object) -> bytes:
    pieces: list[str | bytes] = []
    _spell((value,), pieces.append)
    try:
        return _encoded("".join(pieces))  # type: ignore[arg-type]
    except TypeError:  # few values have bytes in them
        return b"".join(piece if isinstance(piece, bytes) else _encoded(piece) for piece in pieces)


def _members(nodes: KeptNodes) -> list[bytes]:
    """Return the form of each of the nodes, which is made once."""
    return nodes.found_out(_all_spelled)


def _all_spelled(nodes: tuple[Any, ...]) -> list[bytes]:
    return [_spelled(node) for node in nodes]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


_Put: TypeAlias = Callable[[str | bytes], None]


def _spell(values: Iterable[Any], put: _Put) -> None:
    """Put the values in a form in which nothing can be mistaken for another: each string with its length."""
    for value in values:
        kind = value.__class__
        if kind is str:
            put(f"{(len(value) if value.isascii() else len(_encoded(value))) + 1}:s{value}" if value else "1:s")
        elif kind is tuple:
            put(f"({len(value)} ")
            if value:
                _spell(value, put)
        elif compared := _compared(kind):  # these three are most of what is put: the shortest way for them
            head, members = compared
            put(head)
            _spell(members(value), put)
            put(">")
        else:
            _spell_other(value, put)


def _spell_other(value: object, put: _Put) -> None:
    match value:
        case str() | int() | float() | None:
            text = f"{type(value).__name__[0]}{value}"
            put(f"{len(_encoded(text))}:{text}")
        case KeptNodes():
            put(f"({len(value)} ")
            for spelled in _members(value):
                put(spelled)
        case tuple() | list():
            put(f"({len(value)} ")
            _spell(value, put)
        case Picture():
            _spell((("Picture", value.source, value.digest, value.on_screens),), put)
        case dict():
            _spell((tuple(sorted(value.items())),), put)
        case bytes():
            put(f"b{len(value)}:")
            if value:
                put(value)
        case _:
            raise AssertionError(f"no fingerprint of {type(value)}")


@cache
def _compared(kind: type) -> tuple[str, Callable[[object], tuple[object, ...]]] | None:
    """Return for a kind of node what its form begins with, and what gives the values of the fields that tell one node
    of this kind from another; None for a kind that has a form of its own.
    """
    if not is_dataclass(kind) or kind is Picture:
        return None
    names = [part.name for part in fields(kind) if part.compare and part.name != "span"]
    head = f"<{kind.__name__}"
    if len(names) > 1:
        return head, attrgetter(*names)
    return head, lambda value: tuple([getattr(value, name) for name in names])


def identities(unit: Unit) -> tuple[tuple[str, Block], ...]:
    """Return the unit's own blocks, each with its identity: its label, or kind and content, so that a block keeps it
    when others are put in before it. Equal blocks are told apart by their count.
    """
    seen: dict[str, int] = {}
    named = []
    for block, told_apart in zip(unit.blocks, fingerprints(unit.blocks), strict=True):
        told = getattr(block, "id", "") or f"{type(block).__name__.lower()}-{told_apart[:12]}"
        name = f"{unit.id}/{told}"
        seen[name] = seen.get(name, 0) + 1
        named.append((name if seen[name] == 1 else f"{name}~{seen[name]}", block))
    return tuple(named)

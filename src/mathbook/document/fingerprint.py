"""Fingerprints: what a node says, as a short hash. Spans and what only repeats an identity are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from mathbook.document.book import Picture, Unit
from mathbook.document.nodes import Block


def fingerprint(value: object) -> str:
    """Return 32 hex digits that two values share only if they are equal (spans aside)."""
    pieces: list[bytes] = []
    _spell((value,), pieces.append)
    return blake2b(b"".join(pieces), digest_size=16).hexdigest()


def _spell(values: Iterable[Any], put: Callable[[bytes], None]) -> None:
    """Put the values in a form in which nothing can be mistaken for another: each string with its length."""
    for value in values:
        if value.__class__ is str:
            text = value.encode("utf-8", "surrogatepass")
            put(b"%d:s" % (len(text) + 1))
            put(text)
        elif isinstance(value, tuple):
            put(b"(%d " % len(value))
            _spell(value, put)
        elif compared := _compared(value.__class__):  # these three are most of what is put: the shortest way for them
            head, members = compared
            put(head)
            _spell(members(value), put)
            put(b">")
        else:
            _spell_other(value, put)


def _spell_other(value: object, put: Callable[[bytes], None]) -> None:
    match value:
        case str() | int() | float() | None:
            text = f"{type(value).__name__[0]}{value}".encode("utf-8", "surrogatepass")
            put(b"%d:" % len(text) + text)
        case list():
            _spell((tuple(value),), put)
        case Picture():
            _spell((("Picture", value.source, value.digest, value.on_screens),), put)
        case dict():
            _spell((tuple(sorted(value.items())),), put)
        case bytes():
            put(b"b%d:" % len(value) + value)
        case _:
            raise AssertionError(f"no fingerprint of {type(value)}")


@cache
def _compared(kind: type) -> tuple[bytes, Callable[[object], tuple[object, ...]]] | None:
    """Return for a kind of node what its form begins with, and what gives the values of the fields that tell one node
    of this kind from another; None for a kind that has a form of its own.
    """
    if not is_dataclass(kind) or kind is Picture:
        return None
    names = [part.name for part in fields(kind) if part.compare and part.name != "span"]
    head = b"<" + kind.__name__.encode()
    if len(names) > 1:
        return head, attrgetter(*names)
    return head, lambda value: tuple([getattr(value, name) for name in names])


def identities(unit: Unit, prints: Sequence[str] = ()) -> tuple[tuple[str, Block], ...]:
    """Return the unit's own blocks, each with its identity: its label, or kind and content, so that a block keeps it
    when others are put in before it. Equal blocks are told apart by their count. `prints` are the blocks'
    fingerprints, if they are known.
    """
    seen: dict[str, int] = {}
    named = []
    for at, block in enumerate(unit.blocks):
        told = getattr(block, "id", "")
        if not told:
            told = f"{type(block).__name__.lower()}-{(prints[at] if prints else fingerprint(block))[:12]}"
        name = f"{unit.id}/{told}"
        seen[name] = seen.get(name, 0) + 1
        named.append((name if seen[name] == 1 else f"{name}~{seen[name]}", block))
    return tuple(named)

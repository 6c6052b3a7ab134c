"""Fingerprints: what a node says, as a short hash. Spans and what only repeats an identity are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from hashlib import blake2b

from mathbook.document.book import Picture, Unit
from mathbook.document.nodes import Block


def fingerprint(value: object) -> str:
    """Return 32 hex digits that two values share only if they are equal (spans aside)."""
    digest = blake2b(digest_size=16)
    for piece in _canonical(value):
        digest.update(piece)
    return digest.hexdigest()


def _canonical(value: object) -> Iterator[bytes]:
    """Yield the value in a form in which nothing can be mistaken for another: each string with its length."""
    match value:
        case Picture():
            yield from _canonical(("Picture", value.source, value.digest))
        case tuple() | list():
            yield b"(%d " % len(value)
            for member in value:
                yield from _canonical(member)
        case dict():
            yield from _canonical(sorted(value.items()))
        case bytes():
            yield b"b%d:" % len(value) + value
        case _ if is_dataclass(value):
            yield b"<" + type(value).__name__.encode()
            for part in fields(value):
                if part.compare and part.name != "span":
                    yield from _canonical(getattr(value, part.name))
            yield b">"
        case _:
            assert isinstance(value, str | int | float | bool | None), f"no fingerprint of {type(value)}"
            text = f"{type(value).__name__[0]}{value}".encode("utf-8", "surrogatepass")
            yield b"%d:" % len(text) + text


def identities(unit: Unit) -> tuple[tuple[str, Block], ...]:
    """Return the unit's own blocks, each with its identity: its label, or kind and content, so that a block keeps it
    when others are put in before it. Equal blocks are told apart by their count.
    """
    seen: dict[str, int] = {}
    named = []
    for block in unit.blocks:
        label = getattr(block, "id", "")
        name = f"{unit.id}/{label or type(block).__name__.lower() + '-' + fingerprint(block)[:12]}"
        seen[name] = seen.get(name, 0) + 1
        named.append((name if seen[name] == 1 else f"{name}~{seen[name]}", block))
    return tuple(named)

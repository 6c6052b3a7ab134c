"""What was read as bytes, and back: JSON in which a node is a list of its kind's number and its fields.

Nothing is made but the classes of the table, so that bytes can do no more than be wrong.
"""

from __future__ import annotations

import json
from dataclasses import fields
from enum import Enum
from typing import Any, get_args

from mathbook.diagnostics import Code, Diagnostic, Severity, Span
from mathbook.document.book import Picture
from mathbook.document.nodes import Block, Cell, CiteItem, Column, DefinitionItem, Inline
from mathbook.document.seeds import Seed
from mathbook.source.parsed import AskedPicture, AskedSeed, Parsed, Reading

_TUPLE, _HERE, _FIRST = 0, 1, 2  # a span of the file itself is its line and column
_NODES = (*get_args(Inline), *get_args(Block), CiteItem, DefinitionItem, Cell, Column)
_KINDS = (*_NODES, Seed, Parsed, AskedPicture, AskedSeed, Reading, Diagnostic, Code, Severity, Span)
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS, start=_FIRST)}
_FIELDS = {kind: [one.name for one in fields(kind)] for kind in _KINDS if not issubclass(kind, Enum)}
_PLAIN = (str, int, float, bool, type(None))


def packed(reading: Reading, file: str) -> bytes:
    """Return the reading of the file of this name as bytes."""
    return json.dumps(_flat(reading, file), separators=(",", ":")).encode("ascii")


def _flat(value: Any, file: str) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return [_TUPLE, *(_flat(member, file) for member in value)]
    if kind is Span and value.file == file:
        return [_HERE, value.line, value.column]
    if issubclass(kind, Enum):
        return [_NUMBERS[kind], value.value]
    return [_NUMBERS[kind], *(_flat(getattr(value, name), file) for name in _FIELDS[kind])]


def unpacked(data: bytes, file: str) -> Reading | None:
    """Return the reading that was packed; None if the bytes are none of the file of this name."""

    def raised(flat: list[Any]) -> Any:
        number = flat[0]
        if number == _HERE:  # the most of all by far: the shortest way for it
            return Span(file, flat[1], flat[2])
        members = [raised(member) if member.__class__ is list else member for member in flat]
        del members[0]
        return tuple(members) if number == _TUPLE else _KINDS[number - _FIRST](*members)

    try:
        reading = raised(json.loads(data))
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return reading if isinstance(reading, Reading) else None


def packed_picture(picture: Picture) -> bytes:
    """Return as bytes what was found out of the picture: they don't hold the picture itself."""
    head = json.dumps([picture.media_type, picture.width, picture.height])
    return head.encode("ascii") + b"\n" + picture.on_screens


def unpacked_picture(kept: bytes, source: str, digest: str, data: bytes) -> Picture | None:
    """Return the picture whose bytes are `data`, with what was found out of it; None if that can't be read."""
    head, _, on_screens = kept.partition(b"\n")
    try:
        media_type, width, height = json.loads(head)
    except (ValueError, TypeError):
        return None
    return Picture(source, digest, media_type, width, height, data, on_screens)

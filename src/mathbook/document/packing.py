"""Frozen records as bytes, and back: JSON in which a record is a list of its kind's number and its fields.

Nothing is made but the classes of a table, so that bytes can do no more than be wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from operator import attrgetter
from typing import Any

from mathbook.diagnostics import Span

_TUPLE, _HERE, _FIRST = 0, 1, 2  # a span of the file itself is its line and column
_PLAIN = frozenset((str, int, float, bool, type(None)))


class Packing:
    """Packs values of these kinds: of each the number and the fields, in their order."""

    def __init__(self, kinds: Iterable[type]) -> None:
        self._kinds = (*kinds, Span)
        self._numbers = {kind: number for number, kind in enumerate(self._kinds, start=_FIRST)}
        self._members = {kind: _members(kind) for kind in self._kinds if is_dataclass(kind)}

    def packed(self, value: object, file: str) -> bytes:
        """Return the value as bytes without line ends; spans of the `file` are short, and don't name it."""
        return json.dumps(self._flat(value, file), separators=(",", ":")).encode("ascii")

    def _flat(self, value: Any, file: str) -> Any:
        kind = value.__class__
        if kind is Span and value.file == file:  # the most of all by far: the shortest way for it
            return [_HERE, value.line, value.column]
        if members := self._members.get(kind):
            flat, inner = [self._numbers[kind]], members(value)
        elif isinstance(value, tuple):
            flat, inner = [_TUPLE], value
        elif kind in _PLAIN:
            return value
        elif issubclass(kind, Enum):
            return [self._numbers[kind], value.value]
        else:
            raise KeyError(kind)
        flat += [member if member.__class__ in _PLAIN else self._flat(member, file) for member in inner]
        return flat

    def unpacked(self, data: bytes, file: str) -> Any:
        """Return the value that was packed. Raises ValueError, TypeError, LookupError or RecursionError if none was."""
        kinds = self._kinds

        def raised(flat: list[Any]) -> Any:
            number = flat[0]
            if number == _HERE:  # the most of all by far: the shortest way for it
                return Span(file, flat[1], flat[2])
            members = [raised(member) if member.__class__ is list else member for member in flat]
            del members[0]
            return tuple(members) if number == _TUPLE else kinds[number - _FIRST](*members)

        flat = json.loads(data)
        return raised(flat) if flat.__class__ is list else flat


def _members(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what gives the values of the fields of this kind."""
    names = [one.name for one in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)

"""Where each key and each value of a record stands, and how it was written."""

from __future__ import annotations

from dataclasses import field
from typing import TypeAlias

from mathbook.diagnostics import Span
from mathbook.frozen import frozen

Path: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of mappings and indexes of lists."""


@frozen
class Marks:
    """The spans of keys and values by their paths, and the letters of each plain scalar as they were `written`."""

    file: str
    first_line: int = 1
    keys: dict[Path, Span] = field(default_factory=dict)
    values: dict[Path, Span] = field(default_factory=dict)
    written: dict[Path, str] = field(default_factory=dict)

    def of_key(self, path: Path) -> Span:
        """Return the span of a key, or of what holds it if the key isn't there."""
        return self.keys.get(path) or self.of_value(path)

    def of_value(self, path: Path) -> Span:
        """Return the span of a value, or of what holds it if it isn't there."""
        known = self.known(path)
        return self.values.get(known, Span(self.file, self.first_line))

    def known(self, path: Path) -> Path:
        """Return as much of the path as is there."""
        while path and path not in self.values:
            path = path[:-1]
        return path

"""BibTeX's files: entries, strings and comments, each entry with its place.

The syntax is that of "BibTeXing" (Patashnik 1988), section 2: `@type{key, field = value # value, …}`, in braces or in
parentheses, values in braces, in quotation marks, or names of strings and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from mathbook.frozen import frozen

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = re.compile(r"[^\s\"#%'(),={}]+")
_SPACE = re.compile(r"\s*")


@frozen
class Entry:
    """An entry: its type in small letters, its key, its fields by their names in small letters, the line it begins."""

    type: str
    key: str
    fields: dict[str, str]
    line: int


class _Fault(Exception):
    """The text isn't BibTeX here."""


def read_bibtex(text: str, tell: Callable[[int, str], None]) -> Iterator[Entry]:
    """Yield the entries. What can't be read is told with its line, and reading goes on at the next `@`."""
    reader = _Reader(text)
    while reader.to_next_entry():
        line = text.count("\n", 0, reader.at) + 1
        try:
            entry = reader.entry(line)
        except _Fault as fault:
            tell(line, str(fault))
            continue
        if entry:
            yield entry


@dataclass(slots=True)
class _Reader:
    text: str
    at: int = 0
    strings: dict[str, str] = field(default_factory=lambda: {name: str(at) for at, name in enumerate(_MONTHS, 1)})

    def to_next_entry(self) -> bool:
        """Go to the next `@` at the beginning of a line (elsewhere it is part of a comment)."""
        match = re.compile(r"^[ \t]*@", re.MULTILINE).search(self.text, self.at)
        self.at = match.end() - 1 if match else len(self.text)
        return match is not None

    def entry(self, line: int) -> Entry | None:
        """Return the entry that begins here; None for comments, strings and preambles. Raises _Fault."""
        self.at += 1
        kind = self._name("the entry's type").lower()
        if kind == "comment":
            return None
        closing = {"{": "}", "(": ")"}.get(self._sign("{("), "}")
        if kind == "preamble":
            self._value()
            return None
        if kind == "string":
            self.strings.update((name.lower(), value) for name, value in self._fields(closing))
            return None
        key = self._key(closing)
        return Entry(kind, key, {name.lower(): value for name, value in self._fields(closing)}, line)

    def _key(self, closing: str) -> str:
        self._skip()
        match = re.compile(rf"[^\s,{re.escape(closing)}]+").match(self.text, self.at)
        if not match:
            raise _Fault("the entry has no key")
        self.at = match.end()
        self._skip()
        if self.text[self.at : self.at + 1] == ",":
            self.at += 1
        return match[0]

    def _fields(self, closing: str) -> Iterator[tuple[str, str]]:
        while True:
            self._skip()
            if self.text[self.at : self.at + 1] == closing:
                self.at += 1
                return
            name = self._name("a field")
            self._sign("=")
            yield name, self._value()
            self._skip()
            if self._sign(f",{closing}") == closing:
                return

    def _value(self) -> str:
        parts = [self._part()]
        while self._skip() == "#":
            self.at += 1
            parts.append(self._part())
        return " ".join("".join(parts).split())

    def _part(self) -> str:
        sign = self._skip()
        if sign == "{":
            return self._braced("}")
        if sign == '"':
            return self._braced('"')
        name = self._name("a value")
        if not name.isdigit() and name.lower() not in self.strings:
            raise _Fault(f"there is no string {name!r}; a value stands in braces")
        return name if name.isdigit() else self.strings[name.lower()]

    def _braced(self, closing: str) -> str:
        """Return what stands up to the closing sign, braces inside balanced."""
        start, depth = self.at + 1, 0
        for match in re.compile(r'\\.|[{}"]', re.DOTALL).finditer(self.text, start):
            sign = match[0]
            if sign == closing and depth == 0:
                self.at = match.end()
                return self.text[start : match.start()]
            depth += (sign == "{") - (sign == "}")
        raise _Fault("a value is never closed")

    def _name(self, what: str) -> str:
        self._skip()
        match = _NAME.match(self.text, self.at)
        if not match:
            raise _Fault(f"{what} is missing before {self.text[self.at : self.at + 10]!r}")
        self.at = match.end()
        return match[0]

    def _sign(self, wanted: str) -> str:
        sign = self._skip()
        if not sign or sign not in wanted:
            raise _Fault(f"{' or '.join(map(repr, wanted))} is missing before {self.text[self.at : self.at + 10]!r}")
        self.at += 1
        return sign

    def _skip(self) -> str:
        """Go past spaces; return the sign that comes next."""
        match = _SPACE.match(self.text, self.at)
        assert match, "it matches nothing too"
        self.at = match.end()
        return self.text[self.at : self.at + 1]

"""Where text comes from: lines that remember their place while containers cut prefixes off them.

Python-Markdown's tree has no positions. Every element that our processors make carries an `at` attribute: the place of
each of its source lines, as `line:column` separated by spaces; the first is where the element begins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Span
from mathbook.frozen import frozen


@frozen
class Line:
    """A source line, or what is left of it inside a container. `number` and `column` count from 1."""

    text: str
    number: int
    column: int = 1

    @property
    def is_blank(self) -> bool:
        """True if there is nothing on it but spaces."""
        return not self.text or self.text.isspace()

    @property
    def indent(self) -> int:
        """The count of spaces that it begins with."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def place(self) -> str:
        """The line's place, as the `at` attribute has it."""
        return f"{self.number}:{self.column}"

    def cut(self, width: int) -> Line:
        """Return the line without its first `width` characters."""
        width = min(width, len(self.text))
        return Line(self.text[width:], self.number, self.column + width)

    def outdent(self, width: int) -> Line:
        """Return the line without up to `width` spaces at its beginning."""
        return self.cut(min(width, self.indent))

    def head(self, width: int) -> Line:
        """Return the line's first `width` characters."""
        return Line(self.text[:width], self.number, self.column)


def places_of(lines: Iterable[Line]) -> str:
    """Return the `at` attribute of text that is made of these lines."""
    return " ".join(line.place for line in lines)


def split_places(at: str) -> tuple[tuple[int, int], ...]:
    """Return an `at` attribute as pairs of line and column."""
    pairs = (place.split(":") for place in at.split())
    return tuple((int(line), int(column)) for line, column in pairs)


def place_at(places: Sequence[tuple[int, int]], text: str, offset: int) -> str:
    """Return the place of a character in text whose lines begin at these places."""
    row = min(text.count("\n", 0, offset), len(places) - 1)
    line, column = places[row]
    return f"{line}:{column + offset - (text.rfind(chr(10), 0, offset) + 1)}"


def span_of(element: Element, file: str) -> Span:
    """Return where the element begins."""
    line, _, column = element.get("at", "1:1").split()[0].partition(":")
    return Span(file, int(line), int(column))


class Cursor:
    """A reading position in a run of lines."""

    __slots__ = ("in_item", "index", "lines")

    def __init__(self, lines: Sequence[Line], *, in_item: bool = False) -> None:
        self.lines = lines
        self.in_item = in_item
        self.index = 0

    @property
    def at_end(self) -> bool:
        """True if no line is left."""
        return self.index >= len(self.lines)

    def peek(self, ahead: int = 0) -> Line | None:
        """Return the line that is `ahead` lines away, or None behind the end."""
        index = self.index + ahead
        return self.lines[index] if index < len(self.lines) else None

    def take(self) -> Line:
        """Return the next line and move past it."""
        line = self.lines[self.index]
        self.index += 1
        return line

    def take_many(self, count: int) -> Sequence[Line]:
        """Return the next `count` lines and move past them."""
        taken = self.lines[self.index : self.index + count]
        self.index += count
        return taken

    def skip_blank(self) -> None:
        """Move to the next line that is not blank."""
        while not self.at_end and self.lines[self.index].is_blank:
            self.index += 1

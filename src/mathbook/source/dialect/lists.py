"""Bullet lists and ordered lists (Pandoc's manual, "Lists", with the extensions fancy_lists and startnum)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from mathbook.frozen import frozen
from mathbook.source.dialect.headings import is_rule
from mathbook.source.dialect.parser import LineProcessor
from mathbook.source.positions import Cursor, Line

_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_BULLET = re.compile(r"(?P<indent> {0,3})(?P<mark>[-*+])(?P<gap> +|$)")
_ORDERED = re.compile(
    r"(?P<indent> {0,3})(?P<open>\()?(?P<mark>#|\d{1,9}|[a-zA-Z]|[ivxlcdm]+|[IVXLCDM]+)(?P<close>[.)])(?P<gap> +|$)"
)


@frozen
class Marker:
    """What an item begins with. `style` is empty for a bullet; `width` is how far its content is indented."""

    style: str
    delimiter: str
    mark: str
    width: int

    def continues(self, first: Marker) -> bool:
        """Return whether an item with this marker belongs to a list that began with the other."""
        if (self.style == "") != (first.style == "") or self.delimiter != first.delimiter:
            return False
        return self.style == "" or first.style in _styles(self.mark)


class Lists(LineProcessor):
    """Lists, with items that may hold any blocks."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the list with all its items."""
        first_line = cursor.peek()
        first = read_marker(first_line) if first_line else None
        if not first_line or not first:
            return False
        element = SubElement(parent, "ol" if first.style else "ul", {"at": first_line.place})
        if first.style:
            element.set("style", first.style)
            element.set("start", str(_value(first.mark, first.style)))
        while (line := cursor.peek()) and (marker := read_marker(line)) and marker.continues(first):
            item = SubElement(element, "li", {"at": line.place})
            self.parser.parse_into(item, _take_item(cursor, marker.width), in_item=True)
        element.set("tight", "1" if _is_tight(element) else "")
        return True

    def interrupts(self, cursor: Cursor, ahead: int) -> bool:
        """Return True inside another list's item, where a marker begins a list without a blank line before it."""
        line = cursor.peek(ahead)
        return bool(cursor.in_item and line and read_marker(line))


def read_marker(line: Line) -> Marker | None:
    """Return the marker that the line begins with, or None."""
    bullet = _BULLET.match(line.text)
    if bullet and not is_rule(line):
        return Marker("", "", bullet["mark"], _width(bullet))
    match = _ORDERED.match(line.text)
    if not match or (match["open"] and match["close"] != ")") or not _is_spaced(match):
        return None
    return Marker(_styles(match["mark"])[0], f"{match['open'] or ''}{match['close']}", match["mark"], _width(match))


def _is_spaced(match: re.Match[str]) -> bool:
    """Return False for what is rather an initial than a number: a capital with a full stop wants two spaces."""
    return not (match["mark"].isupper() and match["close"] == "." and not match["open"] and len(match["gap"]) == 1)


def _width(match: re.Match[str]) -> int:
    """Return the indent of the item's content: behind the marker and one to four spaces."""
    gap = len(match["gap"])
    return match.end() - gap + (gap if 1 <= gap <= 4 else 1)


def _styles(mark: str) -> tuple[str, ...]:
    """Return the styles in which this mark can be a number, the likeliest first; none if it can be in none."""
    if mark == "#" or mark.isdigit():
        return ("decimal",)
    case = "lower" if mark.islower() else "upper"
    roman = (f"{case}-roman",) if _ROMAN.match(mark.lower()) else ()
    alpha = (f"{case}-alpha",) if len(mark) == 1 else ()
    return (roman + alpha if mark.lower() == "i" else alpha + roman) or ("decimal",)


def _value(mark: str, style: str) -> int:
    if mark == "#":
        return 1
    if style == "decimal":
        return int(mark) if mark.isdigit() else 1
    if style.endswith("alpha"):
        return ord(mark.lower()) - ord("a") + 1
    numbers = [_ROMAN_VALUES[letter] for letter in mark.lower()]
    return sum(-n if n < max(numbers[i:]) else n for i, n in enumerate(numbers))


def _take_item(cursor: Cursor, width: int) -> Sequence[Line]:
    """Return the lines of the item at the cursor, without its marker and its indent."""
    lines = [_with_check_box(cursor.take().cut(width))]
    _take_lazy(cursor, width, lines)
    while not cursor.at_end:
        start = cursor.index
        cursor.skip_blank()
        line = cursor.peek()
        if line is None or line.indent < width:
            lines.extend(cursor.lines[start : cursor.index])
            break
        lines.extend(cursor.lines[start : cursor.index])
        lines.append(cursor.take().cut(width))
        _take_lazy(cursor, width, lines)
    return lines


def _with_check_box(line: Line) -> Line:
    """Return an item's first line with a box for `[ ]` and a crossed one for `[x]` (Pandoc's task_lists)."""
    box = {"[ ] ": "☐ ", "[x] ": "☒ ", "[X] ": "☒ "}.get(line.text[:4])
    return Line(box + line.text[4:], line.number, line.column + 2) if box else line


def _take_lazy(cursor: Cursor, width: int, lines: list[Line]) -> None:
    """Take the lines up to a blank one or the next item; they need no indent."""
    while (line := cursor.peek()) and not line.is_blank:
        if line.indent < width and (read_marker(line) or line.text.lstrip().startswith((":::", "```"))):
            return
        lines.append(cursor.take().outdent(width))


def _is_tight(element: Element) -> bool:
    """Return whether no item has a paragraph with a blank line after it; the last one of the list doesn't count."""
    paragraphs = [block for item in element for block in item if block.tag == "p"]
    loose = [block for block in paragraphs if "tight" not in block.attrib]
    last = element[-1][-1] if len(element[-1]) else None
    return not loose or (len(loose) == 1 and loose[0] is last)

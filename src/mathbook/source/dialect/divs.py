"""Fenced divs: `::: theorem` and `::: {.theorem #thm:x title="…"}` up to a line of colons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from mathbook.diagnostics import Code
from mathbook.source.dialect.attributes import Attributes, read_attributes
from mathbook.source.dialect.parser import LineProcessor, add_text
from mathbook.source.positions import Cursor, Line

_OPEN = re.compile(r" {0,3}(?P<colons>:{3,}) *(?P<name>[^\s{}:]+)? *(?P<rest>\{.*\})? *:* *$")
_FENCE = re.compile(r"(?P<colons>:{3,})(?P<rest>.*)$")
_CODE = re.compile(r"(`{3,}|~{3,})")
_INLINE_KEYS = ("title", "by", "source")


class FencedDivs(LineProcessor):
    """A div; any line of three or more colons closes the innermost one that is open (as in Pandoc)."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the div with everything in it."""
        opening = cursor.peek()
        match = opening and _OPEN.match(opening.text)
        if not opening or not match:
            return False
        if not (match["name"] or match["rest"]):
            return self._take_stray(cursor)
        attributes = self._attributes(opening, match)
        cursor.take()
        inside = self._take_inside(opening, cursor)
        div = SubElement(parent, "div", {"at": opening.cut(opening.indent).place})
        attributes.put_on(div)
        _add_inline_keys(div, opening)
        self.parser.parse_into(div, inside)
        return True

    def interrupts(self, cursor: Cursor, ahead: int) -> bool:
        """Return True for any fence: no sentence begins with three colons."""
        line = cursor.peek(ahead)
        return bool(line and line.text.lstrip().startswith(":::") and _OPEN.match(line.text))

    def _take_stray(self, cursor: Cursor) -> bool:
        line = cursor.take()
        message = "these colons close a ::: block, but none is open"
        self.parser.error(
            Code.BLOCK_UNCLOSED, line, message, "take the line out, or open the block that it should close"
        )
        return True

    def _attributes(self, opening: Line, match: re.Match[str]) -> Attributes:
        written = match["rest"] or ""
        found = read_attributes(written, 0)
        if written and not (found and found[1] == len(written)):
            message = f"the attributes {written} can't be read"
            self.parser.error(Code.ATTRIBUTE_SYNTAX, opening, message, 'write them as {.name #id key="value"}')
            found = None
        read = found[0] if found else Attributes()
        return Attributes(read.id, (match["name"], *read.classes), read.values) if match["name"] else read

    def _take_inside(self, opening: Line, cursor: Cursor) -> Sequence[Line]:
        length = _length(cursor)
        if length is None:
            culprit = _culprit(opening, cursor)
            message = f"the block that begins here with {culprit.text.strip()} is never closed"
            self.parser.error(
                Code.BLOCK_UNCLOSED, culprit, message, "end it with a line of colons, as many as it began with"
            )
            return cursor.take_many(len(cursor.lines) - cursor.index)
        inside = cursor.take_many(length)
        cursor.take()
        return inside


def _add_inline_keys(div: Element, opening: Line) -> None:
    """Put titles and attributions, which are inline text, into children of their own."""
    for key in _INLINE_KEYS:
        if "@" + key in div.attrib:
            value = div.attrib.pop("@" + key)
            column = opening.column + max(opening.text.find(value), 0)
            add_text(div, key, [Line(value, opening.number, column)])


def _fences(cursor: Cursor) -> list[tuple[int, str, bool]]:
    """Return the fences of divs below the cursor: which line, its colons, and whether it opens. Code has none."""
    found = []
    code = ""
    for ahead, line in enumerate(cursor.lines[cursor.index :]):
        text = line.text.lstrip()
        fence = _CODE.match(text)
        if code:
            code = "" if text.rstrip().startswith(code) and not text.rstrip().strip(code[0]) else code
        elif fence:
            code = fence[1]
        elif match := _FENCE.match(text):
            found.append((ahead, match["colons"], bool(match["rest"].strip(" :"))))
    return found


def _length(cursor: Cursor) -> int | None:
    """Return how many lines there are before the fence that closes the div, or None if there is none."""
    depth = 1
    for ahead, _, opens in _fences(cursor):
        depth += 1 if opens else -1
        if depth == 0:
            return ahead
    return None


def _culprit(opening: Line, cursor: Cursor) -> Line:
    """Return the line of the block that was most likely forgotten: its number of colons finds no partner."""
    stack = [(opening, _colons(opening))]
    for ahead, colons, opens in _fences(cursor):
        line = cursor.lines[cursor.index + ahead]
        if opens:
            stack.append((line, len(colons)))
        else:
            fitting = [place for place, (_, count) in enumerate(stack) if count == len(colons)]
            if fitting and fitting[-1] < len(stack) - 1:
                return stack[fitting[-1] + 1][0]
            if len(stack) > 1:
                stack.pop()
    return stack[-1][0]


def _colons(line: Line) -> int:
    text = line.text.lstrip()
    return len(text) - len(text.lstrip(":"))

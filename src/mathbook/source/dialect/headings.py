"""Headings (`## Title {#id .class}`, or underlined) and rules."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from mathbook.source.dialect.attributes import read_trailing_attributes
from mathbook.source.dialect.parser import LineProcessor, add_text
from mathbook.source.positions import Cursor, Line

_ATX = re.compile(r"(?P<marks>#{1,6}) +(?=\S)|(?P<empty>#{1,6}) *$")
_CLOSING_MARKS = re.compile(r"(?<!\\)\s*#+\s*$")
_UNDERLINE = re.compile(r"(=+|-+) *$")
_RULE = re.compile(r" *([-*_])(?: *\1){2,} *$")


class Headings(LineProcessor):
    """Headings with number signs, and headings that are underlined with = or -."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the heading."""
        line, below = cursor.peek(), cursor.peek(1)
        assert line is not None
        if match := _ATX.match(line.text):
            cursor.take()
            text, attributes = read_trailing_attributes(line.text[match.end() :])
            title = Line(_CLOSING_MARKS.sub("", text), line.number, line.column + match.end())
            level = len(match["marks"] or match["empty"])
        elif below and line.indent < 4 and _UNDERLINE.match(below.text):
            cursor.take_many(2)
            text, attributes = read_trailing_attributes(line.text.strip())
            title = Line(text, line.number, line.column + line.indent)
            level = 1 if below.text[0] == "=" else 2
        else:
            return False
        attributes.put_on(add_text(parent, "h", [title], level=str(level)))
        return True


class Rules(LineProcessor):
    """Three or more of the same mark, alone on a line: a thematic break."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the rule."""
        line = cursor.peek()
        if not line or not is_rule(line):
            return False
        add_text(parent, "hr", [cursor.take()]).text = None
        return True


def is_rule(line: Line) -> bool:
    """Return whether the line is a thematic break."""
    return bool(_RULE.match(line.text))

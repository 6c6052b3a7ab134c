"""Code: between fences, or indented by four spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from mathbook.diagnostics import Code
from mathbook.source.dialect.attributes import Attributes, read_attributes
from mathbook.source.dialect.parser import LineProcessor, add_text
from mathbook.source.positions import Cursor, Line

_OPEN = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,}) *(?P<language>[^\s{}`]+)? *(?P<rest>\{.*\})? *$")
_RAW = re.compile(r"\{ *=([\w-]+) *\}$")
_QUARTO = re.compile(r"\{(\w+)([^{}]*)\}$")


class FencedCode(LineProcessor):
    """Code between fences of backticks or tildes."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the fence, and all that is left if it is never closed: that is reported."""
        opening = cursor.peek()
        match = opening and _OPEN.match(opening.text)
        if not opening or not match:
            return False
        cursor.take()
        inside = cursor.take_many(_length(cursor, match["fence"]))
        if cursor.at_end:
            message = f"the code that begins here with {match['fence']} is never closed"
            self.parser.error(Code.BLOCK_UNCLOSED, opening, message, f"end it with a line {match['fence']}")
        else:
            cursor.take()
        self._add(parent, opening, match, [line.outdent(opening.indent) for line in inside])
        return True

    def interrupts(self, cursor: Cursor, ahead: int) -> bool:
        """Return True for a fence of backticks that is closed further down, as in Pandoc."""
        line = cursor.peek(ahead)
        match = line and "`" in line.text and _OPEN.match(line.text)
        if not match or match["fence"][0] != "`":
            return False
        rest = Cursor(cursor.lines)
        rest.index = cursor.index + ahead + 1
        return rest.index + _length(rest, match["fence"]) < len(cursor.lines)

    def _add(self, parent: Element, opening: Line, match: re.Match[str], inside: Sequence[Line]) -> None:
        raw = _RAW.match(match["rest"] or "")
        if raw and raw[1].startswith("html"):
            self.parser.parse_into(parent, inside)
            return
        attributes = self._attributes(opening, match["rest"] or "")
        if raw:
            message = f"raw {raw[1]} can't be shown in all formats; it stands here as code"
            self.parser.warning(Code.HTML_DROPPED, opening, message)
            attributes = Attributes("", (raw[1],))
        add_code(parent, opening, inside, attributes, match["language"] or "")

    def _attributes(self, opening: Line, written: str) -> Attributes:
        found = read_attributes(written, 0)
        if found and found[1] == len(written):
            return found[0]
        quarto = _QUARTO.match(written)
        if quarto and (found := read_attributes("{." + quarto[1] + quarto[2].replace(",", " ") + "}", 0)):
            return found[0]
        if written and not _RAW.match(written):
            message = f"the attributes {written} can't be read"
            self.parser.error(Code.ATTRIBUTE_SYNTAX, opening, message, 'write them as {.python #lst:x caption="…"}')
        return Attributes()


class IndentedCode(LineProcessor):
    """Code that is indented by four spaces."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the indented lines, blank ones between them included."""
        first = cursor.peek()
        if not first or first.indent < 4:
            return False
        taken: list[Line] = []
        while (line := cursor.peek()) and (line.indent >= 4 or line.is_blank):
            taken.append(cursor.take())
        while taken[-1].is_blank:
            taken.pop()
        add_code(parent, taken[0].cut(4), [line.outdent(4) for line in taken], Attributes(), "")
        return True


def add_code(parent: Element, opening: Line, inside: Sequence[Line], attributes: Attributes, language: str) -> None:
    """Add the code with its attributes; a caption among them is read for inline syntax."""
    code = SubElement(parent, "pre", {"at": opening.place})
    attributes.put_on(code)
    if language:
        code.set("class", " ".join((language, *attributes.classes)))
    caption = code.attrib.pop("@caption", code.attrib.pop("@lst-cap", ""))
    if caption:
        column = opening.column + max(opening.text.find(caption), 0)
        add_text(code, "caption", [Line(caption, opening.number, column)])
    SubElement(code, "text").text = "\n".join(line.text for line in inside)


def _length(cursor: Cursor, fence: str) -> int:
    """Return how many lines there are before the closing fence, or before the end."""
    closing = re.compile(rf" {{0,3}}{re.escape(fence)}{re.escape(fence[0])}*\s*$")
    count = 0
    while (line := cursor.peek(count)) and not closing.match(line.text):
        count += 1
    return count

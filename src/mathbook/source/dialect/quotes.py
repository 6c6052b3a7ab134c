"""Block quotations, line blocks and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from mathbook.diagnostics import Code
from mathbook.source.dialect.parser import LineProcessor, add_text
from mathbook.source.positions import Cursor, Line

_MARK = re.compile(r" {0,3}> ?")
_SAID_BY = re.compile(r" {0,3}(?:—|–|---?) ?(?=[^\s-])")
_DRAWN_TABLE = re.compile(r" {0,3}(?:\+(?:[-=:]+\+){2,}|-{2,}(?: +-{2,})+)")
"""A line of a grid table, or below the head of a simple one."""
_VERSE = re.compile(r"\|( +|$)")


class BlockQuotes(LineProcessor):
    """Lines that begin with >; the lines of a paragraph in it may leave the mark out."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the quotation."""
        first = cursor.peek()
        if not first or not _MARK.match(first.text):
            return False
        lines: list[Line] = []
        while (line := cursor.peek()) and not line.is_blank:
            match = _MARK.match(line.text)
            lines.append(cursor.take().cut(match.end() if match else 0))
        quotation = SubElement(parent, "blockquote", {"at": first.place})
        said_by = _SAID_BY.match(lines[-1].text) if len(lines) > 1 else None
        if said_by:
            add_text(quotation, "by", [lines.pop().cut(said_by.end())])
        self.parser.parse_into(quotation, lines)
        return True


class LineBlocks(LineProcessor):
    """Lines that begin with `| ` keep their line ends."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the line block."""
        first = cursor.peek()
        if not first or not _VERSE.match(first.text):
            return False
        rows: list[Line] = []
        while (line := cursor.peek()) and (match := _VERSE.match(line.text)):
            cursor.take()
            rows.append(
                Line("\N{NO-BREAK SPACE}" * (match.end() - 2) + line.text[match.end() :], line.number, line.column + 2)
            )
            while (more := cursor.peek()) and more.indent and not more.is_blank:
                cursor.take()
                rows[-1] = Line(f"{rows[-1].text} {more.text.strip()}", rows[-1].number, rows[-1].column)
        ends = [Line(f"{row.text.rstrip()}\\", row.number, row.column) for row in rows[:-1]]
        add_text(parent, "p", [*ends, rows[-1]])
        return True


class Paragraphs(LineProcessor):
    """What is nothing else, up to a blank line or a block that may interrupt it."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the paragraph."""
        length = 1
        while (line := cursor.peek(length)) and not line.is_blank and not self._is_interrupted(cursor, length):
            length += 1
        lines = [line.cut(line.indent) for line in cursor.take_many(length)]
        follower = cursor.peek()
        self._tell_of_tables(lines)
        element = add_text(parent, "p", lines)
        if cursor.in_item and not (follower and (follower.is_blank or follower.text.lstrip().startswith("```"))):
            element.set("tight", "1")
        return True

    def _tell_of_tables(self, lines: Sequence[Line]) -> None:
        """Tell of tables that Pandoc draws with hyphens: here they would be a paragraph of dashes."""
        if drawn := next((line for line in lines if _DRAWN_TABLE.fullmatch(line.text.rstrip())), None):
            hint = "write it with pipes: | a | b |, and |---|---| below its head"
            self.parser.error(Code.TABLE_SHAPE, drawn, "tables drawn with lines of hyphens are not read", hint)

    def _is_interrupted(self, cursor: Cursor, ahead: int) -> bool:
        return any(processor.interrupts(cursor, ahead) for processor in self.parser.line_processors)

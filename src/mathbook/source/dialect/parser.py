"""The block parser: Python-Markdown's, reading lines instead of chunks between blank lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from mathbook.diagnostics import Code, Collector, Span
from mathbook.source.positions import Cursor, Line, places_of

DEPTH_LIMIT = 50
"""How deep blocks may be nested before their text is taken as it stands."""


class LineParser(BlockParser):
    """Gives each processor, in order of priority, a cursor at the first line of a block.

    Python-Markdown cuts its text at blank lines before any processor sees it; then nothing knows its line, and a fence
    or a div has to be put together again. Here a container hands the lines of its inside, with their places, to
    `parse_into`; so everything nests as it does in Pandoc.
    """

    def __init__(self, md: Markdown, file: str, collector: Collector, first_line: int) -> None:
        super().__init__(md)
        self.file = file
        self.collector = collector
        self.first_line = first_line
        self.depth = 0
        self.notes: dict[str, Element] = {}

    def parseDocument(self, lines: Sequence[str]) -> ElementTree[Any]:  # type: ignore[override]  # lines stay lines
        """Return the tree of the document; its footnotes stand in a last element of their own."""
        self.root = Element("document", {"at": f"{self.first_line}:1"})
        self.parse_into(self.root, [Line(text, number) for number, text in enumerate(lines, self.first_line)])
        self.root.extend(self.notes.values())
        return ElementTree(self.root)

    def parse_into(self, parent: Element, lines: Sequence[Line], *, in_item: bool = False) -> None:
        """Add the blocks of these lines to the parent."""
        if self.depth >= DEPTH_LIMIT:
            self._keep_text(parent, lines)
            return
        self.depth += 1
        cursor = Cursor(lines, in_item=in_item)
        cursor.skip_blank()
        while not cursor.at_end:
            self._parse_block(parent, cursor)
            cursor.skip_blank()
        self.depth -= 1

    @cached_property
    def line_processors(self) -> tuple[LineProcessor, ...]:
        """The registered processors, in order of priority; none is registered once the first was asked for."""
        processors = tuple(self.blockprocessors)
        assert all(isinstance(processor, LineProcessor) for processor in processors)
        return processors  # type: ignore[return-value]  # as was just found

    def _parse_block(self, parent: Element, cursor: Cursor) -> None:
        before = cursor.index
        for processor in self.line_processors:
            if processor.take(parent, cursor):
                break
        assert cursor.index > before, "the paragraph takes what nobody else takes"

    def _keep_text(self, parent: Element, lines: Sequence[Line]) -> None:
        """Keep the words of what is nested too deep, and say so once."""
        worded = [line for line in lines if not line.is_blank]
        if worded:
            message = f"blocks are nested deeper than {DEPTH_LIMIT} levels"
            self.error(Code.BLOCK_TOO_DEEP, worded[0], message, "take some of the nesting out")
            paragraph = SubElement(parent, "p", {"at": places_of(worded), "plain": "1"})
            paragraph.text = "\n".join(line.text for line in worded)

    def error(self, code: Code, line: Line, message: str, hint: str = "") -> None:
        """Note an error at the line's first word."""
        self.collector.error(code, Span(self.file, line.number, line.column + line.indent), message, hint)

    def warning(self, code: Code, line: Line, message: str, hint: str = "") -> None:
        """Note a warning at the line's first word."""
        self.collector.warning(code, Span(self.file, line.number, line.column + line.indent), message, hint)


class LineProcessor(BlockProcessor):
    """A block syntax. `interrupts` says whether a line may end a paragraph without a blank line before it."""

    parser: LineParser

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the block that begins at the cursor, if it is one of this syntax; True if it was."""
        raise AssertionError("each syntax has its own")

    def interrupts(self, cursor: Cursor, ahead: int) -> bool:
        """Return whether the line `ahead` begins a block of this syntax inside a paragraph."""
        return False


def add_text(parent: Element, tag: str, lines: Sequence[Line], **attributes: str) -> Element:
    """Return a new child whose text is these lines, to be read for inline syntax later."""
    child = SubElement(parent, tag, {"at": places_of(lines), **attributes})
    child.text = "\n".join(line.text for line in lines)
    return child

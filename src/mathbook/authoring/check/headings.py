"""Headings nest: none skips a level."""

from __future__ import annotations

from mathbook.diagnostics import Code, Collector
from mathbook.document.book import Book
from mathbook.document.nodes import Heading


def check_headings(book: Book, collector: Collector) -> None:
    """Tell of each heading that is more than one level below the one before it."""
    for unit in book.units:
        level = 1
        for block in unit.blocks:
            if isinstance(block, Heading):
                if block.level > level + 1:
                    message = f"a heading of level {block.level} follows one of level {level}"
                    hint = f"make it {'#' * (level + 1)}"
                    collector.error(Code.HEADING_SKIPPED, block.span, message, hint)
                level = block.level

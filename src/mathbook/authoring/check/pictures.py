"""Pictures say in words what they show."""

from __future__ import annotations

from mathbook.diagnostics import Code, Collector
from mathbook.document.book import Book
from mathbook.document.nodes import Figure, Image
from mathbook.document.walk import walk


def check_pictures(book: Book, collector: Collector) -> None:
    """Tell of each picture that has neither a caption nor other words."""
    for unit in book.units:
        captioned = {id(node.image) for node in walk(unit.blocks) if isinstance(node, Figure) and node.caption}
        for node in walk(unit.blocks):
            if isinstance(node, Image) and not node.alt and id(node) not in captioned:
                message = f"nobody who can't see it knows what {node.source} shows"
                collector.warning(Code.PICTURE_NO_ALT, node.span, message, 'give it alt="…" or a caption')

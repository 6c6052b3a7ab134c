"""A unit that stands alone, as on a handout: what it refers to elsewhere is said to be of the book."""

from __future__ import annotations

import re
from dataclasses import replace

from mathbook.document.book import Unit
from mathbook.document.nodes import Emph, Inline, Link, Text
from mathbook.document.quotes import quotation_marks
from mathbook.document.walk import Spread, map_tree
from mathbook.document.words import say

_NUMBERED = re.compile(r"\S.*\N{NO-BREAK SPACE}[\w.]+")
"""What a reference reads as: "Equation 4.2"."""


def as_alone(unit: Unit, book: str, language: str) -> Unit:
    """Return the unit with the book's title behind the first reference to another unit, "Example 3 of *Title*", and
    "of the book" behind the first to each other thing. Links with words of an author's own stay as they are.
    """
    opening, _ = quotation_marks(language, "double")
    before, _, after = say("of {0}", language, "\0").partition("\0")
    said: set[tuple[str, str]] = set()

    def told(node: object) -> object:
        if not isinstance(node, Link) or node.unit in ("", unit.id) or (node.unit, node.target) in said:
            return node
        words = node.children[0].text if len(node.children) == 1 and isinstance(node.children[0], Text) else ""
        if not (_NUMBERED.fullmatch(words) or words.startswith(opening)):
            return node
        said.add((node.unit, node.target))
        if len(said) > 1:
            return Spread((node, Text(f" {say('of the book', language)}")))
        of_book: tuple[Inline, ...] = (Text(f" {before}"), Emph((Text(book),)))
        return Spread((node, *of_book, *((Text(after),) if after else ())))

    return replace(unit, blocks=map_tree(unit.blocks, told))

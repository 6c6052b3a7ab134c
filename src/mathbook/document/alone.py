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
    "of the book" behind the first to each other thing. Links out of the unit are words then: they lead nowhere.
    """
    opening, _ = quotation_marks(language, "double")
    before, _, after = say("of {0}", language, "\0").partition("\0")
    said: set[tuple[str, str]] = set()

    def told(node: object) -> object:
        if not isinstance(node, Link) or node.unit in ("", unit.id):
            return node
        words = node.children[0].text if len(node.children) == 1 and isinstance(node.children[0], Text) else ""
        is_reference = _NUMBERED.fullmatch(words) or words.startswith(opening)
        if not is_reference or (node.unit, node.target) in said:
            return Spread(node.children)
        said.add((node.unit, node.target))
        if len(said) > 1:
            return Spread((*node.children, Text(f" {say('of the book', language)}")))
        of_book: tuple[Inline, ...] = (Text(f" {before}"), Emph((Text(book),)))
        return Spread((*node.children, *of_book, *((Text(after),) if after else ())))

    return replace(unit, blocks=map_tree(unit.blocks, told))

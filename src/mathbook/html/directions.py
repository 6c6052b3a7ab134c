"""Which way words run: a paragraph in another script than the book's says so, as browsers don't guess."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from lxml import etree

Direction = Literal["ltr", "rtl"]

_FROM_RIGHT = frozenset({"ar", "arc", "dv", "fa", "he", "ks", "ku", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"})
_BLOCKS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "td", "th", "caption", "figcaption"])
_WORDS = etree.XPath(".//text()[not(ancestor::*[namespace-uri() or self::code or self::pre])]")
FROM_RIGHT_LETTER = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Every letter that runs from the right, and some others."""
_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def direction(language: str) -> Direction:
    """Return the way in which the language is written."""
    return "rtl" if language.split("-")[0].lower() in _FROM_RIGHT else "ltr"


def say_directions(section: etree._Element, book: Direction) -> None:
    """Set `dir` on each block that runs the other way, by its first letter (HTML, "dir=auto"; UAX 9, P2 and P3)."""
    if book == "ltr" and not FROM_RIGHT_LETTER.search("".join(section.itertext())):
        return
    for block in section.iter(*_BLOCKS):
        own = _direction_of(block)
        if own is not None and own != _around(block, book):
            block.set("dir", own)


def _around(block: etree._Element, book: Direction) -> Direction:
    """Return the direction of what is around the block: that of the nearest block that has said one, or the book's."""
    said = (above.get("dir") for above in block.iterancestors())
    return "rtl" if next((word for word in said if word), book) == "rtl" else "ltr"


def _direction_of(block: etree._Element) -> Direction | None:
    letters = (_STRONG.get(unicodedata.bidirectional(char)) for words in _words(block) for char in words)
    return next((found for found in letters if found), None)


def _words(block: etree._Element) -> list[str]:
    """Return the block's words, without those of formulas and of code: these run their own way."""
    return [str(words) for words in _WORDS(block)]

"""Which characters a page shows, told apart by the font that they are set in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Literal, TypeAlias

from lxml import etree

from mathbook.frozen import frozen

_Font: TypeAlias = Literal["text", "code", "math"]
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_IDENTIFIER = f"{_MATHML}mi"
_ROOTS = frozenset({f"{_MATHML}msqrt", f"{_MATHML}mroot"})


def _italics() -> dict[str, str]:
    """Return the italic form of each letter, by Unicode's own word for it: `<font> 03C0`."""
    forms = {
        code: unicodedata.decomposition(chr(code)) for code in (*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C))
    }
    italics = {chr(int(form.split()[1], 16)): chr(code) for code, form in forms.items() if form}
    return italics | {"h": "\N{PLANCK CONSTANT}"}


_ITALICS = _italics()
"""The letters that a browser shows for an identifier of one letter (MathML Core, 4.2, "math-auto")."""
_BETWEEN_TAGS = re.compile(r">([^<]+)<")
_UNSEEN = frozenset({"title", "annotation", "metadata"})


@frozen
class Glyphs:
    """Characters in text, code and formulas: each of them once, in order."""

    text: str = ""
    code: str = ""
    math: str = ""


NO_GLYPHS = Glyphs()


def glyphs_of_all(several: Sequence[Glyphs]) -> Glyphs:
    """Return the characters of all of them."""
    text, code, math = zip(*((one.text, one.code, one.math) for one in several), strict=True)
    return Glyphs(_once(*text), _once(*code), _once(*math))


def _once(*several: Iterable[str]) -> str:
    return "".join(sorted(set().union(*several)))


def glyphs_of(root: etree._Element) -> Glyphs:
    """Return the characters below an element. Small capitals are made of capitals, so these are there too."""
    found: dict[_Font, list[str]] = {"text": [], "code": [], "math": []}
    _gather(root, "text", found)
    return Glyphs(_with_capitals(set().union(*found["text"])), _once(*found["code"]), _once(*found["math"]))


def glyphs_between_tags(page: str) -> Glyphs:
    """Return the characters of a page of ours that has neither code nor formulas."""
    return Glyphs(_with_capitals(set(unescape("".join(_BETWEEN_TAGS.findall(page))))))


def _with_capitals(chars: set[str]) -> str:
    return _once(chars, "".join(chars).upper())


def _gather(node: etree._Element, font: _Font, found: dict[_Font, list[str]]) -> None:
    tag = node.tag
    if not isinstance(tag, str) or (name := tag.rpartition("}")[2]) in _UNSEEN:
        return
    if tag.startswith(_MATHML):
        font = "math"
    elif name in _CODE:
        font = "code"
    there = found[font]
    if text := node.text:
        there.append(text)
        if tag == _IDENTIFIER:
            there.append(_ITALICS.get(text, ""))
    if tag in _ROOTS:
        there.append("\N{SQUARE ROOT}")  # no text holds it: the element draws it
    for child in node:
        _gather(child, font, found)
        if tail := child.tail:
            there.append(tail)

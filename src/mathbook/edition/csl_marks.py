"""The looks that a citation style asks for, as marks in plain text, and such text as inlines.

The marks are characters of Unicode's private use area, which no work's words have: `marked` takes them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mathbook.document.addresses import as_uri
from mathbook.document.nodes import Emph, Formula, Inline, Link, Strong, Styled, Sub, Sup, Text
from mathbook.formula.parse import FormulaError, parse

_ITALIC, _BOLD, _SUP, _SUB, _SMALL, _UNDERLINE, _PLAIN, END = "\ue010\ue011\ue012\ue013\ue014\ue015\ue016\ue01f"
_RICH = {"i": _ITALIC, "em": _ITALIC, "b": _BOLD, "sup": _SUP, "sub": _SUB, "sc": _SMALL}
_PIECES = re.compile(f"([{_ITALIC}-{_PLAIN}{END}])")
_SPECIAL = re.compile(r"(?P<formula>\$[^$\s](?:[^$]*[^$\s])?\$)|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}”’…])")


class _Wrapper(str):
    """Text between a mark and its end."""

    opening = _PLAIN

    def __new__(cls, text: object) -> _Wrapper:
        return super().__new__(cls, f"{cls.opening}{text}{END}")


class _Italic(_Wrapper):
    opening = _ITALIC


class _Bold(_Wrapper):
    opening = _BOLD


class _Underline(_Wrapper):
    opening = _UNDERLINE


class _Superscript(_Wrapper):
    opening = _SUP


class _Subscript(_Wrapper):
    opening = _SUB


class _SmallCaps(_Wrapper):
    opening = _SMALL


class Marks:
    """What citeproc-py calls a formatter."""

    Italic = Oblique = _Italic
    Bold = _Bold
    Light = _Wrapper
    Underline = _Underline
    Superscript = _Superscript
    Subscript = _Subscript
    SmallCaps = _SmallCaps

    @staticmethod
    def preformat(text: object) -> str:
        """Return the text as it is."""
        return str(text)


def marked(text: str) -> str:
    """Return a work's words with CSL-JSON's tags (`<i>`, `<sup>`, …) as marks, and no private characters of its own."""
    bare = re.sub("[\ue000-\ue0ff]", "", text)
    return re.sub(r"<(i|em|b|sup|sub|sc)>(.*?)</\1>", lambda match: f"{_RICH[match[1]]}{match[2]}{END}", bare)


def inlines_of(text: str, language: str) -> tuple[Inline, ...]:
    """Return marked text as inlines: looks, web addresses as links, what stands between dollars as formulas."""
    pieces = iter(_PIECES.split(text))
    return tuple(_until_end(pieces, language))


def _until_end(pieces: Iterator[str], language: str) -> Iterator[Inline]:
    for piece in pieces:
        if piece == END:
            return
        if len(piece) == 1 and _PIECES.fullmatch(piece):
            yield from _look(piece, tuple(_until_end(pieces, language)))
        else:
            yield from _words(piece, language)


def _look(mark: str, inside: tuple[Inline, ...]) -> tuple[Inline, ...]:
    looks: dict[str, Inline] = {
        _BOLD: Strong(inside),
        _SUP: Sup(inside),
        _SUB: Sub(inside),
        _ITALIC: Emph(inside),
        _SMALL: Styled("smallcaps", inside),
        _UNDERLINE: Styled("underline", inside),
    }
    return (looks[mark],) if mark in looks else inside


def _words(text: str, language: str) -> Iterator[Inline]:
    last = 0
    for match in _SPECIAL.finditer(text):
        link = Link((Text(match[0]),), as_uri(match[0]))
        found = _formula(match[0][1:-1], language) if match["formula"] else link
        if found:
            if match.start() > last:
                yield Text(text[last : match.start()])
            yield found
            last = match.end()
    if last < len(text):
        yield Text(text[last:])


def _formula(latex: str, language: str) -> Formula | None:
    """Return the formula; nothing if it is none: a title may speak of dollars."""
    try:
        parse(latex, display=False, definitions="", language=language)
    except FormulaError:
        return None
    return Formula(latex)

"""Inlines and blocks as plain words: for titles in metadata, alternative text and comparison."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from mathbook.document.nodes import (
    Anchor,
    Cite,
    Code,
    Emph,
    Footnote,
    Formula,
    Image,
    Inline,
    LineBreak,
    Link,
    Quoted,
    Ref,
    Strong,
    Styled,
    Sub,
    Sup,
    Term,
    Text,
)
from mathbook.document.quotes import quotation_marks


def latex_of(formula: Formula) -> str:
    """Return the formula's LaTeX, the plainest face it has."""
    return formula.latex


def plain(inlines: tuple[Inline, ...], language: str = "en", say_formula: Callable[[Formula], str] = latex_of) -> str:
    """Return the words of the inlines without markup. Footnotes are left out: they are passages of their own."""
    # most of all are words
    return "".join([one.text if one.__class__ is Text else _plain(one, language, say_formula) for one in inlines])


def with_description(words: str, image: Image) -> str:
    """Return the words for a picture with its description, for formats that have one place for both."""
    return f"{words} {image.description}".strip()


def _plain(inline: Inline, language: str, say: Callable[[Formula], str]) -> str:
    match inline:
        case Text(text=text) | Code(text=text):
            return text
        case Formula():
            return say(inline)
        case Quoted(kind=kind, children=children):
            opening, closing = quotation_marks(language, kind)
            return f"{opening}{plain(children, language, say)}{closing}"
        case Emph() | Strong() | Sub() | Sup() | Styled() | Term() | Anchor() | Link():
            return plain(inline.children, language, say)
        case Image(alt=alt):
            return alt
        case LineBreak():
            return " "
        case Footnote():
            return ""
        case Ref(label=label):
            return f"@{label}"
        case Cite(items=items):
            return f"[{'; '.join('@' + item.key for item in items)}]"
        case _:
            assert_never(inline)

"""Inlines as one line of plain words, formulas among them as text: for titles, bookmarks and alternative text."""

from __future__ import annotations

from functools import partial

from mathbook.document.nodes import Formula, Inline
from mathbook.document.plain import plain
from mathbook.formula.parse import FormulaError, parse


def plain_line(inlines: tuple[Inline, ...], language: str) -> str:
    """Return the words of the inlines without markup, each formula as a line of text."""
    return " ".join(plain(inlines, language, partial(linear, language=language)).split())


def linear(formula: Formula, language: str) -> str:
    """Return the formula as a line of text; one that can't be parsed (its author was told) as it was written."""
    try:
        return parse(formula.latex, display=False, definitions=formula.definitions, language=language).linear
    except FormulaError:
        return formula.latex

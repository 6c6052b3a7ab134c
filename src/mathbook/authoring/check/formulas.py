"""Formulas can be edited in every format."""

from __future__ import annotations

from mathbook.diagnostics import Code, Collector
from mathbook.document.book import Book
from mathbook.document.nodes import Equation, Formula
from mathbook.document.walk import walk
from mathbook.formula.omml import what_is_lost
from mathbook.formula.parse import FormulaError, parse


def check_formulas(book: Book, collector: Collector) -> None:
    """Tell of each formula that PowerPoint can't edit."""
    if "deck" not in book.meta.outputs:
        return
    displayed: set[int] = set()
    for unit in book.units:
        for node in walk((*unit.title, *unit.blocks)):
            match node:
                case Equation(formula=formula):
                    displayed.add(id(formula))
                    _check(formula, True, book.meta.language, collector)
                case Formula() if id(node) not in displayed:
                    _check(node, False, book.meta.language, collector)


def _check(formula: Formula, display: bool, language: str, collector: Collector) -> None:
    try:
        parsed = parse(formula.latex, display=display, definitions=formula.definitions, language=language)
    except FormulaError:
        return  # the reader told it, at its place
    if message := what_is_lost(parsed):
        hint = "" if display else "give it a line of its own, between $$ and $$"
        collector.warning(Code.FORMULA_NO_OMML, formula.span, message, hint)

"""Formulas: the macros that each uses, and the check that it can be parsed."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.nodes import Formula, Text
from mathbook.formula.blank import blank_of
from mathbook.formula.parse import FormulaError, parse
from mathbook.source.positions import place_at, split_places

_COMMAND = re.compile(r"\\([a-zA-Z]+)")
_PARAMETER = re.compile(r"#([1-9])")


class FormulaChecker:
    """Makes Formula nodes and tells the collector of those that no format could show."""

    def __init__(self, macros: tuple[tuple[str, str], ...], language: str, collector: Collector) -> None:
        self.macros = {name.removeprefix("\\"): body for name, body in macros}
        self.language = language
        self.collector = collector

    def formula(self, element: Element, span: Span) -> Formula:
        """Return the formula of a `math` element."""
        latex = element.text or ""
        formula = Formula(latex, self.definitions(latex), span)
        display = bool(element.get("display"))
        try:
            parsed = parse(latex, display=display, definitions=formula.definitions, language=self.language)
            if display and blank_of(parsed) is not None:
                raise FormulaError("the formula shows nothing", hint="write it, or take it away")
        except FormulaError as problem:
            self._report(problem, element, latex, span)
        return formula

    def in_a_line(self, element: Element, span: Span) -> Formula | Text:
        """Return the formula of a `math` element in a line; one that is only a space is text."""
        formula = self.formula(element, span)
        try:
            parsed = parse(formula.latex, display=False, definitions=formula.definitions, language=self.language)
        except FormulaError:
            return formula  # that was told
        blank = blank_of(parsed)
        return formula if blank is None else Text(blank, span)

    def definitions(self, latex: str) -> str:
        """Return the macros that the formula uses, and those that these use, as \\newcommand lines."""
        used: set[str] = set()
        waiting = [latex]
        while waiting:
            for name in _COMMAND.findall(waiting.pop()):
                if name in self.macros and name not in used:
                    used.add(name)
                    waiting.append(self.macros[name])
        return "\n".join(_newcommand(name, body) for name, body in self.macros.items() if name in used)

    def _report(self, problem: FormulaError, element: Element, latex: str, span: Span) -> None:
        place = _place(element, latex, problem.column)
        line, _, column = place.partition(":")
        where = Span(span.file, int(line), int(column))
        self.collector.error(_code(problem), where, str(problem), problem.hint)


def _newcommand(name: str, body: str) -> str:
    count = max((int(number) for number in _PARAMETER.findall(body)), default=0)
    return f"\\newcommand{{\\{name}}}{f'[{count}]' if count else ''}{{{body}}}"


def _code(problem: FormulaError) -> Code:
    if problem.command:
        return Code.FORMULA_UNKNOWN_COMMAND
    return Code.FORMULA_TOO_LARGE if problem.large else Code.FORMULA_SYNTAX


def _place(element: Element, latex: str, column: int) -> str:
    """Return where the character is that the parser complains of; its columns count from 1 through all lines."""
    first = split_places(element.attrib["begin"])
    places = (first[0], *split_places(element.attrib["places"])[1:])
    return place_at(places, latex, min(max(column - 1, 0), len(latex)))

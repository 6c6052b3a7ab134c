"""The one parse of a formula, by mathra; everything that we know of mathra is here, in `from_json` and in `svg`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import mathra

from mathbook.diagnostics import did_you_mean
from mathbook.formula.commands import KNOWN_COMMANDS
from mathbook.formula.errors import FormulaError
from mathbook.formula.from_json import node_from
from mathbook.formula.lettering import lettered
from mathbook.formula.linear import in_a_line
from mathbook.formula.macros import defined, origins, prelude
from mathbook.formula.speech import finished_words
from mathbook.formula.spelled_out import macros_spelled_out, spelled_out
from mathbook.formula.svg import check_colours, mended
from mathbook.formula.tree import Node

__all__ = ["FormulaError", "ParsedFormula", "parse"]

LONGEST = 20_000
"""Characters of LaTeX that are read; longer formulas are no formulas."""
DEEPEST = 100
"""Nested braces that are read: deeper ones can bring a parser down."""


@dataclass(frozen=True)
class ParsedFormula:
    """A formula's tree and what was made of it. `prepared` is what the parser was given, `drawn` and `english` are its
    drawing and its words as they came from there. They are finished when they are asked for: who checks a formula, or
    compares its symbols, needs neither.
    """

    latex: str
    display: bool
    tree: Node
    linear: str
    language: str
    prepared: str
    drawn: str
    english: str

    @cached_property
    def svg(self) -> str:
        """The drawing."""
        return mended(self.drawn, self.tree)

    @cached_property
    def speech(self) -> str:
        """The formula in words."""
        return finished_words(_speech(self.prepared, self.english, self.language, self.display), self.language)

    @property
    def width(self) -> float:
        """The width in em."""
        return self._box[0]

    @property
    def ascent(self) -> float:
        """How far the drawing stands over the baseline, in em."""
        return self._box[1]

    @property
    def descent(self) -> float:
        """How far it reaches below the baseline, in em."""
        return self._box[2]

    @cached_property
    def _box(self) -> tuple[float, float, float]:
        return _box(self.svg)


@lru_cache(maxsize=16384)
def parse(latex: str, *, display: bool, definitions: str = "", language: str = "en") -> ParsedFormula:
    """Return the parsed formula. `definitions` are \\newcommand lines; raises FormulaError."""
    _check_size(latex)
    _check_signs(latex)
    written = spelled_out(latex.lstrip())
    before = prelude(written, macros_spelled_out(definitions))
    prepared = before + lettered(written)
    try:
        # always by the English rules: others draw 1.5 as 1,5 and \\sin as sen, which TeX does not
        result = mathra.render(prepared, "en", display=display, strict=True)
    except ValueError as error:
        raise _error(str(error), latex, before) from None
    _check_recovered(result["warnings"])
    tree = _tree(result["tree"], latex)
    check_colours(result["svg"])
    return ParsedFormula(
        latex=latex,
        display=display,
        tree=tree,
        linear=in_a_line(result["text"], tree),
        language=language,
        prepared=prepared,
        drawn=result["svg"],
        english=result["speech"],
    )


def _tree(json: Mapping[str, Any], latex: str) -> Node:
    try:
        return node_from(json)
    except FormulaError as error:
        error.column = max(latex.find(error.message.rpartition(" ")[2]) + 1, 1)
        raise


def _speech(prepared: str, english: str, language: str, display: bool) -> str:
    """Return the words in the language, or in English where the parser doesn't speak it."""
    locale = _locale(language)
    if locale == "en":
        return english
    speech: str = mathra.render(prepared, locale, display=display)["speech"]
    return speech


def _locale(language: str) -> str:
    """Return mathra's locale for a language tag, English where it has none."""
    known, tag = _locales(), language.lower()
    return known.get(tag) or known.get(tag.split("-")[0]) or ("pt-BR" if tag.startswith("pt") else "en")


@lru_cache(maxsize=1)
def _locales() -> dict[str, str]:
    return {locale["code"].lower(): locale["code"] for locale in mathra.locales()}


def _check_size(latex: str) -> None:
    if len(latex) > LONGEST:
        raise FormulaError(f"the formula has {len(latex)} characters, and {LONGEST} are read", large=True)
    depth = 0
    for at, char in enumerate(latex):
        depth += (char == "{") - (char == "}")
        if depth > DEEPEST:
            raise FormulaError(f"braces are nested more than {DEEPEST} deep", at + 1, large=True)
    if len(re.findall(r"\\(left|begin|sqrt|frac)(?![a-zA-Z])", latex)) > 20 * DEEPEST:
        raise FormulaError("the formula has too many nested parts", large=True)


_ELSEWHERE = {
    "label": "write {#eq:name} behind the closing $$",
    "ref": "write @eq:name in the text",
    "eqref": "write @eq:name in the text",
    "cite": "write [@key] in the text",
}


def _check_signs(latex: str) -> None:
    """Raise for what the parser takes in silence for something else than TeX does."""
    for found in re.finditer(r"\\([a-zA-Z]+|.)|%", latex, re.DOTALL):
        if found[0] == "%":
            hint = "write \\% for the sign"
            raise FormulaError("a % begins a comment in LaTeX: none can be here", found.start() + 1, hint=hint)
        if found[1] in _ELSEWHERE:
            raise FormulaError(f"\\{found[1]} stands outside of formulas", found.start() + 1, hint=_ELSEWHERE[found[1]])


def _error(message: str, latex: str, before: str) -> FormulaError:
    found = re.match(r"column (\d+): (.*)", message, re.DOTALL)
    column, what = (int(found[1]), found[2]) if found else (0, message)
    unknown = re.search(r"unsupported (command|environment): (\S+)", what)
    if unknown:
        return _unknown(unknown[1], unknown[2], latex, _column(column, latex, before))
    missing = re.search(r"has no '(.)' character", what, re.DOTALL)
    if missing:
        hint = "write it in the text beside the formula"
        return FormulaError(f"the font of formulas has no {missing[1]}", latex.find(missing[1]) + 1, hint=hint)
    return FormulaError(what, _column(column, latex, before))


def _unknown(kind: str, name: str, latex: str, column: int) -> FormulaError:
    written = re.search(re.escape(name) + r"(?![a-zA-Z])", latex)
    hint = did_you_mean(name, KNOWN_COMMANDS, "define it under macros: in book.yaml")
    return FormulaError(f"unknown {kind} {name}", written.start() + 1 if written else column, name, hint)


def _column(column: int, latex: str, before: str) -> int:
    """Return where a column of the expanded formula is in the written one; 1 for one in the macros themselves."""
    written = spelled_out(latex.lstrip())
    at = column - 1 - len(before)
    if at < 0:
        return 1
    places = [*origins(written, defined(before)), len(written)]
    return places[min(at, len(places) - 1)] + 1 + len(latex) - len(written)


def _check_recovered(warnings: Iterable[Mapping[str, Any]]) -> None:
    """Raise for what mathra mended on its own: a formula that has to be guessed at is not what its author wrote."""
    for warning in warnings:
        if str(warning.get("rule", "")).startswith("E-REC"):
            raise FormulaError(str(warning.get("description", "the formula is broken")))


def _box(svg: str) -> tuple[float, float, float]:
    """Return width, ascent and descent in em, from the drawing's view box (1000 units an em, y down)."""
    found = re.search(r'viewBox="(\S+) (\S+) (\S+) (\S+)"', svg)
    assert found, "mathra's drawing has no viewBox"
    _, top, width, height = (float(number) / 1000 for number in found.groups())
    return width, -top, height + top

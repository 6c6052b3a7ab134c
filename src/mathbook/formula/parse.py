"""The one parse of a formula, by mathra; everything that we know of mathra is in this module and in `from_json`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import mathra

from mathbook.diagnostics import did_you_mean
from mathbook.formula.commands import KNOWN_COMMANDS
from mathbook.formula.from_json import node_from
from mathbook.formula.speech import finished_words
from mathbook.formula.tree import Node

LONGEST = 20_000
"""Characters of LaTeX that are read; longer formulas are no formulas."""
DEEPEST = 100
"""Nested braces that are read: deeper ones can bring a parser down."""


class FormulaError(ValueError):
    """A formula that can't be parsed. `column` counts from 1 in the LaTeX as written."""

    def __init__(self, message: str, column: int = 1, command: str = "", hint: str = "", *, large: bool = False):
        super().__init__(message)
        self.message = message
        self.column = column
        self.command = command
        self.hint = hint
        self.large = large


@dataclass(frozen=True, slots=True)
class ParsedFormula:
    """A formula's tree and what was made of it. `width`, `ascent` and `descent` are in em, from the baseline."""

    latex: str
    display: bool
    tree: Node
    svg: str
    speech: str
    linear: str
    width: float
    ascent: float
    descent: float


@lru_cache(maxsize=4096)
def parse(latex: str, *, display: bool, definitions: str = "", language: str = "en") -> ParsedFormula:
    """Return the parsed formula. `definitions` are \\newcommand lines; raises FormulaError."""
    _check_size(latex)
    prelude = definitions.replace("\n", " ")
    try:
        result = mathra.render(prelude + latex, _locale(language), display=display, strict=True)
    except ValueError as error:
        raise _error(str(error), latex, expanded=bool(prelude)) from None
    _check_recovered(result["warnings"])
    width, ascent, descent = _box(result["svg"])
    return ParsedFormula(
        latex=latex,
        display=display,
        tree=node_from(result["tree"]),
        svg=result["svg"],
        speech=finished_words(result["speech"], language),
        linear=result["text"],
        width=width,
        ascent=ascent,
        descent=descent,
    )


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


def _error(message: str, latex: str, *, expanded: bool) -> FormulaError:
    """Return mathra's complaint. Its column counts in what macros were expanded to: then only a name can be found."""
    found = re.match(r"column (\d+): (.*)", message, re.DOTALL)
    column, what = (int(found[1]), found[2]) if found and not expanded else (1, found[2] if found else message)
    unknown = re.search(r"unsupported (?:command|environment): (\S+)", what)
    if not unknown:
        return FormulaError(what, column)
    name = unknown[1]
    hint = did_you_mean(name, KNOWN_COMMANDS, "define it under macros: in book.yaml")
    kind = "command" if name.startswith("\\") else "environment"
    return FormulaError(f"unknown {kind} {name}", max(latex.find(name) + 1, 1), name, hint)


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

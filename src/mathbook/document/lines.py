"""A unit's words line by line: what a revision is told by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Any, get_args

from mathbook.document.book import Unit
from mathbook.document.nodes import Equation, Footnote, Formula, Inline, Listing, SourceNote
from mathbook.document.plain import plain
from mathbook.document.walk import parts_of, walk

_INLINES = get_args(Inline)


def lines_of(unit: Unit, language: str) -> tuple[str, ...]:
    """Return the words of each paragraph, heading, cell and caption, a line each; formulas as LaTeX, code as it is."""
    return tuple(line for line in _lines(unit.blocks, language) if line)


def _lines(node: object, language: str) -> Iterator[str]:
    match node:
        case Listing():
            yield from _lines(node.caption, language)
            yield from (line.rstrip() for line in node.text.splitlines())
        case Equation():
            yield _spaced(f"$${node.formula.latex}$$")
        case SourceNote():
            seed = node.seed
            yield from map(_spaced, (seed.title, seed.who, seed.where, seed.when, seed.claims, seed.link))
            yield from _lines(node.children, language)
        case tuple() if node and isinstance(node[0], _INLINES):
            yield _spaced(plain(node, language, say_formula=_latex))
            for inner in walk(node):
                if isinstance(inner, Footnote):
                    yield from _lines(inner.children, language)
        case tuple():
            for member in node:
                yield from _lines(member, language)
        case _ if is_dataclass(node) and not isinstance(node, type):
            kind: Any = type(node)
            for name in parts_of(kind):
                yield from _lines(getattr(node, name), language)
        case _:
            assert isinstance(node, str | int | float | bool), node  # a label, a width: not the text's words


def _latex(formula: Formula) -> str:
    return f"${formula.latex}$"


def _spaced(text: str) -> str:
    return " ".join(text.split())

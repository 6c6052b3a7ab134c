"""Inlines as runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, assert_never

from mathbook.deck.slides import Run
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
from mathbook.formula.parse import ParsedFormula, parse
from mathbook.formula.plain_line import plain_line
from mathbook.formula.readable import readable_runs
from mathbook.formula.runs import simple_runs

PLAIN = Run("")
_LOOKS = {
    "strikeout": "strike",
    "underline": "underline",
    "smallcaps": "small_caps",
    "mark": "marked",
    "kbd": "code",
}
"""Which of a run's looks a style is."""


def parsed_formula(formula: Formula, language: str, *, display: bool = False) -> ParsedFormula:
    """Return the formula's one parse."""
    return parse(formula.latex, display=display, definitions=formula.definitions, language=language)


@lru_cache(maxsize=4096)
def readable(run: Run, language: str) -> tuple[Run, ...]:
    """Return the run for programs that know no formulas: a formula as runs of text, all else as it is."""
    if run.formula is None:
        return (run,)
    parts = readable_runs(parsed_formula(run.formula, language))
    look = replace(run, formula=None)
    return tuple(
        replace(look, text=part.text, italic=part.italic, bold=part.bold or look.bold, baseline=part.baseline)
        for part in parts
    )


def words(inlines: tuple[Inline, ...], language: str) -> str:
    """Return the inlines as plain words, formulas in a line."""
    return plain_line(inlines, language)


def runs_of(inlines: tuple[Inline, ...], language: str, look: Run = PLAIN) -> tuple[Run, ...]:
    """Return the inlines as runs; footnotes stand in the notes."""
    return tuple(run for inline in inlines for run in _runs(inline, language, look))


def _runs(inline: Inline, language: str, look: Run) -> Iterator[Run]:
    def inside(children: tuple[Inline, ...], **changes: Any) -> tuple[Run, ...]:
        return runs_of(children, language, replace(look, **changes))

    match inline:
        case Text(text=text):
            yield replace(look, text=text)
        case Emph(children=children):
            yield from inside(children, italic=not look.italic)
        case Strong(children=children):
            yield from inside(children, bold=True)
        case Sub(children=children):
            yield from inside(children, baseline=-1)
        case Sup(children=children):
            yield from inside(children, baseline=1)
        case Quoted(kind=kind, children=children):
            opening, closing = quotation_marks(language, kind)
            yield from (replace(look, text=opening), *inside(children), replace(look, text=closing))
        case Styled(style=style, children=children):
            yield from inside(children, **{_LOOKS[style]: True})
        case Term(children=children) | Anchor(children=children):
            yield from inside(children)
        case Code(text=text):
            yield replace(look, text=text, code=True)
        case Formula():
            yield from _formula(inline, language, look)
        case Link(children=children, target=target):
            # a place in the book has no address in a deck: its words stay
            yield from inside(children, link="" if target.startswith("#") else target)
        case Image(alt=alt):
            yield replace(look, text=alt)
        case Footnote():
            return  # the notes have it
        case LineBreak():
            yield replace(look, text="\v")
        case Ref() | Cite():
            raise AssertionError("unresolved reference")
        case _:
            assert_never(inline)


def _formula(formula: Formula, language: str, look: Run) -> Iterator[Run]:
    parsed = parsed_formula(formula, language)
    simple = simple_runs(parsed)
    if simple is None:
        yield replace(look, text="".join(part.text for part in readable_runs(parsed)), formula=formula)
        return
    for run in simple:
        yield replace(look, text=run.text, italic=run.italic, bold=run.bold or look.bold, baseline=run.baseline)

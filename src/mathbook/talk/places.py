"""Where each line of a deck is written: the manuscript's runs of words, as a slide says them, with their places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from mathbook.deck.runs import parsed_formula, readable, runs_of, words
from mathbook.diagnostics import Span
from mathbook.document.book import Example, Unit
from mathbook.document.nodes import Box as BoxNode
from mathbook.document.nodes import (
    BulletList,
    Cell,
    DefinitionItem,
    Equation,
    Footnote,
    Formula,
    Inline,
    Listing,
    OrderedList,
    SpeakerNotes,
    Table,
)
from mathbook.document.nodes import Exercise as ExerciseNode
from mathbook.document.nodes import Slide as SlideNode
from mathbook.document.talk import MARK
from mathbook.document.walk import children_of, walk
from mathbook.formula.latex import latex
from mathbook.formula.omml import omml
from mathbook.formula.runs import simple_runs
from mathbook.frozen import frozen

PlaceKind: TypeAlias = Literal["text", "cell", "formula", "code", "record"]


@frozen
class Place:
    """A run of words in the manuscript. `said` is how a slide says it, `plain` how notes do, `spare` how tables and
    programs do that know no formulas.

    `formulas` are its formulas as written, each with its LaTeX as it comes back from a deck. `item`: it begins an item
    of a list; `whole`: its block stands on its slide in full; `notes`: it is said, not shown. `block` is the line where
    the block of its unit begins that holds it.
    """

    unit: str
    kind: PlaceKind
    said: str
    plain: str
    span: Span
    formulas: tuple[tuple[str, str], ...] = ()
    item: bool = False
    whole: bool = False
    notes: bool = False
    footnote: bool = False
    block: int = 0
    definitions: str = ""
    spare: str = ""

    @property
    def faces(self) -> tuple[str, ...]:
        """All ways in which its words are said."""
        return tuple(dict.fromkeys((self.said, self.plain, self.spare or self.plain)))


@dataclass(slots=True)
class _Context:
    """What is known of where a node stands."""

    unit: str
    language: str
    flags: dict[str, Any] = field(default_factory=dict)

    def inside(self, **flags: Any) -> _Context:
        return replace(self, flags={**self.flags, **flags})

    def place(self, kind: PlaceKind, inlines: tuple[Inline, ...]) -> Iterator[Place]:
        span = next((inline.span for inline in inlines if inline.span.file), None)
        if span is None:
            return
        formulas = [node for node in walk(_without_notes(inlines)) if isinstance(node, Formula)]
        native = tuple(
            (node.latex, f"{MARK}{canonical(node, self.language)}{MARK}")
            for node in formulas
            if not self._is_simple(node)
        )
        yield Place(
            self.unit, kind, self._said(inlines), words(inlines, self.language), span, native,
            definitions=next((node.definitions for node in formulas), ""), spare=self._spare(inlines), **self.flags,
        )  # fmt: skip

    def _is_simple(self, formula: Formula) -> bool:
        return simple_runs(parsed_formula(formula, self.language)) is not None

    def _said(self, inlines: tuple[Inline, ...]) -> str:
        runs = runs_of(inlines, self.language)
        return "".join(
            f"{MARK}{canonical(run.formula, self.language)}{MARK}" if run.formula else run.text for run in runs
        )

    def _spare(self, inlines: tuple[Inline, ...]) -> str:
        return "".join(
            "".join(part.text for part in readable(run, self.language)) for run in runs_of(inlines, self.language)
        )


def canonical(formula: Formula, language: str, *, display: bool = False) -> str:
    """Return a formula's LaTeX as it comes back from a deck."""
    return latex(omml(parsed_formula(formula, language, display=display)))


def places_of(unit: Unit, language: str, sources: dict[str, str]) -> tuple[Place, ...]:
    """Return the places of a resolved unit in the order of its text; `sources` are the files' texts by name."""
    context = _Context(unit.id, language)
    found = list(context.place("text", unit.title))
    if isinstance(unit, Example) and unit.summary:
        found += _recorded(unit.id, sources.get(unit.span.file, ""), unit.span.file, "summary", unit.summary)
    for block in unit.blocks:
        here = context.inside(block=block.span.line)
        found += _places(block, here, sources)
    return tuple(found)


def _recorded(unit: str, text: str, file: str, key: str, said: str) -> Iterator[Place]:
    """Yield the place of a value that stands in YAML."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip("- ").startswith(f"{key}:"):
            column = line.index(":") + 2
            yield Place(unit, "record", said, said, Span(file, number, column))
            return


def record_places(unit: str, text: str, file: str, values: dict[str, str]) -> Iterator[Place]:
    """Yield the places of a YAML record's values: of book.yaml, or of a seed."""
    for key, said in values.items():
        if said:
            yield from _recorded(unit, text, file, key, said)


def _places(node: Any, context: _Context, sources: dict[str, str]) -> Iterator[Place]:
    match node:
        case Equation(formula=formula):
            yield from _equation(node, formula, context)
        case Listing():
            yield from _code(node, context, sources)
            yield from context.place("text", node.caption)
        case Table():
            yield from context.place("text", node.caption)
            for row in (*node.head, *node.body):
                for cell in row:
                    yield from context.place("cell", cell.children)
        case BulletList(items=items) | OrderedList(items=items):
            for item in items:
                for at, block in enumerate(item):
                    yield from _places(block, context.inside(item=at == 0), sources)
        case _:
            yield from _generic(node, context, sources)


def _generic(node: Any, context: _Context, sources: dict[str, str]) -> Iterator[Place]:
    """Yield the node's own words, then its footnotes, then what is inside it."""
    for name in ("term", "title", "attribution", "caption", "children"):
        inlines = getattr(node, name, ())
        if isinstance(inlines, tuple) and inlines and isinstance(inlines[0], Inline):
            yield from context.place("text", inlines)
            for found in walk(inlines):
                if isinstance(found, Footnote):
                    for block in found.children:
                        yield from _places(block, context.inside(footnote=True), sources)
    inner = context
    if isinstance(node, BoxNode | ExerciseNode | SlideNode):
        inner = context.inside(whole=True)
    if isinstance(node, SpeakerNotes):
        inner = context.inside(notes=True, whole=True)
    for child in children_of(node):
        if not isinstance(child, Inline | Cell):
            yield from _places(
                child, inner.inside(item=False) if not isinstance(child, DefinitionItem) else inner, sources
            )


def _equation(node: Equation, formula: Formula, context: _Context) -> Iterator[Place]:
    said = f"{MARK}{canonical(formula, context.language, display=True)}{MARK}"
    plain = parsed_formula(formula, context.language, display=True).linear
    yield Place(
        context.unit, "formula", said, plain, formula.span, ((formula.latex, said),),
        definitions=formula.definitions, **context.flags,
    )  # fmt: skip


def _code(node: Listing, context: _Context, sources: dict[str, str]) -> Iterator[Place]:
    """Yield a place a line of code: it stands in the source as it is, perhaps indented."""
    source = sources.get(node.span.file, "").split("\n")
    number = node.span.line
    for line in node.text.split("\n"):
        while number <= len(source) and not (line and source[number - 1].endswith(line)):
            if not line:
                break
            number += 1
        if line and number <= len(source):
            column = len(source[number - 1]) - len(line) + 1
            yield Place(context.unit, "code", line, line, Span(node.span.file, number, column), **context.flags)
            number += 1


def _without_notes(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(inline for inline in inlines if not isinstance(inline, Footnote))

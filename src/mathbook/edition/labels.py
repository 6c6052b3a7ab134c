"""Labels: everything in an edition that can be referred to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.book import Example, Unit
from mathbook.document.edition import Label
from mathbook.document.kinds import BOX_KINDS, LABEL_KINDS
from mathbook.document.nodes import Box, Cite, Equation, Exercise, Figure, Heading, Inline, Listing, Slide, Table
from mathbook.document.plain import plain
from mathbook.document.quotes import quotation_marks
from mathbook.document.walk import Spread, found_in, map_tree
from mathbook.document.words import say
from mathbook.formula.plain_line import plain_line

Placed = tuple[Label, Span]
"""A label, and where it is written."""
Labelled = Box | Equation | Exercise | Figure | Heading | Listing | Slide | Table


def collect_labels(labels_of_units: Iterable[Iterable[Placed]], collector: Collector) -> tuple[Label, ...]:
    """Return the labels of all units in order of appearance; a second one of the same name is told to the collector."""
    labels: dict[str, Label] = {}
    spans: dict[str, Span] = {}
    for placed in labels_of_units:
        for label, span in placed:
            if label.name in labels:
                hint = f"the first is at {spans[label.name]}"
                collector.error(Code.ID_DUPLICATE, span, f"the id {label.name!r} is there twice", hint)
            else:
                labels[label.name], spans[label.name] = label, span
    return tuple(labels.values())


def labels_of(unit: Unit, language: str) -> Iterator[Placed]:
    """Yield the unit's own label, then those of what is in it."""
    title = _title(unit.title, language)
    if isinstance(unit, Example):
        text = _numbered(say(LABEL_KINDS["ex"].title, language), unit.number)
        yield Label(f"ex:{unit.id}", unit.id, "ex", unit.number, text, title), unit.span
    else:
        yield Label(f"sec:{unit.id}", unit.id, "sec", "", _quoted(title, language), title), unit.span
    for node in found_in(unit.blocks, *get_args(Labelled)):
        if node.id:
            yield _label(node, unit, language), node.span


def _title(inlines: tuple[Inline, ...], language: str) -> str:
    """Return a title as what refers to it calls it: without citations, of which nobody knows yet what they say."""
    uncited = map_tree(inlines, lambda node: Spread(()) if isinstance(node, Cite) else node)
    return plain_line(uncited, language)


def _label(node: Labelled, unit: Unit, language: str) -> Label:
    match node:
        case Heading() | Slide():
            title = _title(node.children if isinstance(node, Heading) else node.title, language)
            return Label(node.id, unit.id, "sec", "", _quoted(title, language), title)
        case Box():
            kind = BOX_KINDS[node.kind]
            name = say(kind.title, language)
            text = _numbered(name, node.number) if node.number else name
            return Label(node.id, unit.id, kind.prefix or node.kind, node.number, text, plain(node.title, language))
        case Equation():
            return _numbered_label(node, "eq", unit, "", language)
        case Exercise():
            return _numbered_label(node, "exr", unit, plain(node.title, language), language)
        case Figure():
            return _numbered_label(node, "fig", unit, plain(node.caption, language), language)
        case Table():
            return _numbered_label(node, "tbl", unit, plain(node.caption, language), language)
        case Listing():
            return _numbered_label(node, "lst", unit, plain(node.caption, language), language)


def _numbered_label(
    node: Equation | Exercise | Figure | Table | Listing, kind: str, unit: Unit, caption: str, language: str
) -> Label:
    text = _numbered(say(LABEL_KINDS[kind].title, language), node.number)
    return Label(node.id, unit.id, kind, node.number, text, caption)


def _numbered(word: str, number: str) -> str:
    return f"{word}\N{NO-BREAK SPACE}{number}"


def _quoted(title: str, language: str) -> str:
    opening, closing = quotation_marks(language, "double")
    return f"{opening}{title}{closing}"

"""Words for the index and the glossary: each gets a place that can be linked to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Literal

from mathbook.document.book import Unit
from mathbook.document.nodes import Anchor, Conditional, Slide, SpeakerNotes, Term
from mathbook.document.walk import children_of, found_in, map_tree
from mathbook.frozen import frozen


@frozen
class Use:
    """A term at a place of a unit."""

    term: Term
    unit: str
    anchor: str


def with_places(unit: Unit, kind: Literal["index", "glossary"]) -> Unit:
    """Return the unit with an anchor around each term of the kind, counted within the unit."""
    if not any(term.kind == kind for term in found_in(unit.blocks, Term)):
        return unit
    numbers = count(1)

    def anchored(node: object) -> object:
        if isinstance(node, Term) and node.kind == kind:
            return Anchor(f"{kind}:{unit.id}:{next(numbers)}", (node,), node.span)
        return node

    return replace(unit, blocks=map_tree(unit.blocks, anchored))


def uses(unit: Unit, kind: Literal["index", "glossary"]) -> Iterator[Use]:
    """Yield the terms of the kind that every reader of the handout and of the e-book can find."""
    for anchor, term in _in_print(unit.blocks) if found_in(unit.blocks, Anchor) else ():
        if term.kind == kind:
            yield Use(term, unit.id, anchor.id)


def _in_print(node: object) -> Iterator[tuple[Anchor, Term]]:
    match node:
        case SpeakerNotes() | Slide(in_handout=False) | Conditional():
            return  # not in print, or not in each of the formats
        case Anchor(children=(Term() as term,)):
            yield node, term
    for child in children_of(node):
        yield from _in_print(child)

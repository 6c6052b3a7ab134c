"""Numbers: equations, figures, tables, listings, boxes, exercises and footnotes count within their unit.

A number is the same in every format and for every audience. What only instructors see (solutions, notes, blocks for
them) counts in a series of its own, "4.S1", so that it leaves no gap and moves no number in the student's edition.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from operator import is_
from typing import Any

from mathbook.document.book import Example, Meta, Unit
from mathbook.document.kinds import BOX_KINDS
from mathbook.document.nodes import (
    Box,
    Conditional,
    Equation,
    Exercise,
    Figure,
    Footnote,
    Listing,
    Slide,
    SpeakerNotes,
    Table,
    Text,
)
from mathbook.document.walk import is_node, parts_of
from mathbook.frozen import frozen


def number_unit(unit: Unit, meta: Meta) -> Unit:
    """Return the unit with all numbers in it."""
    prefix = f"{unit.number}." if isinstance(unit, Example) else ""
    numberer = _Numberer(prefix, private_solutions=meta.solutions == "instructor")
    title = numberer.numbered(unit.title, _Situation())
    return replace(unit, title=title, blocks=numberer.numbered(unit.blocks, _Situation()))


NO_SERIES = ""
"""What has no number: paragraphs, lists, and all else that nobody counts."""


_COUNTED = frozenset((Footnote, Exercise, Box, Equation, Figure, Table, Listing))


@frozen
class _Situation:
    """Where a node stands: in what only instructors see, or on a slide that the handout doesn't show."""

    private: bool = False
    on_slide: bool = False


@dataclass(slots=True)
class _Numberer:
    prefix: str
    private_solutions: bool
    counts: Counter[str] = field(default_factory=Counter)

    def numbered(self, value: Any, situation: _Situation) -> Any:
        """Return the value with numbers given in reading order: a node before what it holds."""
        if isinstance(value, tuple):
            # words are most of all, and nobody counts them
            news = [one if one.__class__ is Text else self.numbered(one, situation) for one in value]
            return value if all(map(is_, news, value)) else tuple(news)
        if not is_node(value.__class__):
            return value
        node: Any = self._with_number(value, situation)
        parts = {}
        # titles and captions are read before what they stand above
        for name in sorted(parts_of(node.__class__), key=lambda part: part not in ("title", "caption")):
            old = getattr(node, name)
            if not old:
                continue
            new = self.numbered(old, self._inside(node, name, situation))
            if new is not old:
                parts[name] = new
        return replace(node, **parts) if parts else node

    def _with_number(self, node: Any, situation: _Situation) -> Any:
        series = _series(node, situation) if node.__class__ in _COUNTED else NO_SERIES
        if not series:
            return node
        prefix = "" if series == "footnote" else self.prefix
        return replace(node, number=prefix + self._next(series, private=situation.private))

    def _next(self, series: str, *, private: bool) -> str:
        key = f"private {series}" if private else series
        self.counts[key] += 1
        return f"S{self.counts[key]}" if private else str(self.counts[key])

    def _inside(self, node: object, part: str, outer: _Situation) -> _Situation:
        """Return the situation of what stands in this part of the node."""
        match node:
            case Exercise() if part == "solution" and self.private_solutions:
                return replace(outer, private=True)
            case SpeakerNotes():
                return replace(outer, private=True)
            case Conditional(audiences=audiences) if audiences:
                return replace(outer, private=True)
            case Slide(in_handout=False):
                return replace(outer, on_slide=True)
            case _:
                return outer


def _series(node: object, situation: _Situation) -> str:
    """Return the series that the node counts in, or nothing if it has no number."""
    match node:
        case Footnote():
            return "footnote"
        case Exercise():
            return "exercise"
        case Box(kind=kind):
            return BOX_KINDS[kind].counter
        case Equation(id=label):
            return "equation" if label else ""
        case Figure() | Table() | Listing():
            captioned = bool(node.caption) and not situation.on_slide
            return type(node).__name__.lower() if node.id or captioned else ""
        case _:
            return NO_SERIES

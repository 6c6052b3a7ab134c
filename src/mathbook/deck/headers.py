"""The slides that open and close: a unit's section header, the deck's title, agenda and end."""

from __future__ import annotations

from collections.abc import Iterator

from mathbook.deck.runs import words
from mathbook.deck.slides import Draft, Para, Run, Words
from mathbook.document.book import Example, Unit
from mathbook.document.edition import Edition
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.nodes import SourceNote
from mathbook.document.walk import walk


def section_draft(unit: Unit, language: str) -> Draft:
    """Return the slide that opens the unit: an example's number, talk time and summary, and whom it came from."""
    title = words(unit.title, language)
    if not isinstance(unit, Example):
        return Draft(title, layout="Section Header")
    told = next((node.seed for node in walk(unit.blocks) if isinstance(node, SourceNote)), None)
    source = ", ".join(filter(None, (told.who, told.when))) if told else ""
    facts = f"{LABEL_KINDS['ex'].title} {unit.number}" + (f"  ·  {unit.minutes} minutes" if unit.minutes else "")
    lines = [facts, unit.summary, f"After {source}" if source else ""]
    said = [f"Talk time: {unit.minutes} minutes."] if unit.minutes else []
    said += [f"You should know: {', '.join(unit.prerequisites)}."] if unit.prerequisites else []
    said += [f"Source: {', '.join(filter(None, (told.who, told.where, told.when)))}."] if told else []
    shown = Words(tuple(Para((Run(line),)) for line in lines if line))
    return Draft(title, (shown,), tuple(said), "Section Header")


def opening_drafts(edition: Edition) -> Iterator[Draft]:
    """Yield the title slide and, for a book, the agenda."""
    meta = edition.meta
    lines = [meta.subtitle, ", ".join(meta.authors), f"Edition {meta.edition}, {meta.date}"]
    if edition.audience == "instructor":
        lines.append("Instructor’s edition: with solutions")
    yield Draft(meta.title, (Words(tuple(Para((Run(line),)) for line in lines if line)),), layout="Title Slide")
    examples = [unit for unit in edition.units if isinstance(unit, Example)]
    if edition.scope == "book" and examples:
        items = tuple(_agenda_item(unit, meta.language) for unit in examples)
        minutes = sum(unit.minutes for unit in examples)
        said = (f"Talk time of all examples: {minutes} minutes.",) if minutes else ()
        yield Draft("Examples", (Words(items),), said)


def _agenda_item(unit: Example, language: str) -> Para:
    mark = f"{unit.number}." if unit.number.isdigit() else "•"
    time = (Run(f"  ({unit.minutes} min)"),) if unit.minutes else ()
    return Para((Run(words(unit.title, language)), *time), mark=mark)


def closing_drafts(edition: Edition) -> Iterator[Draft]:
    """Yield the slide that stays on the wall during the discussion."""
    meta = edition.meta
    lines = [meta.title, ", ".join(meta.authors), " · ".join(filter(None, (f"Edition {meta.edition}", meta.licence)))]
    yield Draft("Questions?", (Words(tuple(Para((Run(line),)) for line in lines if line)),), layout="Title Slide")

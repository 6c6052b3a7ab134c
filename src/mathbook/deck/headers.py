"""The slides that open and close: a unit's section header, the deck's title, agenda and end."""

from __future__ import annotations

from collections.abc import Iterator

from mathbook.deck.notes import footnote_lines
from mathbook.deck.runs import words
from mathbook.deck.slides import Draft, Para, Run, Words
from mathbook.document.book import Example, Unit
from mathbook.document.edition import Edition
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.nodes import SourceNote
from mathbook.document.walk import walk
from mathbook.document.words import say


def section_draft(unit: Unit, language: str) -> Draft:
    """Return the slide that opens the unit: an example's number, talk time and summary, and whom it came from."""
    title = words(unit.title, language)
    notes = footnote_lines(unit.title, language)
    if not isinstance(unit, Example):
        return Draft(title, (), notes, "Section Header")
    told = next((node.seed for node in walk(unit.blocks) if isinstance(node, SourceNote)), None)
    source = ", ".join(filter(None, (told.who, told.when))) if told else ""
    minutes = say("{0} minutes", language, unit.minutes) if unit.minutes else ""
    facts = "  ·  ".join(filter(None, (f"{say(LABEL_KINDS['ex'].title, language)} {unit.number}", minutes)))
    lines = [facts, unit.summary, say("Source: {0}", language, source) if source else ""]
    where = ", ".join(filter(None, (told.who, told.where, told.when))) if told else ""
    named = {"Talk time": minutes, "You should know": ", ".join(unit.prerequisites), "Source": where}
    said = [f"{say(name, language)}: {value}." for name, value in named.items() if value]
    shown = Words(tuple(Para((Run(line),)) for line in lines if line))
    return Draft(title, (shown,), (*said, *notes), "Section Header")


def opening_drafts(edition: Edition) -> Iterator[Draft]:
    """Yield the title slide and, for a book, the agenda."""
    meta = edition.meta
    lines = [meta.subtitle, ", ".join(meta.authors), say("Edition {0}, {1}", meta.language, meta.edition, meta.date)]
    if edition.audience == "instructor":
        lines.append(say("Instructor’s edition: with solutions", meta.language))
    yield Draft(meta.title, (Words(tuple(Para((Run(line),)) for line in lines if line)),), layout="Title Slide")
    examples = [unit for unit in edition.units if isinstance(unit, Example)]
    if edition.scope == "book" and examples:
        items = tuple(_agenda_item(unit, meta.language) for unit in examples)
        minutes = sum(unit.minutes for unit in examples)
        time = say("{0} minutes", meta.language, minutes)
        said = (f"{say('Talk time', meta.language)}: {time}.",) if minutes else ()
        yield Draft(say("Examples", meta.language), (Words(items),), said)


def _agenda_item(unit: Example, language: str) -> Para:
    mark = f"{unit.number}." if unit.number.isdigit() else "•"
    time = (Run(f"  ({say('{0} minutes', language, unit.minutes)})"),) if unit.minutes else ()
    return Para((Run(words(unit.title, language), link=f"#{unit.id}"), *time), mark=mark)


def closing_drafts(edition: Edition) -> Iterator[Draft]:
    """Yield the slide that stays on the wall during the discussion."""
    meta = edition.meta
    edition_line = say("Edition {0}, {1}", meta.language, meta.edition, meta.date)
    lines = [meta.title, ", ".join(meta.authors), " · ".join(filter(None, (edition_line, meta.licence)))]
    yield Draft(
        say("Questions?", meta.language),
        (Words(tuple(Para((Run(line),)) for line in lines if line)),),
        layout="Title Slide",
    )

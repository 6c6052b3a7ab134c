"""The manuscript's side of a comparison: the names of its units."""

from __future__ import annotations

from mathbook.document.book import Example
from mathbook.document.edition import Edition
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.words import say
from mathbook.formula.plain_line import plain_line


def unit_names(edition: Edition) -> dict[str, str]:
    """Return what each unit is called, by its id: "Example 3: Interview questions"."""
    language = edition.meta.language
    names = {}
    for unit in edition.units:
        title = plain_line(unit.title, language)
        number = unit.number if isinstance(unit, Example) else ""
        names[unit.id] = f"{say(LABEL_KINDS['ex'].title, language)} {number}: {title}" if number else title
    return names

"""Where book.yaml says what a compiler complains of: it sees what the book says, and not the file."""

from __future__ import annotations

from dataclasses import replace

from mathbook.diagnostics import Code, Diagnostic
from mathbook.project import Project
from mathbook.source.place_in_book import place_in_book

_KEYS = {Code.TEMPLATE_LACKING: "deck.template", Code.TEMPLATE_UNSUITABLE: "deck.template"}
"""Keys of book.yaml that these diagnostics are about."""


def placed(diagnostic: Diagnostic, project: Project) -> Diagnostic:
    """Return the diagnostic with the line where book.yaml has its key now, if it is about one."""
    key = _KEYS.get(diagnostic.code)
    return replace(diagnostic, span=place_in_book(project, key)) if key else diagnostic

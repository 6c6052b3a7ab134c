"""What is told of an edit."""

from __future__ import annotations

from dataclasses import dataclass

from mathbook.document.talk import MARK


@dataclass(frozen=True, slots=True)
class Told:
    """A line for people: the slide's number in the edited deck, what was done, and where it goes or why it doesn't."""

    slide: int
    what: str
    where: str = ""
    reason: str = ""
    conflict: bool = False


def short(words: str) -> str:
    """Return the beginning of the words, formulas in dollars."""
    said = " ".join(words.replace(MARK, "$").split())
    return said if len(said) <= 60 else f"{said[:57]}…"

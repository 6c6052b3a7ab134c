"""What is told of an edit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """A line for people: the slide's number in the edited deck, what was done, and where it goes or why it doesn't."""

    slide: int
    what: str
    where: str = ""
    reason: str = ""
    conflict: bool = False

"""What is told of an edit."""

from __future__ import annotations

from mathbook.document.talk import MARK
from mathbook.frozen import frozen

LONGEST = 60
"""Characters of a line that are shown."""


@frozen
class Told:
    """A line for people: the slide's number in the edited deck, what was done, and where it goes or why it doesn't."""

    slide: int
    what: str
    where: str = ""
    reason: str = ""
    conflict: bool = False


def short(words: str, start: int = 0) -> str:
    """Return the words from `start` on, not too many, formulas in dollars."""
    said = _said(words)
    shown = f"…{said[start:]}" if start else said
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def change(old: str, new: str) -> str:
    """Return how one line became another; of long ones where they begin to differ."""
    one, two = _said(old), _said(new)
    start = 0
    if max(len(one), len(two)) > LONGEST:
        same = next((at for at, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), len(one))
        start = one.rfind(" ", 0, max(same - 12, 0)) + 1
    return f"“{short(old, start)}” → “{short(new, start)}”"


def _said(words: str) -> str:
    return " ".join(words.replace(MARK, "$").split())

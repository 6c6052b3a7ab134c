"""Where a line of text may end."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

ORDINARY = "-–—"
"""Signs inside a word after which every program ends a line."""
EMERGENCY = ORDINARY + "/?!%|}])…"
"""Signs after which some programs do (Unicode Standard Annex 14 allows it)."""


def pieces_between_breaks(text: str, signs: str) -> Iterator[tuple[str, str | None]]:
    """Yield (piece, what ends it): a space, a tab, a break "\\v", "" where a line may end without any, None at the end."""
    start = 0
    for at, char in enumerate(text):
        if char in " \v\n\t":
            yield text[start:at], " " if char == "\n" else char
            start = at + 1
        elif char in signs or unicodedata.east_asian_width(char) in "WF":
            yield text[start : at + 1], ""
            start = at + 1
    yield text[start:], None

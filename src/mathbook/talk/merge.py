"""Three versions of a line of words, merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\ufffc[^\ufffc]*\ufffc|\w+|\s+|.", re.DOTALL)


def tokens(text: str) -> list[str]:
    """Return the text in pieces: words, spaces, signs, and formulas whole."""
    return _TOKEN.findall(text)


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Return what both made of the base, or None if they changed the same words differently."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    words = tokens(base)
    changes = sorted({*_changes(words, tokens(mine)), *_changes(words, tokens(theirs))})
    made: list[str] = []
    at = 0
    for start, end, new in changes:
        if start < at or (start == at and made and made[-1] == "\0"):
            return None
        made += [*words[at:start], *new, "\0"]
        at = end
    return "".join(token for token in (*made, *words[at:]) if token != "\0")


def _changes(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield (start, end, tokens in their place)."""
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield a, b, tuple(new[c:d])

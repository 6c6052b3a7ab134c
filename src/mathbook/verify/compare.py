"""Whether what must be there is there."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from mathbook.document.passage import FORMULA_MARK, Passage


def missing(expected: Iterable[Passage], found: Iterable[Passage], *, formulas: bool = True) -> Iterator[Passage]:
    """Yield the expected passages whose words or formulas the file doesn't hold, in order.

    Words are compared by their letters and digits, so that hyphens at line ends and spaces make no difference; each
    passage is looked for in all that the file says, in notes too. A formula may stand as plain text, and then its
    letters are compared. Without `formulas` only words are: a PDF's formulas are drawn.
    """
    listed = tuple(found)
    letters = _letters(" ".join(passage.words for passage in listed))
    known = {formula for passage in listed for formula in passage.formulas}
    for passage in expected:
        words = all(_is_said(_letters(part), letters) for part in passage.words.split(FORMULA_MARK))
        if not words or (formulas and not all(_is_there(formula, known, letters) for formula in passage.formulas)):
            yield passage


MOST_PIECES = 6
"""A passage may be divided by the ends of pages and slides, with notes and titles between."""


def _is_said(words: str, letters: str) -> bool:
    """True if the words are there in one piece, or in a few."""
    for _ in range(MOST_PIECES):
        if words in letters:
            return True
        words = words[_longest_beginning(words, letters) :]
    return False


def _longest_beginning(words: str, letters: str) -> int:
    """Return how many letters the longest beginning has that is there; finding it takes a search by halves."""
    there, absent = 0, len(words)
    while absent - there > 1:
        middle = (there + absent) // 2
        there, absent = (middle, absent) if words[:middle] in letters else (there, middle)
    return there


def _is_there(formula: str, known: set[str], letters: str) -> bool:
    return formula in known or _letters(formula) in letters


def _letters(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())

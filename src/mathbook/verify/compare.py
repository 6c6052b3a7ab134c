"""Whether what must be there is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mathbook.document.passage import Passage
from mathbook.verify.expect import FORMULA_MARK


def missing(expected: Iterable[Passage], found: Iterable[Passage]) -> Iterator[Passage]:
    """Yield the expected passages whose words or formulas the file doesn't hold, in order.

    Words are compared by their letters and digits, so that hyphens at line ends and spaces make no difference; each
    passage is looked for in all that the file says, in notes too. A formula may stand as plain text.
    """
    listed = tuple(found)
    text = " ".join(passage.words for passage in listed)
    letters, signs = _letters(text), _signs(text)
    formulas = {formula for passage in listed for formula in passage.formulas}
    for passage in expected:
        words = all(_letters(part) in letters for part in passage.words.split(FORMULA_MARK))
        if not words or not all(formula in formulas or _signs(formula) in signs for formula in passage.formulas):
            yield passage


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _signs(text: str) -> str:
    return "".join(text.split())

"""Where the pages of a laid-out unit begin, as places in its running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from weasyprint.formatting_structure.boxes import ReplacedBox, TextBox

from mathbook.document.pagination import Flow, PageStart
from mathbook.frozen import frozen
from mathbook.html.running import OBJECT, pieces, signs

_HYPHENS = ("\N{HYPHEN}", "-")
_BEFORE, _AFTER = 24, 48
"""How many signs on both sides of a start are kept."""


def page_starts(root: Any, pages: Iterable[Any]) -> tuple[PageStart, ...]:
    """Return the start of each page: `root` is the element that was laid out, `pages` the boxes of what it became.

    A page on which nothing of the running text stands (only notes, or room for an answer) begins where the one before
    it ended. A page that begins within a hyphenated word begins with the word after it.
    """
    text = _Text(root)
    return tuple(text.start_of(page) for page in pages)


@frozen
class _Part:
    """Signs in a row that belong to one element: where they stand in their flow, and where in them words end."""

    flow: Flow
    offset: int
    signs: str
    ends: tuple[int, ...]


@dataclass(slots=True)
class _Text:
    """The running text by element, and how much of each element was shown by the pages so far."""

    root: Any
    flows: dict[Flow, str] = field(default_factory=lambda: {"text": "", "solutions": ""})
    parts: dict[Any, list[_Part]] = field(default_factory=dict)
    shown: dict[Any, int] = field(default_factory=dict)
    end: tuple[Flow, int] = ("text", 0)
    in_word: bool = False

    def __post_init__(self) -> None:
        for piece in pieces(self.root):
            words = signs(piece.words)
            ends = tuple(accumulate(len(signs(word)) for word in piece.words.split()))
            part = _Part(piece.flow, len(self.flows[piece.flow]), words, ends)
            self.parts.setdefault(piece.owner, []).append(part)
            self.flows[piece.flow] += words

    def start_of(self, page: Any) -> PageStart:
        """Return where the page begins, and count what it shows."""
        start: tuple[Flow, int] | None = None
        in_word = self.in_word
        for element, words in _leaves(page):
            found = self._part(element)
            if found and words:
                part, at = found
                start = start or (part.flow, part.offset + (_next_word(part, at) if in_word else at))
                self._show(element, part, at, words)
        flow, offset = start or self.end
        text = self.flows[flow]
        return PageStart(flow, offset, text[max(0, offset - _BEFORE) : offset], text[offset : offset + _AFTER])

    def _part(self, element: Any) -> tuple[_Part, int] | None:
        """Return what is next of the element; None if all was shown (as of a table's head that is on each page)."""
        at = self.shown.get(element, 0)
        for part in self.parts.get(element, ()):
            if at < len(part.signs):
                return part, at
            at -= len(part.signs)
        return None

    def _show(self, element: Any, part: _Part, at: int, words: str) -> None:
        """Count the words of a line as shown, without the hyphen that the line's end has brought."""
        count = len(words)
        self.in_word = words.endswith(_HYPHENS) and part.signs[at + count - 1 : at + count] != words[-1]
        self.shown[element] = self.shown.get(element, 0) + count - self.in_word
        self.end = part.flow, part.offset + min(len(part.signs), at + count - self.in_word)


def _next_word(part: _Part, at: int) -> int:
    return next((end for end in part.ends if end > at), len(part.signs))


def _leaves(page: Any) -> Iterator[tuple[Any, str]]:
    """Yield what stands in the page's body, in order: the element of each line's words or picture, and the signs.

    Notes and margins are boxes beside the body's; what style sheets add (marks of lists and notes) says so in its tag.
    """
    for box in page.children:
        if box.element_tag == "html":
            yield from _below(box)


def _below(box: Any) -> Iterator[tuple[Any, str]]:
    if isinstance(box, TextBox):
        if "::" not in box.element_tag:
            yield box.element, signs(box.text)
    elif isinstance(box, ReplacedBox):
        yield box.element, OBJECT
    else:
        for child in getattr(box, "children", ()):
            yield from _below(child)

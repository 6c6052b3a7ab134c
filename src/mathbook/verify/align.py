"""What is expected of one unit laid beside what was found of it."""

from __future__ import annotations

import difflib
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from mathbook.document.book import FormatName
from mathbook.document.passage import NOTE_MARK, Passage
from mathbook.frozen import frozen
from mathbook.verify.sequence import common
from mathbook.verify.spelling import (
    PROVED,
    expected_text,
    forms_of,
    found_text,
    is_mark,
    is_right_to_left,
    is_said,
    linear_text,
    note_pattern,
    sorted_letters,
    spelled,
)

State: TypeAlias = Literal["same", "different", "missing", "moved"]

MOST_PIECES = 80
"""Into how many pieces pages and slides may divide a passage."""
MOST_OF_A_NOTE = 12
"""How many passages of a footnote are looked for in one run of text."""
ALIKE = 0.5
"""From which likeness on two texts are one that was changed, and not two."""


@frozen
class Match:
    """An expected passage and what was found for it: nothing, one passage, or the pieces of it."""

    expected: Passage
    found: tuple[Passage, ...]
    state: State


def aligned(expected: Sequence[Passage], found: Sequence[Passage], format_name: FormatName) -> list[Match]:
    """Return a match for each expected passage, in their order."""
    beside = _Beside(tuple(expected), tuple(found), format_name)
    beside.in_order()
    beside.tables()
    beside.anywhere()
    beside.at_the_foot()  # before what is divided: notes lie between the two halves of their paragraph
    beside.divided()
    beside.gathered()
    beside.changed()
    beside.silent()
    return [
        Match(passage, tuple(found[at] for at in beside.matched.get(index, ())), beside.states.get(index, "missing"))
        for index, passage in enumerate(expected)
    ]


@dataclass(slots=True)
class _Beside:
    """Knows what is matched already; each step looks only at what the steps before have left."""

    expected: tuple[Passage, ...]
    found: tuple[Passage, ...]
    format: FormatName
    matched: dict[int, tuple[int, ...]] = field(default_factory=dict)
    states: dict[int, State] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    wanted: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.wanted = [expected_text(passage, self.format) for passage in self.expected]
        self.texts = [found_text(passage, self.format) for passage in self.found]
        self.kinds = list(self._kinds())

    def _kinds(self) -> Iterator[str]:
        """Yield for each found text the expected one that it is, or nothing."""
        known = set(self.wanted)
        wanted = [
            (forms_of(passage, self.format), text)
            for text, passage in zip(self.wanted, self.expected, strict=True)
            if text and not known.issuperset(self.texts)
        ]
        for text in self.texts:
            if text in known:
                yield text
            else:
                yield next((other for forms, other in wanted if forms.have(text)), "\0")

    def _take(self, index: int, places: Sequence[int], state: State) -> None:
        self.matched[index], self.states[index] = tuple(places), state
        self.taken.update(places)

    def _open(self) -> list[int]:
        return [index for index in range(len(self.expected)) if index not in self.matched]

    def _left(self) -> list[int]:
        return [at for at in range(len(self.found)) if at not in self.taken]

    def in_order(self) -> None:
        """Match what stands in the expected order; a deck has an order of its own, and is matched anywhere."""
        if self.format == "deck":
            return
        strict = [at for at, passage in enumerate(self.expected) if self.wanted[at] and not passage.loose]
        for one, at in common([self.wanted[index] for index in strict], self.kinds):
            self._take(strict[one], (at,), "same")

    def tables(self) -> None:
        """Match the tables of a deck as wholes, the largest first: one cell says what many others say, too. Each is the
        cells of one or more slides, or lines of the notes.
        """
        tables: dict[int, list[int]] = defaultdict(list)
        for index in self._open() if self.format == "deck" else ():
            if self.expected[index].cell[0] and self.wanted[index]:
                tables[self.expected[index].cell[0]].append(index)
        for table in sorted(tables.values(), key=len, reverse=True):
            for index, at in zip(table, self._as_cells(table) or self._as_lines(table), strict=False):
                self._take(index, (at,), "same")

    def _as_cells(self, table: Sequence[int]) -> list[int]:
        """Return the cells of slides that are the table's, in their order; nothing if one isn't there."""
        left = iter([at for at in self._left() if self.found[at].role == "cell"])
        places = [next((at for at in left if self._is_said(index, at)), -1) for index in table]
        return [] if -1 in places else places

    def _is_said(self, index: int, at: int) -> bool:
        return self.kinds[at] == self.wanted[index] or is_said(self.expected[index], self.texts[at], self.format)

    def _as_lines(self, table: Sequence[int]) -> list[int]:
        """Return for each cell the line that says its row, in their order; nothing if one isn't there."""
        rows: dict[int, list[int]] = defaultdict(list)
        for index in table:
            rows[self.expected[index].cell[1]].append(index)
        left = iter([at for at in self._left() if self.found[at].role != "cell"])
        places: list[int] = []
        for row in rows.values():
            forms = {
                "".join(self.wanted[index] for index in row),
                "".join(linear_text(self.expected[index], self.format) for index in row),
            }
            places += [next((at for at in left if _is_row(self.texts[at], forms)), -1)] * len(row)
        return [] if -1 in places else places

    def anywhere(self) -> None:
        """Match what stands elsewhere: as it may, if its order is free, or moved."""
        places: dict[str, deque[int]] = defaultdict(deque)
        for at in self._left():
            places[self.kinds[at]].append(at)
        for index in self._open():
            if self.wanted[index] and places.get(self.wanted[index]):
                free = self.format == "deck" or self.expected[index].loose
                self._take(index, (places[self.wanted[index]].popleft(),), "same" if free else "moved")
        for index in self._open():
            passage = self.expected[index]
            like = [at for at in self._left() if self.wanted[index] and is_said(passage, self.texts[at], self.format)]
            if like:
                free = self.format == "deck" or passage.loose
                self._take(index, like[:1], "same" if free else "moved")
        if self.format == "pdf":
            self._right_to_left()

    def _right_to_left(self) -> None:
        """Match lines whose letters are the same, but painted in the order of the eye, after a label or without."""
        for index in self._open():
            wanted, passage = self.wanted[index], self.expected[index]
            if is_right_to_left(wanted):
                noted = NOTE_MARK in passage.words  # the notes' numbers stand somewhere between
                labels = ("", spelled(passage.label, self.format))
                letters = {sorted_letters(label + wanted + end, noted) for label in labels for end in ("", PROVED)}
                at = next((at for at in self._left() if sorted_letters(self.texts[at], noted) in letters), None)
                if at is not None:
                    self._take(index, (at,), "same")

    def divided(self) -> None:
        """Match passages that the ends of pages or slides have divided; numbers of notes may lie between."""
        for index in self._open():
            left = [at for at in self._left() if self.texts[at] and self.found[at].role != "furniture"]
            words = [at for at in left if not is_mark(self.texts[at])]
            pieces = self._first_pieces(index, left) or self._first_pieces(index, words)
            if pieces:
                self._take(index, pieces, "same")

    def _first_pieces(self, index: int, left: list[int]) -> tuple[int, ...]:
        starts = range(len(left) if self.wanted[index] else 0)
        return next((pieces for start in starts if (pieces := self._pieces(index, left[start:]))), ())

    def _pieces(self, index: int, left: list[int]) -> tuple[int, ...]:
        """Return the found pieces, the first of `left` among them, that are the passage together; or nothing."""
        forms, longest = forms_of(self.expected[index], self.format), 2 * len(self.wanted[index]) + 40
        text, pieces = self.texts[left[0]], [left[0]]
        begins = self._begins(index, text)
        for at in left[1:MOST_PIECES] if begins else ():
            if len(text) + len(self.texts[at]) > longest:
                break
            text, pieces = text + self.texts[at], [*pieces, at]
            if forms.have(text):
                return tuple(pieces)
        return ()

    def _begins(self, index: int, text: str) -> bool:
        """True if the text can be the beginning of the passage: most of them are told by a few letters."""
        return self.expected[index].role == "equation" or text[:4] in self.wanted[index] or len(text) < 8

    def gathered(self) -> None:
        """Match passages that stand together in one: cells of a row, read in one line."""
        open_ = self._open()
        forms = (self.wanted, [linear_text(passage, self.format) for passage in self.expected])
        for at in self._left() if open_ else ():
            for start in range(len(open_)):
                run = max(_run_of(self.texts[at], [texts[index] for index in open_[start:]]) for texts in forms)
                if run and all(index not in self.matched for index in open_[start : start + run]):
                    for index in open_[start : start + run]:
                        self._take(index, (at,), "same")
                    break

    def at_the_foot(self) -> None:
        """Match footnotes that print has set one behind the other, each behind its number; a note may have several
        passages, a listing among them.
        """
        left = [at for at in self._left() if self.format == "pdf"]
        for index in self._open() if left else ():
            if self.expected[index].role == "footnote" and self.wanted[index] and index not in self.matched:
                self._take_note(index, left)

    def _take_note(self, index: int, left: Sequence[int]) -> None:
        """Take the fewest passages from this one on that stand together between two numbers."""
        for end in range(index + 1, min(index + MOST_OF_A_NOTE, len(self.expected)) + 1):
            if end - 1 in self.matched:
                return
            form = note_pattern(self.expected[index:end], self.format)
            place = next((at for at in left if form.search(self.texts[at])), None)
            if place is not None:
                for one in range(index, end):
                    self._take(one, (place,), "same")
                return

    def changed(self) -> None:
        """Match what is left to what is most like it: these are the passages that differ."""
        for index in self._open():
            likeness, at = max(((self._likeness(index, at), at) for at in self._left()), default=(0.0, -1))
            if likeness >= ALIKE:
                self._take(index, (at,), "different")

    def silent(self) -> None:
        """Take what says nothing (an empty cell, a paragraph that only calls a footnote) for found."""
        for index in self._open():
            if not self.wanted[index]:
                self._take(index, (), "same")

    def _likeness(self, index: int, at: int) -> float:
        wanted, text = self.wanted[index], self.texts[at]
        if self.expected[index].role != self.found[at].role == "figure" or not (wanted and text):
            return 0.0
        # a unit has one title; its slides have many
        alone = ("figure",) if self.format == "deck" else ("figure", "title")
        if self.expected[index].role == self.found[at].role in alone:
            return ALIKE
        matcher = difflib.SequenceMatcher(None, wanted, text, autojunk=False)
        return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _is_row(text: str, forms: Iterable[str]) -> bool:
    """True if the text is one of the forms of a row; a list may have put its mark before it."""
    return any(text.endswith(form) and is_mark(text[: len(text) - len(form)]) for form in forms)


def _run_of(text: str, wanted: Sequence[str]) -> int:
    """Return how many of the wanted texts, from the first on, the text is made of; 0 if it is not."""
    at = 0
    for count, piece in enumerate(wanted, start=1):
        if not piece or not text.startswith(piece, at):
            return 0
        at += len(piece)
        if at == len(text):
            return count
    return 0

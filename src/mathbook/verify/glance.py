"""A stretch of a file at a glance: what is known of it without reading, if one that says the same was read before.

Nothing else is believed: what is remembered stands under a hash of all that decides what reading would find.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from mathbook.document.book import FormatName
from mathbook.document.memo import Memo
from mathbook.document.passage import Passage
from mathbook.document.stretch import Stretch
from mathbook.verify.spelling import found_text

_ANYBODYS = "\f"
"""Stands before a text that tells nothing of whose page it is on: a title's, which contents have too, and what is there
because of where it stands. No text begins with it, since spaces aren't compared.
"""
_NEW_LINE = "\v"
"""Stands in the place of a line's end in what is said of a picture; nothing expected has it."""


class Piece(NamedTuple):
    """Passages that stand one behind the other in one place, the titles apart in a format that names no units.

    `unit` is what the file has in the place of a unit's id, `title` the text of the first title among them (None if
    there is none), `digest` a hash of all that a unit is laid beside, `first` and `end` their numbers in the stretch.
    """

    glance: Glance
    place: str
    unit: str
    title: str | None
    digest: str
    first: int
    end: int

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages themselves: they are read."""
        return self.glance.passages[self.first : self.end]

    @property
    def words(self) -> list[str]:
        """The texts of the passages, but for titles and furniture."""
        return [text for text in self.glance.texts[self.first : self.end] if not text.startswith(_ANYBODYS)]

    @property
    def length(self) -> int:
        """How many letters the passages have."""
        return sum(len(text.removeprefix(_ANYBODYS)) for text in self.glance.texts[self.first : self.end])


@dataclass(slots=True)
class Glance:
    """A stretch in short: its pieces, a hash of what each of its places says (furniture included), and of what it says
    where formulas in a line aren't known, if that is something else, the links there, and the text of each passage.
    """

    stretch: Stretch
    pieces: list[Piece]
    said: list[tuple[str, str]]
    simple: dict[str, str]
    links: dict[str, list[str]]
    _texts: bytes
    _passages: Sequence[Passage] | None = None

    @property
    def key(self) -> str:
        """What stands for all that the stretch says; empty if nothing does."""
        return self.stretch.key

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages, read when they are asked for."""
        if self._passages is None:
            self._passages = tuple(self.stretch.read())
        return self._passages

    @property
    def told(self) -> str:
        """The texts of all passages, a line each."""
        return self._texts.decode("utf-8", "surrogatepass")

    @property
    def texts(self) -> list[str]:
        """The text of each passage."""
        return self.told.split("\n")[:-1]


def is_known(stretch: Stretch, memo: Memo) -> bool:
    """Return whether the memo knows what the stretch says."""
    return bool(stretch.key) and memo.recall(_name_of(stretch)) is not None


def _name_of(stretch: Stretch) -> str:
    return f"stretch-{stretch.key}"


def glances(stretches: Iterable[Stretch], format_name: FormatName, memo: Memo) -> list[Glance]:
    """Return the stretches in short; one is read if none like it was read before."""
    return [_glance(stretch, format_name, memo) for stretch in stretches]


def _glance(stretch: Stretch, format_name: FormatName, memo: Memo) -> Glance:
    key = _name_of(stretch)
    kept = memo.recall(key) if stretch.key else None
    passages = None
    if kept is None:
        passages = tuple(stretch.read())
        kept = _packed(passages, stretch, format_name)
        if stretch.key:
            memo.keep(key, kept)
    head, _, texts = kept.partition(b"\n")
    ends, said, pieces, links, simple = json.loads(head.decode("ascii"))
    unit, places = stretch.unit, [f"{stretch.places[at]}{end}" for at, end in ends]
    glance = Glance(stretch, [], list(zip(places, said, strict=True)), {}, {}, texts, passages)
    glance.pieces = [Piece(glance, places[at], own or unit, *rest) for at, own, *rest in pieces]
    if simple:
        glance.simple = {places[at]: told for at, told in simple}
    if links:
        glance.links = {places[at]: there for at, there in links}
    return glance


def _packed(passages: Sequence[Passage], stretch: Stretch, format_name: FormatName) -> bytes:
    """Return a line that tells of the places and the pieces, then the text of each passage, a line each."""
    texts = [found_text(passage, format_name).replace("\n", _NEW_LINE) for passage in passages]
    titled = format_name == "pdf" and not stretch.unit
    numbers: dict[tuple[int, str], int] = {}
    at = [numbers.setdefault(stretch.place_of(passage), len(numbers)) for passage in passages]
    there: list[list[Passage]] = [[] for _ in numbers]
    for number, passage in zip(at, passages, strict=True):
        there[number].append(passage)
    told = [said(some) for some in there]
    head: list[Any] = [
        list(numbers),
        told,
        [
            [place, own, title, digest(run, there[place], told[place]), first, first + len(run)]
            for place, own, title, first, run in _pieces(passages, texts, at, stretch.unit, titled=titled)
        ],
        list(_links(there)) if format_name == "pdf" else [],
        [[at, _hash(map(_simply_told, some))] for at, some in enumerate(there) if any(p.simple for p in some)],
    ]
    anybodys = (_ANYBODYS * (passage.role in ("title", "furniture")) for passage in passages)
    marked = (f"{mark}{text}\n" for mark, text in zip(anybodys, texts, strict=True))
    body = json.dumps(head, separators=(",", ":")) + "\n" + "".join(marked)
    return body.encode("utf-8", "surrogatepass")


def _pieces(
    passages: Sequence[Passage], texts: Sequence[str], places: Sequence[int], unit: str, *, titled: bool
) -> Iterator[tuple[int, str, str | None, int, Sequence[Passage]]]:
    """Yield the place, the unit and the title of each piece, the number of its first passage and all of them; `places`
    are the numbers of the places where the passages stand.
    """
    parts = 0

    def belongs(at: int) -> tuple[int, str, int]:
        nonlocal parts
        passage = passages[at]
        own = "" if passage.unit == unit else passage.unit
        parts += titled and not own and passage.role == "title"
        return places[at], own, parts

    for (place, own, _), run in groupby(range(len(passages)), belongs):
        numbers = list(run)
        title = next((texts[at] for at in numbers if passages[at].role == "title"), None)
        yield place, own, title, numbers[0], passages[numbers[0] : numbers[-1] + 1]


def _links(there: Sequence[Sequence[Passage]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the links of each place that has some."""
    for at, passages in enumerate(there):
        if links := sorted({link for passage in passages for link in passage.links}):
            yield at, links


def digest(found: Sequence[Passage], there: Sequence[Passage], told: str) -> str:
    """Return a hash of all that a unit is laid beside. Where it stands is no part of it, nor what says nothing: the
    links of a page inside its file, and how the page looks. Of all that is `there` in a place, if all of it says
    something, it is what is `told` there.
    """
    silent = [p.role == "furniture" and not p.words for p in found]
    if len(found) == len(there) and not any(silent):
        return told
    return _hash(() if nothing else _told(p) for p, nothing in zip(found, silent, strict=True))


def said(told: Iterable[Passage]) -> str:
    """Return a hash of what is told, but for its place: a slide that only moved on says the same."""
    return _hash(map(_told, told))


def _simply_told(passage: Passage) -> object:
    """Return what is told of the passage by a program that knows no formulas in a line."""
    return _told(replace(passage, words=passage.simple, formulas=()) if passage.simple else passage)


_told = attrgetter("role", "words", "formulas", "links", "pictures", "level")


def _hash(told: Iterable[object]) -> str:
    """Return a hash of strings and numbers in tuples: the way they are written tells each from all others."""
    return blake2b(repr(list(told)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

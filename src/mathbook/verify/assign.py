"""Which unit a found passage belongs to: by its id, its title, or else what it says, for all of them may be changed."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate

from mathbook.document.book import FormatName
from mathbook.document.labels import id_of
from mathbook.document.memo import FORGETFUL
from mathbook.document.passage import Passage
from mathbook.document.stretch import Stretch
from mathbook.verify.glance import Glance, Piece, glances
from mathbook.verify.wanted import Title, Wanted, hash_of


def by_unit(wanted: Sequence[Wanted], found: Sequence[Passage], format_name: FormatName) -> dict[str, list[Passage]]:
    """Return the found passages by unit, in the file's order; those of no unit are under an empty name."""
    seen = glances([as_stretch(found)], format_name, FORGETFUL)
    pieces = pieces_by_unit(wanted, seen, format_name)
    return {unit: [passage for piece in its for passage in piece.passages] for unit, its in pieces.items()}


def as_stretch(found: Sequence[Passage]) -> Stretch:
    """Return passages that were read as the one stretch of their file."""
    return Stretch("", ("",), "", lambda: found)


def pieces_by_unit(wanted: Sequence[Wanted], seen: Iterable[Glance], format_name: FormatName) -> dict[str, list[Piece]]:
    """Return the pieces of a file by unit, in the file's order; those of no unit are under an empty name.

    What belongs together (a page of an e-book, a section of slides, what stands below one title in a PDF) is the unit
    of its id or of its title, or else the one that most of its words are from. Where a deck lost its sections each
    slide is asked, and one that says nothing belongs to the unit of the slide before it.
    """
    names = {id_of(one.unit): one.unit for one in wanted}
    groups = _groups(seen, format_name)
    named = format_name == "epub" and any(piece.unit in names for pieces in groups.values() for piece in pieces)
    election = _Election(format_name, wanted, groups)
    sorted_out: dict[str, list[Piece]] = defaultdict(list)
    before = ""
    for name, members in groups.items():
        unit = names.get(members[0].unit, "")
        if not unit and not named:
            unit = election.titled.get(name) or election.by_words(members, before)
        before = unit if format_name == "deck" else ""
        sorted_out[unit] += members
    return sorted_out


def _groups(seen: Iterable[Glance], format_name: FormatName) -> dict[str, list[Piece]]:
    """Return what belongs together. In a PDF a part begins with each title."""
    groups: dict[str, list[Piece]] = {}
    parts = 0
    for piece in (piece for glance in seen for piece in glance.pieces):
        match format_name:
            case "deck":
                name = piece.unit or piece.place.removesuffix(", notes")
            case "epub":
                name = f"{piece.place}#{piece.unit}"
            case "pdf":
                parts += not piece.unit and piece.title is not None
                name = piece.unit or f"part {parts}"
        groups.setdefault(name, []).append(piece)
    return groups


@dataclass
class _Election:
    """Finds the units of groups."""

    format: FormatName
    wanted: Sequence[Wanted]
    groups: Mapping[str, Sequence[Piece]]

    @cached_property
    def owners(self) -> Mapping[int, Sequence[str]]:
        """Which units have a text of the groups that their titles don't tell of, by its hash. Titles stand in contents
        and agendas too, and tell nothing.
        """
        tell = [names[0] for _, names in self.like if len(names) == 1]
        told = {name for name in tell if self._claims[name] == 1}
        doubtful = (piece for name, members in self.groups.items() if name not in told for piece in members)
        asked = {hash_of(text) for piece in doubtful for text in piece.words if text}
        owners: dict[int, list[str]] = defaultdict(list)
        for one in self.wanted if asked else ():
            for text in asked.intersection(one.hashes):
                owners[text].append(one.unit)
        return owners

    @cached_property
    def like(self) -> list[tuple[str, list[str]]]:
        """Each unit with the groups that have its title."""
        titles = _Titles({name: text for name, members in self.groups.items() if (text := _title(members))})
        return [(one.unit, titles.like(one.title, self.format)) for one in self.wanted]

    @cached_property
    def _claims(self) -> Counter[str]:
        """How many units have a group's title."""
        return Counter(name for _, names in self.like for name in names)

    @cached_property
    def titled(self) -> dict[str, str]:
        """The units of groups that begin with their titles. A book may be called as one of its units is: of two
        groups with one title the one that says more of the unit is taken, then the longer one.
        """
        found: dict[str, str] = {}
        for unit, names in self.like:
            like = [name for name in names if name not in found]
            if len(like) == 1:
                found[like[0]] = unit
            elif like:
                found[max(like, key=partial(self._likeness, unit))] = unit
        return found

    def _likeness(self, unit: str, name: str) -> tuple[int, int]:
        """Return how much of the unit the group of this name says, and how long it is."""
        members = self.groups[name]
        return self._votes(members)[unit], _length(members)

    def by_words(self, members: Sequence[Piece], before: str) -> str:
        """Return the unit that has more than half of the votes, and says a quarter of what there is: contents and lists
        have the words of all, and an agenda may have one of somebody's.
        """
        votes = self._votes(members, before)
        if not votes:
            return before
        (unit, most), *_ = votes.most_common(1)
        all_of_it = sum(_weight(text) for piece in members for text in piece.words)
        return unit if 2 * most > votes.total() and 4 * most > all_of_it else ""

    def _votes(self, members: Sequence[Piece], before: str = "") -> Counter[str]:
        """Return how much of what the members say each unit says. What more of them say is divided; if the unit of the
        slide before is among them, it has all of it.
        """
        votes: Counter[str] = Counter()
        for text in (text for piece in members for text in piece.words if text):
            units = self.owners.get(hash_of(text), ())
            units = (before,) if before in units else units
            for unit in units:
                votes[unit] += _weight(text) // len(units)
        return votes


def _weight(text: str) -> int:
    return 60 * min(len(text), 40)


def _length(members: Sequence[Piece]) -> int:
    return sum(piece.length for piece in members)


def _title(members: Sequence[Piece]) -> str:
    return next((piece.title for piece in members if piece.title is not None), "")


@dataclass
class _Titles:
    """The titles of groups, one behind the other, so that a thousand of them are looked through at once."""

    texts: Mapping[str, str]

    def __post_init__(self) -> None:
        self._names = list(self.texts)
        self._all = "".join(f"\n{text}" for text in self.texts.values())
        self._starts = [0, *accumulate(len(text) + 1 for text in self.texts.values())]

    def like(self, title: Title, format_name: FormatName) -> list[str]:
        """Return the groups with this title, in their order."""
        return [name for name in self._with(title.fixed) if title.is_in(self.texts[name], format_name)]

    def _with(self, fixed: str) -> list[str]:
        """Return the groups whose title has the piece in it."""
        if not fixed:
            return self._names
        names, at = [], self._all.find(fixed)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            names.append(self._names[number])
            at = self._all.find(fixed, self._starts[number + 1])
        return names

"""Which unit a found passage belongs to: by its id, its title, or else what it says, for all of them may be changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mathbook.document.book import FormatName
from mathbook.document.labels import id_of
from mathbook.document.passage import Passage
from mathbook.verify.spelling import fixed_part, found_text, is_said
from mathbook.verify.wanted import Wanted


def by_unit(wanted: Sequence[Wanted], found: Sequence[Passage], format_name: FormatName) -> dict[str, list[Passage]]:
    """Return the found passages by unit, in the file's order; those of no unit are under an empty name.

    What belongs together (a page of an e-book, a section of slides, what stands below one title in a PDF) is the unit
    of its id or of its title, or else the one that most of its words are from. Where a deck lost its sections each
    slide is asked, and one that says nothing belongs to the unit of the slide before it.
    """
    names = {id_of(one.unit): one.unit for one in wanted}
    named = format_name == "epub" and any(passage.unit in names for passage in found)
    groups: dict[str, list[Passage]] = {}
    for passage in found:
        groups.setdefault(_group(passage, format_name), []).append(passage)
    election = _Election(format_name, _owners(wanted))
    titled = election.by_title([one.title for one in wanted], groups)
    sorted_out: dict[str, list[Passage]] = defaultdict(list)
    before = ""
    for name, members in groups.items():
        unit = names.get(members[0].unit, "")
        if not unit and not named:
            unit = titled.get(name) or election.by_words(members, before)
        before = unit if format_name == "deck" else ""
        sorted_out[unit] += members
    return sorted_out


def _owners(wanted: Sequence[Wanted]) -> dict[str, set[str]]:
    """Return which units have a text. Titles stand in contents and agendas too, and tell nothing."""
    owners: dict[str, set[str]] = defaultdict(set)
    for one in wanted:
        for line in one.lines[1:]:
            for text in (line.text, *line.forms):
                owners[text].add(one.unit)
    return owners


def _group(passage: Passage, format_name: FormatName) -> str:
    match format_name:
        case "deck":
            return passage.unit or passage.place.removesuffix(", notes")
        case "epub":
            return f"{passage.place}#{passage.unit}"
        case "pdf":
            return passage.unit


@dataclass(frozen=True, slots=True)
class _Election:
    """Finds the units of groups; `owners` has the units that have a text."""

    format: FormatName
    owners: dict[str, set[str]]

    def by_title(self, titles: Sequence[Passage], groups: dict[str, list[Passage]]) -> dict[str, str]:
        """Return the units of groups that begin with their titles. A book may be called as one of its units is: of two
        groups with one title the one that says more of the unit is taken, then the longer one.
        """
        found: dict[str, str] = {}
        texts = {name: text for name, members in groups.items() if (text := self._title(members))}
        for wanted in titles:
            fixed = fixed_part(wanted, self.format)
            with_it = [n for n, text in texts.items() if fixed in text and n not in found]
            like = [n for n in with_it if is_said(wanted, texts[n], self.format)]
            if len(like) == 1:
                found[like[0]] = wanted.unit
            elif like:
                best = max(like, key=lambda name: (self._votes(groups[name])[wanted.unit], self._length(groups[name])))
                found[best] = wanted.unit
        return found

    def _length(self, members: Sequence[Passage]) -> int:
        return sum(len(found_text(passage, self.format)) for passage in members)

    def _title(self, members: Sequence[Passage]) -> str:
        return next((found_text(passage, self.format) for passage in members if passage.role == "title"), "")

    def by_words(self, members: Sequence[Passage], before: str) -> str:
        """Return the unit that has more than half of the votes, and says a quarter of what there is: contents and lists
        have the words of all, and an agenda may have one of somebody's.
        """
        votes = self._votes(members)
        if not votes:
            return before
        (unit, most), *_ = votes.most_common(1)
        all_of_it = sum(
            self._weight(found_text(passage, self.format)) for passage in members if passage.role != "title"
        )
        return unit if 2 * most > votes.total() and 4 * most > all_of_it else ""

    def _weight(self, text: str) -> int:
        return 60 * min(len(text), 40)

    def _votes(self, members: Sequence[Passage]) -> Counter[str]:
        """Return how much of what the members say each unit says; what more of them say is divided."""
        votes: Counter[str] = Counter()
        for passage in members:
            text = found_text(passage, self.format) if passage.role != "title" else ""
            units = self.owners.get(text, set()) if text else set()
            for unit in units:
                votes[unit] += self._weight(text) // len(units)
        return votes

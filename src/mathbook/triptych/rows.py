"""The rows of the triptych: of each block what was wanted of each format, what was found, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from mathbook.document.book import FormatName, Unit
from mathbook.document.edition import Edition
from mathbook.document.fingerprint import identities
from mathbook.document.memo import FORGETFUL
from mathbook.document.passage import Passage, Spot
from mathbook.document.select import edition_for
from mathbook.frozen import frozen
from mathbook.triptych.names import name_of
from mathbook.verify.align import Match, aligned
from mathbook.verify.assign import by_unit
from mathbook.verify.expect import passages
from mathbook.verify.proof import Finding, faults
from mathbook.verify.wanted import wanted_of

State: TypeAlias = Literal["same", "different", "left out"]


@frozen
class Told:
    """What one format tells of a block; without a match, if the format leaves the block out as the manuscript asks."""

    matches: tuple[Match, ...]
    findings: tuple[Finding, ...]

    @property
    def state(self) -> State:
        """Return the verdict on the block in this format."""
        return "different" if self.findings else "same" if self.matches else "left out"

    @property
    def found(self) -> tuple[Passage, ...]:
        """Return the passages that were found, each once."""
        return tuple(dict.fromkeys(passage for match in self.matches for passage in match.found))

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Return where the passages were read."""
        return tuple(dict.fromkeys(passage.spot for passage in self.found if passage.spot))


@frozen
class Row:
    """A block, or a unit's title, with what those formats tell of it that were built."""

    name: str
    told: Mapping[FormatName, Told]

    @property
    def is_same(self) -> bool:
        """Return whether no format says something else."""
        return all(told.state != "different" for told in self.told.values())


@frozen
class Group:
    """A unit with its rows."""

    unit: Unit
    rows: tuple[Row, ...]


def groups(edition: Edition, found: Mapping[FormatName, Sequence[Passage]]) -> Iterator[Group]:
    """Yield the edition's units, each with its title and its blocks in their order; `found` are the files' passages."""
    told = {name: _told(edition, name, passages) for name, passages in found.items()}
    for unit in edition.units:
        here = {name: blocks[unit.id] for name, blocks in told.items() if unit.id in blocks}
        if here:
            yield Group(unit, tuple(_rows(unit, here)))


def _rows(unit: Unit, told: Mapping[FormatName, Mapping[str, Told]]) -> Iterator[Row]:
    """Yield the title's row, then those of blocks of which some format tells."""
    names = {"": "Title"} | {identity: name_of(block) for identity, block in identities(unit)}
    for identity, name in names.items():
        in_formats = {format_name: blocks.get(identity, Told((), ())) for format_name, blocks in told.items()}
        if any(one.matches for one in in_formats.values()):
            yield Row(name, in_formats)


def _told(edition: Edition, name: FormatName, found: Sequence[Passage]) -> dict[str, dict[str, Told]]:
    """Return by unit and block what one format tells."""
    shown = edition_for(edition, name)
    expected = list(passages(shown, name))
    sorted_out = by_unit(wanted_of(shown, name, FORGETFUL), found, name)
    told: dict[str, dict[str, Told]] = {}
    for unit in shown.units:
        wanted = [passage for passage in expected if passage.unit == unit.id]
        blocks: dict[str, list[Match]] = {}
        for match in aligned(wanted, sorted_out.get(unit.id, ()), name):
            blocks.setdefault(match.expected.block, []).append(match)
        told[unit.id] = {
            block: Told(tuple(matches), tuple(fault for match in matches for fault in faults(match, name)))
            for block, matches in blocks.items()
        }
    return told

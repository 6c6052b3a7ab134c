"""Pages, slides and files as hashes of all that a reader finds there, furniture included; and which have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mathbook.document.fingerprint import fingerprint
from mathbook.document.ledger import Part
from mathbook.document.passage import Passage
from mathbook.verify.sequence import common


def parts_of(found: Sequence[Passage], units: Mapping[str, Sequence[Passage]]) -> tuple[Part, ...]:
    """Return the parts in the file's order, each with the unit that most of it belongs to."""
    owners: dict[str, str] = {}
    for unit, passages in units.items():
        for passage in passages:
            owners[passage.place] = owners.get(passage.place) or unit
    places: dict[str, list[Passage]] = {}
    for passage in found:
        places.setdefault(passage.place, []).append(passage)
    return tuple(Part(place, owners.get(place, ""), _said(told)) for place, told in places.items())


def _said(told: Sequence[Passage]) -> str:
    """Return a hash of what is told, but for its place: a slide that only moved on says the same."""
    return fingerprint(
        tuple((p.role, p.words, p.formulas, p.links, p.pictures, p.level) for p in told),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """A part that isn't as it was made."""

    kind: Literal["changed", "removed", "added", "moved"]
    place: str
    unit: str


def changes(before: Sequence[Part], now: Sequence[Part]) -> Iterator[Change]:
    """Yield how the parts differ from those of the ledger, in the order of the places."""
    kept = common([part.said for part in before], [part.said for part in now])
    gone = [part for at, part in enumerate(before) if at not in {a for a, _ in kept}]
    come = [part for at, part in enumerate(now) if at not in {b for _, b in kept}]
    elsewhere = {part.said for part in gone} & {part.said for part in come}
    by_place = {part.place: part for part in gone}
    for part in come:
        if part.said in elsewhere:
            yield Change("moved", part.place, part.unit)
        elif part.place in by_place and len(before) == len(now):
            yield Change("changed", part.place, by_place[part.place].unit or part.unit)
        else:
            yield Change("changed" if gone else "added", part.place, part.unit)
    if len(before) > len(now):
        for part in gone:
            if part.said not in elsewhere:
                yield Change("removed", part.place, part.unit)

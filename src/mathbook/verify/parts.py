"""Pages, slides and files as hashes of all that a reader finds there, furniture included; and which have changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from mathbook.document.ledger import Part
from mathbook.document.passage import Passage
from mathbook.frozen import frozen
from mathbook.verify.glance import Glance, Piece, said
from mathbook.verify.sequence import common


def parts_of(seen: Sequence[Glance], units: Mapping[str, Sequence[Piece]]) -> tuple[Part, ...]:
    """Return the parts in the file's order, each with the unit that most of it belongs to."""
    owners: dict[str, str] = {}
    for unit, pieces in units.items():
        for piece in pieces:
            owners[piece.place] = owners.get(piece.place) or unit
    places: dict[str, str] = {}
    simple: dict[str, str] = {}
    twice: set[str] = set()
    for glance in seen:
        twice.update(place for place, _ in glance.said if place in places)
        places.update(glance.said)
        simple.update(glance.simple)
    again = {place: said(_there(seen, place)) for place in twice}
    return tuple(
        Part(place, owners.get(place, ""), told, simple.get(place, "")) for place, told in {**places, **again}.items()
    )


def _there(seen: Sequence[Glance], place: str) -> list[Passage]:
    """Return all that stands in a place which more than one stretch has."""
    here = (glance for glance in seen if any(place == one for one, _ in glance.said))
    return [passage for glance in here for passage in glance.passages if passage.place == place]


@frozen
class Change:
    """A part that isn't as it was made."""

    kind: Literal["changed", "removed", "added", "moved"]
    place: str
    unit: str


def changes(before: Sequence[Part], now: Sequence[Part]) -> Iterator[Change]:
    """Yield how the parts differ from those of the ledger, in the order of the places. A slide that says what a program
    made of it that knows no formulas in a line is as it was.
    """
    simple = {part.simple: part.said for part in before if part.simple}
    now = [replace(part, said=simple.get(part.said, part.said)) for part in now]
    kept = common([part.said for part in before], [part.said for part in now])
    gone_at, come_at = {a for a, _ in kept}, {b for _, b in kept}
    gone = [part for at, part in enumerate(before) if at not in gone_at]
    come = [part for at, part in enumerate(now) if at not in come_at]
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

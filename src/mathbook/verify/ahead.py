"""What a judge will remember of parts of a file, found out beforehand: each part by another process.

A part is some units of the edition, and the stretches that are likely to say them. Nothing is judged here: what is
found out stands under the hash of all that it was made of, and a judge who asks for something else finds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mathbook.document.book import FormatName
from mathbook.document.edition import Edition
from mathbook.document.labels import id_of
from mathbook.document.memo import Memo
from mathbook.document.stretch import Stretch
from mathbook.frozen import frozen
from mathbook.verify.answers import Hidden, answers_of
from mathbook.verify.assign import pieces_by_unit
from mathbook.verify.glance import glances, is_known
from mathbook.verify.proof import proof_of
from mathbook.verify.wanted import wanted_of


@frozen
class Part:
    """Units of an edition with their fingerprints, and the same units with the answers; `numbers` are those of the
    file's stretches that are likely to say them.
    """

    edition: Edition
    prints: tuple[str, ...]
    hidden: Hidden | None
    numbers: tuple[int, ...]


def likely(edition: Edition, stretches: Sequence[Stretch], memo: Memo) -> dict[str, tuple[int, ...]]:
    """Return the units that are likely to be said by stretches which the memo doesn't know, with these stretches'
    numbers: by those that are named after the unit, or are in its section.
    """
    names = {id_of(unit.id): unit.id for unit in edition.units} | _sections(edition, stretches)
    found: dict[str, list[int]] = {}
    for at, stretch in enumerate(stretches):
        unit = names.get(stretch.places[0].partition(".")[0]) or names.get(stretch.unit)
        if unit is not None and not is_known(stretch, memo):
            found.setdefault(unit, []).append(at)
    return {unit: tuple(numbers) for unit, numbers in found.items()}


def _sections(edition: Edition, stretches: Sequence[Stretch]) -> dict[str, str]:
    """Return the units of a deck's sections, if it has one for each, one before them and one behind: what the last one
    says the judge lays beside the unit before it.
    """
    order = list(dict.fromkeys(stretch.unit for stretch in stretches))
    units = [unit.id for unit in edition.units]
    return dict(zip(order[1:], [*units, units[-1]], strict=True)) if len(order) == len(units) + 2 > 2 else {}


def part_of(units: Mapping[str, Sequence[int]], edition: Edition, prints: Sequence[str], hidden: Hidden | None) -> Part:
    """Return the part with these units and the stretches of these numbers."""
    chosen, its_prints = _only(set(units), edition, prints)
    answers = Hidden(*_only(set(units), hidden.edition, hidden.prints)) if hidden else None
    return Part(chosen, its_prints, answers, tuple(number for numbers in units.values() for number in numbers))


def _only(units: set[str], edition: Edition, prints: Sequence[str]) -> tuple[Edition, tuple[str, ...]]:
    those = [at for at, unit in enumerate(edition.units) if unit.id in units]
    bare = replace(edition, units=tuple(edition.units[at] for at in those), labels=())
    return bare, tuple(prints[at] for at in those) if prints else ()


def look_at(part: Part, format_name: FormatName, stretches: Sequence[Stretch], memo: Memo) -> None:
    """Have the memo know what a judge of the whole file will ask for of these stretches and units."""
    seen = glances(stretches, format_name, memo)
    wanted = wanted_of(part.edition, format_name, memo, part.prints)
    found = pieces_by_unit(wanted, seen, format_name)
    for one in wanted:
        if pieces := found.get(one.unit):
            proof_of(one, pieces, part.edition, format_name, memo)
    if part.hidden:
        answers_of(wanted, part.hidden, format_name, memo)

"""Whether a finished file says what its edition says: the one judgement that a build and `verify` both rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mathbook.document.book import FormatName
from mathbook.document.edition import Edition
from mathbook.document.ledger import Found, joined, ledger_with, where_of
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.passage import Passage
from mathbook.document.stretch import Stretch
from mathbook.frozen import frozen
from mathbook.verify.answers import Hidden, told_answers
from mathbook.verify.assign import as_stretch, pieces_by_unit
from mathbook.verify.glance import Piece, glances
from mathbook.verify.links import misled
from mathbook.verify.parts import parts_of
from mathbook.verify.proof import Finding, places_of, proof_of
from mathbook.verify.sequence import common
from mathbook.verify.wanted import wanted_of


@frozen
class Judgement:
    """How many passages were compared, what was wrong, and the ledger (as it travels inside the file, and its units)
    with the places where all was found.
    """

    compared: int
    findings: tuple[Finding, ...]
    ledger: bytes
    units: tuple[Found, ...]


def judge(
    edition: Edition, format_name: FormatName, found: Sequence[Passage], hidden: Hidden | None = None
) -> Judgement:
    """Return how the found passages stand to the edition. What only the `hidden` one says must not be found."""
    return judge_stretches(edition, format_name, [as_stretch(found)], hidden)


def judge_stretches(
    edition: Edition,
    format_name: FormatName,
    stretches: Iterable[Stretch],
    hidden: Hidden | None = None,
    *,
    prints: tuple[str, ...] = (),
    memo: Memo = FORGETFUL,
) -> Judgement:
    """Return how a file stands to the edition. What only the `hidden` one says must not be found in it.

    `prints` are the fingerprints of the edition's units, if they are known already. Of stretches that are as some that
    were read and proved before nothing is read.
    """
    seen = glances(stretches, format_name, memo)
    wanted = wanted_of(edition, format_name, memo, prints)
    sorted_out = pieces_by_unit(wanted, seen, format_name)
    groups = [sorted_out.get(one.unit, []) for one in wanted]
    proofs = [proof_of(one, group, edition, format_name, memo) for one, group in zip(wanted, groups, strict=True)]
    places = [places_of(proof, group) for proof, group in zip(proofs, groups, strict=True)]
    findings = [
        *_order([one.unit for one in wanted], sorted_out),
        *(finding for proof in proofs for finding in proof.findings),
        *(misled(wanted, places, seen) if format_name == "pdf" else ()),
        *(told_answers(wanted, hidden, seen, format_name, memo) if hidden else ()),
    ]
    units = tuple(
        Found(one.record, {block: "; ".join(at) for block, at in its.items()})
        for one, its in zip(wanted, places, strict=True)
    )
    bare = replace(ledger_with(edition, ()), parts=parts_of(seen, sorted_out))
    where = where_of({format_name: unit.places} for unit in units)
    ledger = joined(bare, zip((unit.text for unit in units), where, strict=True))
    return Judgement(sum(one.count for one in wanted), tuple(findings), ledger, units)


def _order(units: Sequence[str], sorted_out: Mapping[str, Sequence[Piece]]) -> Iterator[Finding]:
    """Yield the units that don't stand in the edition's order."""
    found = [unit for unit in sorted_out if unit]
    kept = {units[at] for at, _ in common(units, found)}
    for unit in found:
        if unit not in kept:
            place = sorted_out[unit][0].place
            yield Finding("moved", unit, "unit", found="stands in another place of the file", place=place)

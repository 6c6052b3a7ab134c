"""Whether a finished file says what its edition says: the one judgement that a build and `verify` both rest on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mathbook.document.book import FormatName
from mathbook.document.edition import Edition
from mathbook.document.ledger import Ledger, ledger_with
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.passage import Passage
from mathbook.verify.assign import by_unit
from mathbook.verify.expect import unit_passages
from mathbook.verify.links import misled
from mathbook.verify.parts import parts_of
from mathbook.verify.proof import Finding, proof_of, readable, with_places
from mathbook.verify.sequence import common
from mathbook.verify.spelling import expected_text, found_text
from mathbook.verify.wanted import Wanted, wanted_of

SHORTEST_ANSWER = 12
"""Letters from which on the words of a solution are looked for in a student's file: shorter ones stand anywhere."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How many passages were compared, what was wrong, and the ledger with the places where all was found."""

    compared: int
    findings: tuple[Finding, ...]
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Answer:
    """A text that only the edition with the answers has, and its unit."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """The edition with the answers, of which a file must not tell more; with its units' fingerprints, if known."""

    edition: Edition
    prints: tuple[str, ...] = ()


def judge(
    edition: Edition,
    format_name: FormatName,
    found: Sequence[Passage],
    hidden: Hidden | None = None,
    *,
    prints: tuple[str, ...] = (),
    memo: Memo = FORGETFUL,
) -> Judgement:
    """Return how the found passages stand to the edition. What only the `hidden` one says must not be found.

    `prints` are the fingerprints of the edition's units, if they are known already.
    """
    wanted = wanted_of(edition, format_name, memo, prints)
    sorted_out = by_unit(wanted, found, format_name)
    groups = [sorted_out.get(one.unit, []) for one in wanted]
    proofs = [proof_of(one, group, edition, format_name, memo) for one, group in zip(wanted, groups, strict=True)]
    findings = [
        *_order([one.unit for one in wanted], sorted_out),
        *(finding for proof in proofs for finding in proof.findings),
        *(misled(wanted, proofs, groups, found) if format_name == "pdf" else ()),
        *(_told_answers(wanted, hidden, found, format_name, memo) if hidden else ()),
    ]
    records = tuple(
        with_places(one.record, proof, group, format_name)
        for one, proof, group in zip(wanted, proofs, groups, strict=True)
    )
    ledger = replace(ledger_with(edition, records), parts=parts_of(found, sorted_out))
    return Judgement(sum(len(one.lines) for one in wanted), tuple(findings), ledger)


def _order(units: Sequence[str], sorted_out: dict[str, list[Passage]]) -> Iterator[Finding]:
    """Yield the units that don't stand in the edition's order."""
    found = [unit for unit in sorted_out if unit]
    kept = {units[at] for at, _ in common(units, found)}
    for unit in found:
        if unit not in kept:
            place = sorted_out[unit][0].place
            yield Finding("moved", unit, "unit", found="stands in another place of the file", place=place)


def answers_only(wanted: Sequence[Wanted], with_answers: Sequence[Wanted]) -> list[Answer]:
    """Return what only the edition with the answers says: its solutions, and what is for instructors alone."""
    known = {line.text for one in wanted for line in one.lines}
    lines = ((one.unit, line) for one in with_answers for line in one.lines if not line.is_picture)
    other = [Answer(unit, line.text) for unit, line in lines if line.text not in known]
    shown = "\n".join(known)
    return [answer for answer in other if len(answer.text) >= SHORTEST_ANSWER and answer.text not in shown]


def _told_answers(
    wanted: Sequence[Wanted], hidden: Hidden, found: Sequence[Passage], format_name: FormatName, memo: Memo
) -> Iterator[Finding]:
    """Yield the answers that the file tells, wherever they stand."""
    whole = wanted_of(hidden.edition, format_name, memo, hidden.prints)
    texts = [found_text(passage, format_name) for passage in found]
    everything = "\n".join(texts)
    for answer in answers_only(wanted, whole):
        if answer.text in everything:
            place = next(passage.place for passage, text in zip(found, texts, strict=True) if answer.text in text)
            told = _as_written(answer, hidden.edition, format_name)
            yield Finding("extra", answer.unit, "answer", found=told, place=place)


def _as_written(answer: Answer, edition: Edition, format_name: FormatName) -> str:
    """Return the answer as people read it."""
    unit = next(unit for unit in edition.units if unit.id == answer.unit)
    passages = unit_passages(unit, edition.meta.language, edition.audience, format_name)
    return next(readable(passage) for passage in passages if expected_text(passage, format_name) == answer.text)

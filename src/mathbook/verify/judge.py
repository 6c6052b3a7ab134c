"""Whether a finished file says what its edition says: the one judgement that a build and `verify` both rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mathbook.document.book import FormatName
from mathbook.document.edition import Edition
from mathbook.document.labels import id_of
from mathbook.document.ledger import Ledger, UnitRecord, ledger_of
from mathbook.document.passage import FORMULA_MARK, NOTE_MARK, Passage
from mathbook.verify.align import Match, aligned
from mathbook.verify.assign import by_unit
from mathbook.verify.expect import passages
from mathbook.verify.finding import Fault, Finding
from mathbook.verify.links import misled
from mathbook.verify.parts import parts_of
from mathbook.verify.sequence import common
from mathbook.verify.spelling import expected_text, found_text

SHORTEST_ANSWER = 12
"""Letters from which on the words of a solution are looked for in a student's file: shorter ones stand anywhere."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How many passages were compared, what was wrong, and the ledger with the places where all was found."""

    compared: int
    findings: tuple[Finding, ...]
    ledger: Ledger


def judge(
    edition: Edition, format_name: FormatName, found: Sequence[Passage], answers: Sequence[Passage] = ()
) -> Judgement:
    """Return how the found passages stand to the edition. `answers` must not be found: see `answers_only`."""
    expected = list(passages(edition, format_name))
    units = [unit.id for unit in edition.units]
    sorted_out = by_unit(expected, found, format_name, units)
    matches = {unit: aligned(wanted, sorted_out.get(unit, ()), format_name) for unit, wanted in _grouped(expected)}
    findings = [
        *_order(units, sorted_out),
        *(fault for unit in units for match in matches[unit] for fault in faults(match, format_name)),
        *(misled(matches, found) if format_name == "pdf" else ()),
        *(_shuffled(matches, found) if format_name == "deck" else ()),
        *_told_answers(answers, found, format_name),
    ]
    ledger = replace(_with_places(ledger_of(edition), matches, format_name), parts=parts_of(found, sorted_out))
    return Judgement(len(expected), tuple(findings), ledger)


def answers_only(edition: Edition, with_answers: Edition, format_name: FormatName) -> list[Passage]:
    """Return what only the edition with the answers says: its solutions, and what is for instructors alone."""
    known = {expected_text(passage, format_name) for passage in passages(edition, format_name)}
    told = (passage for passage in passages(with_answers, format_name) if passage.role != "figure")
    texts = ((passage, expected_text(passage, format_name)) for passage in told)
    shown = "\n".join(known)
    return [passage for passage, text in texts if len(text) >= SHORTEST_ANSWER and text not in shown]


def _grouped(expected: Iterable[Passage]) -> Iterator[tuple[str, list[Passage]]]:
    groups: dict[str, list[Passage]] = defaultdict(list)
    for passage in expected:
        groups[passage.unit].append(passage)
    yield from groups.items()


def _order(units: Sequence[str], sorted_out: dict[str, list[Passage]]) -> Iterator[Finding]:
    """Yield the units that don't stand in the edition's order."""
    found = [unit for unit in sorted_out if unit]
    kept = {units[at] for at, _ in common(units, found)}
    for unit in found:
        if unit not in kept:
            place = sorted_out[unit][0].place
            yield Finding("moved", unit, "unit", found="stands in another place of the file", place=place)


def faults(match: Match, format_name: FormatName) -> Iterator[Finding]:
    """Yield what is wrong with one passage beside what was found for it."""
    wanted = match.expected
    place = match.found[0].place if match.found else ""
    if match.state == "missing":
        yield Finding("missing", wanted.unit, wanted.role, readable(wanted))
    elif match.state in ("different", "moved"):
        said = " ".join(readable(passage) for passage in match.found)
        fault: Fault = "different" if match.state == "different" else "moved"
        yield Finding(fault, wanted.unit, wanted.role, readable(wanted), said, place)
    else:
        yield from _details(wanted, match.found, format_name, place)


def _details(wanted: Passage, found: tuple[Passage, ...], format_name: FormatName, place: str) -> Iterator[Finding]:
    """Yield what differs though the words are the same: levels, links, pictures among words."""
    if not found:
        return  # it says nothing
    level = found[0].level
    if wanted.level and level and wanted.level != level:
        yield Finding(
            "different", wanted.unit, "heading", f"level {wanted.level}: {wanted.words}", f"level {level}", place
        )
    if format_name != "pdf" and (fault := _links_differ(wanted, found, format_name)):
        yield Finding("different", wanted.unit, "link", ", ".join(wanted.links), fault, place)
    pictures = tuple(picture for passage in found for picture in passage.pictures)
    if format_name != "pdf" and pictures and wanted.pictures and pictures != wanted.pictures:
        yield Finding("different", wanted.unit, "picture", readable(wanted), "another picture", place)


def _links_differ(wanted: Passage, found: tuple[Passage, ...], format_name: FormatName) -> str:
    """Return the found links if they lead elsewhere. Some lead nowhere in this file, and are plain words there."""
    told = [link for passage in found for link in passage.links]
    outside = [link for link in wanted.links if not link.startswith("#")]
    inside = {f"#{id_of(link[1:])}" for link in wanted.links if link.startswith("#")} | {"#"}
    if format_name == "epub" and [link for link in told if not link.startswith("#")] != outside:
        return ", ".join(told) or "no link"
    if format_name == "epub" and any(link.startswith("#") and link not in inside for link in told):
        return ", ".join(told)
    if format_name == "deck" and any(link not in outside and ":" in link for link in told):
        return ", ".join(told)
    return ""


def _shuffled(matches: Mapping[str, Sequence[Match]], found: Sequence[Passage]) -> Iterator[Finding]:
    """Yield the cells of a deck's tables that stand before those they follow; its blocks have an order of their own."""
    at = {id(passage): number for number, passage in enumerate(found)}
    last: dict[str, int] = defaultdict(int)
    for match in (match for of_unit in matches.values() for match in of_unit):
        cells = [passage for passage in match.found if passage.role == match.expected.role == "cell"]
        for passage in cells[:1]:
            if at[id(passage)] < last[match.expected.block]:
                yield Finding(
                    "moved", match.expected.unit, "cell", readable(match.expected), readable(passage), passage.place
                )
            last[match.expected.block] = max(last[match.expected.block], at[id(passage)])


def _told_answers(answers: Sequence[Passage], found: Sequence[Passage], format_name: FormatName) -> Iterator[Finding]:
    """Yield the answers that the file tells, wherever they stand."""
    texts = [(found_text(passage, format_name), passage) for passage in found] if answers else []
    for answer in answers:
        text = expected_text(answer, format_name)
        at = next((passage for said, passage in texts if text in said), None)
        if at is not None:
            yield Finding("extra", answer.unit, "answer", found=readable(answer), place=at.place)


def readable(passage: Passage) -> str:
    """Return the passage for people: its words with the formulas in their places, or what its picture is."""
    if passage.role == "figure":
        return f"picture {', '.join(picture[:60] for picture in passage.pictures)}"
    formulas = iter(passage.formulas)
    parts = passage.words.replace(NOTE_MARK, "").split(FORMULA_MARK)
    if passage.role == "equation":
        return " ".join(passage.formulas)
    return parts[0] + "".join(next(formulas, "") + part for part in parts[1:])


def _with_places(ledger: Ledger, matches: dict[str, list[Match]], format_name: FormatName) -> Ledger:
    return replace(
        ledger, units=tuple(_unit_with_places(unit, matches.get(unit.id, []), format_name) for unit in ledger.units)
    )


def _unit_with_places(unit: UnitRecord, matches: Sequence[Match], format_name: FormatName) -> UnitRecord:
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for match in matches:
        for passage in match.found:
            places[match.expected.block][passage.place] = None
    where = {block: ((format_name, "; ".join(found)),) for block, found in places.items()}
    blocks = tuple(replace(block, where=where.get(block.id, ())) for block in unit.blocks)
    return replace(unit, blocks=blocks, where=where.get("", ()))

"""What a build makes of its proofs: diagnostics of what isn't in sync, and the ledger that all formats share."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mathbook.build.linking import Made
from mathbook.build.outputs import Output, is_of_students_book
from mathbook.build.publish import published_units
from mathbook.diagnostics import NOWHERE, Code, Diagnostic, Severity, Span
from mathbook.document.ledger import (
    Found,
    UnitRecord,
    UnitText,
    found_in,
    joined,
    ledger_with,
    places_of,
    unit_record,
    unit_text,
    where_of,
)
from mathbook.edition.resolve import Resolution
from mathbook.formats import formats
from mathbook.formula.plain_line import plain_line
from mathbook.verify.report import sentence

_HINT = "this is a fault of mathbook or of its theme; --no-verify publishes all the same"


def diagnostics_of(made: Made) -> list[Diagnostic]:
    """Return what is wrong with a finished file: what isn't in sync at its unit's source, then the rules it breaks."""
    name, units = made.output.name, made.output.edition.units
    spans = {unit.id: unit.span for unit in units}
    unlike = (
        _error(Code.FILE_NOT_IN_SYNC, spans.get(finding.unit, NOWHERE), f"{name}: {sentence(finding)}")
        for finding in made.findings
    )
    whole = units[0].span if made.output.edition.scope == "unit" else NOWHERE
    broken = (
        _error(Code.FILE_NOT_ACCESSIBLE, whole, f"{name}: PDF/UA-1, rule {fault.rule}: {fault.message}")
        for fault in made.faults
    )
    return [*unlike, *broken]


def _error(code: Code, span: Span, message: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, span, message, _HINT)


def joint_ledger(
    resolved: Sequence[Resolution],
    asked: Sequence[Output],
    dist: Path,
    proved: Mapping[str, Sequence[Found]],
    left: Collection[str],
) -> bytes:
    """Return the ledger of the student's edition with the places in all of the book's files: in those that were
    `proved` just now, in those that stand in dist/ already, and in those that are `left` there. Each unit has a line.

    Only that edition: a hash of a short answer can be guessed. Where it was not asked for there are the units of what
    is left.
    """
    student = next((one for one in resolved if one.edition.audience == "student"), None)
    before = {unit.id: unit for unit in published_units(dist)} if left else {}
    formats_left = [name for name, row in formats().items() if not row.shows and row.book.format(mark="") in left]
    texts: dict[str, UnitText] = {}
    places: dict[str, dict[str, Mapping[str, str]]] = {
        unit.id: {name: places_of(unit, name) for name in formats_left} for unit in before.values()
    }
    for output in filter(is_of_students_book, asked):
        for found in proved.get(output.name) or _carried(output, dist):
            texts[found.text.id] = found.text
            places.setdefault(found.text.id, {})[output.row.name] = found.places
    told = _texts_of(student, texts, before) if student else map(unit_text, before.values())
    lines = [(text, places.get(text.id, {})) for text in told]
    head = ledger_with(student.edition if student else replace(resolved[0].edition, audience="student"), ())
    where = where_of(there for _, there in lines)
    return joined(head, zip((text for text, _ in lines), where, strict=True), between="\n")


def _texts_of(
    resolution: Resolution, texts: Mapping[str, UnitText], before: Mapping[str, UnitRecord]
) -> Iterator[UnitText]:
    """Yield the record of each unit; of one that no file shows it is as it was `before`, if the unit is."""
    edition = resolution.edition
    for unit, unit_print in zip(edition.units, resolution.prints, strict=True):
        known = before.get(unit.id)
        if unit.id in texts:
            yield texts[unit.id]
        elif known and known.fingerprint == unit_print:
            yield unit_text(known)
        else:
            title = plain_line(unit.title, edition.meta.language)
            yield unit_text(unit_record(unit, edition.meta.language, unit_print, title))


def _carried(output: Output, dist: Path) -> list[Found]:
    """Return what the ledger tells that a file in dist/ carries; nothing if it was not proved."""
    path = dist / output.name
    carried = output.row.door("unseal")(path) if path.is_file() else None
    return found_in(carried, output.row.name) if carried else []

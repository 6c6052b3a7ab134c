"""What a build makes of its proofs: diagnostics of what isn't in sync, and the ledger that all formats share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from mathbook.build.linking import Made, Output, is_of_students_book
from mathbook.diagnostics import NOWHERE, Code, Diagnostic, Severity, Span
from mathbook.document.edition import Edition
from mathbook.document.ledger import as_record, ledger_with, merged, unit_as_record, unit_record
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
    editions: Sequence[Edition],
    asked: Sequence[Sequence[Output]],
    dist: Path,
    sealed: Mapping[str, bytes],
) -> dict[str, Any]:
    """Return as a JSON-ready record the ledger of the student's edition with the places in all of the book's files:
    those that were `sealed` just now, and those that stand in dist/ already.

    Only that one: a hash of a short answer can be guessed. Where no student's edition was asked for it has no units.
    """
    edition = next((edition for edition in editions if edition.audience == "student"), None)
    if edition is None:
        return as_record(ledger_with(replace(editions[0], audience="student"), ()))
    files = [output for outputs in asked for output in outputs]
    carried = [json.loads(ledger)["units"] for ledger in _carried(files, dist, sealed)]
    units = {}
    for unit in edition.units:
        told = [records[unit.id] for records in carried if unit.id in records]
        units[unit.id] = merged(told) if told else unit_as_record(unit_record(unit, edition.meta.language))
    return {**as_record(ledger_with(edition, ())), "units": units}


def _carried(outputs: Sequence[Output], dist: Path, sealed: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield the ledgers that the book's own files for students carry."""
    for output in outputs:
        if is_of_students_book(output):
            carried = sealed.get(output.name) or output.row.door("unseal")(dist / output.name)
            if carried:
                yield carried

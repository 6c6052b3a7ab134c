"""What a build makes of its proofs: diagnostics of what isn't in sync, and the ledger that all formats share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path

from mathbook.build.linking import Made, Output
from mathbook.diagnostics import NOWHERE, Code, Diagnostic, Severity, Span
from mathbook.document.edition import Edition
from mathbook.document.ledger import Ledger, from_json, ledger_with, merged, unit_record
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


def joint_ledger(editions: Sequence[Edition], asked: Sequence[Sequence[Output]], folders: Sequence[Path]) -> Ledger:
    """Return the ledger of the student's edition with the places in all of the book's files.

    Only that one: a hash of a short answer can be guessed. Where no student's edition was asked for it has no units.
    """
    edition = next((edition for edition in editions if edition.audience == "student"), None)
    if edition is None:
        return ledger_with(replace(editions[0], audience="student"), ())
    carried = list(_carried([output for outputs in asked for output in outputs], folders))
    records = {unit.id: unit for ledger in carried for unit in ledger.units}
    bare = (records.get(unit.id) or unit_record(unit, edition.meta.language) for unit in edition.units)
    return reduce(merged, carried, ledger_with(edition, tuple(bare)))


def _carried(outputs: Sequence[Output], folders: Sequence[Path]) -> Iterator[Ledger]:
    """Yield the ledgers that the book's own files for students carry."""
    for output in outputs:
        edition = output.edition
        if (edition.scope, edition.audience) == ("book", "student") and not output.row.shows:
            path = next(folder / output.name for folder in folders if (folder / output.name).is_file())
            if carried := output.row.door("unseal")(path):
                yield from_json(carried)

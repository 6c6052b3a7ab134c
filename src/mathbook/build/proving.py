"""What a build makes of its proofs: diagnostics of what isn't in sync, and the ledger that all formats share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mathbook.build.linking import Made, Output
from mathbook.diagnostics import NOWHERE, Code, Collector, Diagnostic, Severity, Span
from mathbook.document.book import Book
from mathbook.document.ledger import Ledger, from_json, ledger_of, merged
from mathbook.edition.resolve import resolve
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


def joint_ledger(book: Book, asked: Sequence[Sequence[Output]], folders: Sequence[Path]) -> Ledger:
    """Return the ledger of the student's edition with the places in all of the book's files.

    Only that one: a hash of a short answer can be guessed. Where no student's edition was asked for it has no units.
    """
    student = [output for outputs in asked for output in outputs if output.edition.audience == "student"]
    whole = ledger_of(resolve(book, "student", Collector()))
    if not student:
        return replace(whole, units=())
    for output in student:
        if output.edition.scope == "book" and not output.row.shows:
            path = next(folder / output.name for folder in folders if (folder / output.name).is_file())
            carried = output.row.door("unseal")(path)
            whole = merged(whole, from_json(carried)) if carried else whole
    return whole

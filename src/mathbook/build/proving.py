"""What a build makes of its proofs: diagnostics of what isn't in sync, and the ledger that all formats share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from mathbook.build.linking import Output
from mathbook.diagnostics import NOWHERE, Code, Collector, Diagnostic, Severity
from mathbook.document.book import Book
from mathbook.document.edition import Edition
from mathbook.document.ledger import Ledger, from_json, ledger_of, merged
from mathbook.edition.resolve import resolve
from mathbook.verify.proof import Finding
from mathbook.verify.report import sentence


def as_diagnostic(finding: Finding, file: str, edition: Edition) -> Diagnostic:
    """Return what is wrong with a finished file as a diagnostic at the unit's source."""
    span = next((unit.span for unit in edition.units if unit.id == finding.unit), NOWHERE)
    hint = "this is a fault of mathbook or of its theme; --no-verify publishes all the same"
    return Diagnostic(Code.FILE_NOT_IN_SYNC, Severity.ERROR, span, f"{file}: {sentence(finding)}", hint)


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

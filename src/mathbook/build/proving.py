"""What a build makes of its proofs: diagnostics of what isn't in sync, and the ledger that all formats share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mathbook.build.linking import Made
from mathbook.build.outputs import Output, is_of_students_book
from mathbook.diagnostics import NOWHERE, Code, Diagnostic, Severity, Span
from mathbook.document.book import Unit
from mathbook.document.edition import Edition
from mathbook.document.ledger import Found, UnitText, found_in, joined, ledger_with, unit_record, unit_text, where_of
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
    editions: Sequence[Edition],
    asked: Sequence[Sequence[Output]],
    dist: Path,
    proved: Mapping[str, Sequence[Found]],
) -> bytes:
    """Return the ledger of the student's edition with the places in all of the book's files: in those that were
    `proved` just now, and in those that stand in dist/ already. Each unit has a line.

    Only that edition: a hash of a short answer can be guessed. Where it was not asked for there are no units.
    """
    edition = next((edition for edition in editions if edition.audience == "student"), None)
    if edition is None:
        return joined(ledger_with(replace(editions[0], audience="student"), ()), ())
    texts: dict[str, UnitText] = {}
    places: dict[str, dict[str, Mapping[str, str]]] = {unit.id: {} for unit in edition.units}
    for output in (output for outputs in asked for output in outputs if is_of_students_book(output)):
        for found in proved.get(output.name) or _carried(output, dist):
            texts[found.text.id] = found.text
            places.setdefault(found.text.id, {})[output.row.name] = found.places
    told = [texts.get(unit.id) or _text_of(unit, edition.meta.language) for unit in edition.units]
    where = where_of(places[unit.id] for unit in edition.units)
    return joined(ledger_with(edition, ()), zip(told, where, strict=True), between="\n")


def _text_of(unit: Unit, language: str) -> UnitText:
    """Return the record of a unit that none of the files shows."""
    return unit_text(unit_record(unit, language, title=plain_line(unit.title, language)))


def _carried(output: Output, dist: Path) -> list[Found]:
    """Return what the ledger tells that a file in dist/ carries; nothing if it was not proved."""
    path = dist / output.name
    carried = output.row.door("unseal")(path) if path.is_file() else None
    return found_in(carried, output.row.name) if carried else []

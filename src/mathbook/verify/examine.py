"""Whether a file is ours, of which edition it is, and whether it says what its edition says."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal, TypeAlias

import pikepdf
import pypdfium2
from lxml import etree

from mathbook.document.edition import Edition
from mathbook.document.fingerprint import fingerprint
from mathbook.document.ledger import READING, Ledger, NotALedger, from_json
from mathbook.document.memo import FORGETFUL
from mathbook.document.passage import BENEATH, Passage
from mathbook.document.select import edition_for
from mathbook.formats import FormatRow, formats
from mathbook.formula.plain_line import plain_line
from mathbook.frozen import frozen
from mathbook.verify.answers import Hidden
from mathbook.verify.assign import as_stretch, pieces_by_unit
from mathbook.verify.glance import glances
from mathbook.verify.judge import judge
from mathbook.verify.parts import Change, changes, parts_of
from mathbook.verify.proof import Finding
from mathbook.verify.wanted import wanted_of

Verdict: TypeAlias = Literal["in sync", "not in sync", "stale", "foreign", "unchanged", "changed"]
"""`unchanged` and `changed` are said of a file without its manuscript: since it was made."""


UNREADABLE = (
    *(ValueError, LookupError, StopIteration, OSError, EOFError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, pypdfium2.PdfiumError, pikepdf.PdfError),
)
"""What the readers raise for files that are damaged, or none of their kind."""


@frozen
class Aged:
    """A unit that the file has in another form than the manuscript: older, newer, missing from it, or withdrawn."""

    unit: str
    title: str
    how: Literal["older", "newer", "missing", "withdrawn"]


@frozen
class Examined:
    """What was found out about a file; `why` says in words what the verdict rests on."""

    file: str
    verdict: Verdict
    why: str
    compared: int = 0
    aged: tuple[Aged, ...] = ()
    findings: tuple[Finding, ...] = ()
    damaged: bool = False


def examine(path: Path, name: str, editions: Mapping[str, Edition]) -> Examined:
    """Return what can be said of the file. `editions` are the manuscript's, by audience; none if there is none."""
    row = next(
        (row for row in formats().values() if Path(row.book).suffix == path.suffix.lower() and not row.shows), None
    )
    if row is None:
        return Examined(name, "foreign", "not a PDF, an e-book or a deck")
    try:
        carried = row.door("unseal")(path)
        if carried is None:
            return Examined(
                name,
                "foreign",
                "not made by mathbook: it carries no ledger (nor do handouts of slides, which are not proved)",
            )
        ledger = from_json(carried)
    except NotALedger as error:
        return Examined(name, "foreign", f"its ledger can't be read: {error}")
    except UNREADABLE as error:
        return Examined(name, "foreign", f"it can't be read: {_reason(error)}")
    try:
        found = list(row.door("read_back")(path))
    except UNREADABLE as error:
        why = f"edition {ledger.edition}, {ledger.date}; it is damaged: {_reason(error)}"
        return Examined(name, "not in sync" if editions else "changed", why, damaged=True)
    if not editions:
        return _alone(name, row, ledger, found)
    if not _same_book(ledger, next(iter(editions.values()))):
        return Examined(name, "foreign", f"of another book: {ledger.title}")
    return _beside_its_edition(name, row, ledger, found, editions)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _same_book(ledger: Ledger, edition: Edition) -> bool:
    meta = edition.meta
    both = bool(ledger.identifier and meta.identifier)
    return ledger.identifier == meta.identifier if both else ledger.title == meta.title


def _alone(name: str, row: FormatRow, ledger: Ledger, found: list[Passage]) -> Examined:
    """Return whether the file still says what it said when it was made: all that can be known without a manuscript."""
    findings = tuple(_since_made(ledger, found, row))
    told = f"{ledger.title}, edition {ledger.edition}, {ledger.date}{_unread(ledger)}"
    why = f"{told}; there is no manuscript to compare it with"
    return Examined(name, "changed" if findings else "unchanged", why, len(found), findings=findings)


def _beside_its_edition(
    name: str, row: FormatRow, ledger: Ledger, found: list[Passage], editions: Mapping[str, Edition]
) -> Examined:
    if ledger.audience not in editions:
        return Examined(name, "foreign", f"for {ledger.audience}s, an audience that this book has not")
    whole = edition_for(editions[ledger.audience], row.content)
    here = {unit.id for unit in ledger.units}
    edition = _alone_edition(whole, here) if ledger.scope == "unit" else whole
    aged = tuple(_aged(ledger, edition))
    same = {unit.id for unit in edition.units} - {one.unit for one in aged}
    compared = replace(edition, units=tuple(unit for unit in edition.units if unit.id in same))
    judgement = judge(compared, row.content, found, _hidden(compared, editions))
    told = {(finding.unit, finding.place) for finding in judgement.findings}
    since = [one for one in _since_made(ledger, found, row, edition) if (one.unit, one.place) not in told]
    findings = (*judgement.findings, *since)
    verdict: Verdict = "not in sync" if findings else "stale" if aged else "in sync"
    why = f"edition {ledger.edition}, {ledger.date}{_unread(ledger)}"
    return Examined(name, verdict, why, judgement.compared, aged, findings)


def _unread(ledger: Ledger) -> str:
    """Return what can't be said of a file that another version of mathbook has read when it was made."""
    return "" if ledger.reading == READING else "; made by another version of mathbook: pages as a whole not compared"


def _alone_edition(edition: Edition, here: set[str]) -> Edition:
    return replace(edition, units=tuple(unit for unit in edition.units if unit.id in here), scope="unit")


def _hidden(edition: Edition, editions: Mapping[str, Edition]) -> Hidden | None:
    """Return the edition that a file of students must not tell more of."""
    if edition.audience != "student" or "instructor" not in editions:
        return None
    ids = {unit.id for unit in edition.units}
    whole = editions["instructor"]
    return Hidden(replace(whole, units=tuple(unit for unit in whole.units if unit.id in ids), scope=edition.scope))


def _aged(ledger: Ledger, edition: Edition) -> Iterator[Aged]:
    """Yield the units that differ between the file's ledger and the manuscript, in the manuscript's order."""
    before = {unit.id: unit for unit in ledger.units}
    newer = ledger.date > edition.meta.date
    for unit, record in ((unit, before.get(unit.id)) for unit in edition.units):
        if record is None:
            yield Aged(unit.id, plain_line(unit.title, edition.meta.language), "missing")
        elif record.fingerprint != fingerprint(unit):
            yield Aged(unit.id, record.title, "newer" if newer else "older")
    here = {unit.id for unit in edition.units}
    for record in ledger.units:
        if record.id not in here:
            yield Aged(record.id, record.title, "newer" if newer else "withdrawn")


def _since_made(
    ledger: Ledger, found: list[Passage], row: FormatRow, edition: Edition | None = None
) -> Iterator[Finding]:
    """Yield pages and slides that don't say what they said when the file was made, furniture included."""
    if ledger.parts and ledger.reading == READING:
        seen = glances([as_stretch(found)], row.content, FORGETFUL)
        wanted = wanted_of(edition, row.content, FORGETFUL) if edition else ()
        now = parts_of(seen, pieces_by_unit(wanted, seen, row.content) if edition else {})
        told = any(part.place.endswith(BENEATH) for part in now)
        before = [part for part in ledger.parts if told or not part.place.endswith(BENEATH)]
        for change in changes(before, now):
            yield _as_finding(change)


def _as_finding(change: Change) -> Finding:
    said = {
        "changed": "says something else than when the file was made",
        "removed": "was there when the file was made",
        "added": "was not there when the file was made",
        "moved": "stood in another place when the file was made",
    }[change.kind]
    faults = {"changed": "different", "removed": "missing", "added": "extra", "moved": "moved"}
    return Finding(faults[change.kind], change.unit, "part", said, said, change.place)  # type: ignore[arg-type]

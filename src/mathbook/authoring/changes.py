"""What is new since an earlier edition, and keeping this one for later."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pypdfium2

from mathbook.build.make import Request, make
from mathbook.diagnostics import NOWHERE, Code, Collector, Diagnostic, Severity, Stop, did_you_mean
from mathbook.document.book import Audience, Book
from mathbook.document.fingerprint import fingerprint
from mathbook.document.labels import id_of
from mathbook.document.ledger import Ledger, NotALedger, from_json
from mathbook.document.passage import FORMULA_MARK, Passage
from mathbook.document.past import Changes, PastEdition, PastUnit
from mathbook.edition.changes import changes_between, present
from mathbook.edition.resolve import resolve
from mathbook.formats import formats
from mathbook.project import Project
from mathbook.source.editions import edition_of, edition_text, file_name, read_editions
from mathbook.source.read import read_book


def keep(project: Project) -> Path:
    """Write the words of the present edition into editions/; return the file. Raises Stop if another was kept there."""
    book = _read(project)
    path = project.editions / file_name(book.meta.edition)
    now = present(book)
    text = edition_text(now)
    in_latex = replace(now, units=tuple(replace(unit, title=unit.title_in_latex) for unit in now.units))
    if path.is_file() and path.read_text("utf-8") not in (text, edition_text(in_latex)):
        message = f"edition {book.meta.edition} was kept already, and has changed since"
        _stop(message, f"give the book a new edition: in book.yaml, or remove {project.name_of(path)}")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def changes_since(project: Project, since: str) -> Changes:
    """Return what has changed since an edition that was kept, or a file of an earlier one (the last kept one, if
    nothing is named). Raises Stop if there is no such thing.
    """
    book = _read(project)
    if (path := Path(since)).suffix.lower() in _FILES and (path.is_file() or path.name != since):
        return _since_file(project, path, book)
    collector = Collector()
    kept = {edition.edition: edition for edition in read_editions(project, collector)}
    collector.stop_if_errors()
    if not since:
        if book.past is None:
            _none_before(book.meta.edition, kept)
        return changes_between(book.past, present(book))
    if since not in kept:
        _stop(f"no edition {since!r} was kept", did_you_mean(since, kept, f"kept: {', '.join(kept) or 'none'}"))
    return changes_between(kept[since], present(book))


def _none_before(edition: str, kept: Collection[str]) -> NoReturn:
    if edition in kept:
        hint = "give the book its next edition: in book.yaml, or name what to compare with: --since"
        _stop(f"edition {edition} was kept, and is the book's own still: there is none before it", hint)
    _stop("no earlier edition was kept", "keep this one, when it is released: mathbook changes --keep")


def _read(project: Project) -> Book:
    collector = Collector()
    book = read_book(project, collector)
    collector.stop_if_errors()
    assert book, "what is missing was told"
    return book


def _stop(message: str, hint: str) -> NoReturn:
    raise Stop([Diagnostic(Code.EDITION_MISSING, Severity.ERROR, NOWHERE, message, hint)])


def _since_file(project: Project, path: Path, book: Book) -> Changes:
    """Return the changes since a file: a kept edition, an e-book, or a ledger (it knows fingerprints only), which a PDF
    and a deck carry.
    """
    if not path.is_file():
        _stop(f"there is no file {path}", "take a file of an earlier edition, or the name of one that was kept")
    match path.suffix.lower():
        case ".epub":
            return changes_between(*_e_books(project, path, book))
        case ".json":
            return _since_record(path, path.read_bytes(), book)
        case suffix:
            return _since_record(path, _carried(path, suffix), book)


def _carried(path: Path, suffix: str) -> bytes:
    """Return the ledger that a PDF or a deck carries."""
    row = next(row for row in formats().values() if row.book.endswith(suffix))
    try:
        carried: bytes | None = row.door("unseal")(path)
    except (ValueError, KeyError, zipfile.BadZipFile, pypdfium2.PdfiumError):
        carried = None
    if carried is None:
        _stop(f"{path.name} carries no ledger", "take a file that mathbook made: a book, a handout or a deck")
    return carried


def _since_record(path: Path, data: bytes, book: Book) -> Changes:
    try:
        record = json.loads(data)
        if isinstance(record["units"], list):
            return changes_between(edition_of(record), present(book))
        before = tuple(_of_ledger(name, value) for name, value in record["units"].items())
        since = PastEdition(str(record["edition"]), str(record["date"]), before)
        audience: Audience = "instructor" if record.get("audience") == "instructor" else "student"
        alone = record.get("scope") == "unit"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        _stop(f"{path.name} is neither an edition that was kept nor a ledger", "")
    marks = {unit.id: fingerprint(unit) for unit in resolve(book, audience, Collector()).units}
    units = tuple(replace(unit, fingerprint=marks[unit.id]) for unit in present(book).units)
    if alone:  # a handout or a deck of one example tells of nothing else
        units = tuple(unit for unit in units if unit.id in {one.id for one in before})
    own = {unit.id for unit in units}
    told = tuple(unit for unit in before if unit.id in own or unit.id not in MADE)
    return changes_between(replace(since, units=told), PastEdition(book.meta.edition, book.meta.date, units))


def _of_ledger(name: str, value: Any) -> PastUnit:
    """Return a ledger's unit: its fingerprint, or a record that has its title and number too."""
    if isinstance(value, str):
        return PastUnit(name, "", name, fingerprint=value)
    return PastUnit(name, str(value["number"]), str(value["title"]), fingerprint=str(value["fingerprint"]))


def _e_books(project: Project, path: Path, book: Book) -> tuple[PastEdition, PastEdition]:
    """Return an older e-book and the one that would be made now, read back in the same way."""
    carried = _ledger(path)
    audience: Audience = "instructor" if carried.audience == "instructor" else "student"
    with tempfile.TemporaryDirectory() as folder:
        for _ in make(project, Request(("epub",), (audience,), out=Path(folder))):
            pass
        (made,) = Path(folder).glob("*.epub")
        before, after = _read_e_book(path), _read_e_book(made)
    known = {id_of(unit.id): unit for unit in present(book).units}
    own = {id_of(unit.id): PastUnit(unit.id, unit.number, unit.title) for unit in carried.units}
    old = tuple(_said(name, lines, known, own) for name, lines in before.items() if name in known or name not in MADE)
    now = tuple(_said(name, lines, known, own) for name, lines in after.items() if name in known)
    return PastEdition(carried.edition, carried.date, old), PastEdition(book.meta.edition, book.meta.date, now)


def _ledger(path: Path) -> Ledger:
    """Return the ledger that an e-book carries."""
    try:
        return from_json(_carried(path, ".epub"))
    except NotALedger as error:
        _stop(f"the ledger in {path.name} can't be read: {error}", "take a file that mathbook made")


def _read_e_book(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the words of each unit's passages; the first is its title."""
    from mathbook.epub.read_back import read_back

    found: dict[str, list[str]] = {}
    try:
        for passage in read_back(path):
            if passage.unit:
                found.setdefault(passage.unit, []).append(_with_formulas(passage))
    except (ValueError, KeyError, SyntaxError) as error:  # lxml's own is a SyntaxError
        _stop(f"{path.name} can't be read: {error}", "is it an e-book that mathbook made?")
    return {unit: tuple(lines) for unit, lines in found.items()}


def _with_formulas(passage: Passage) -> str:
    """Return the passage's words with its formulas where they stand."""
    words = passage.words
    for formula in passage.formulas:
        words = words.replace(FORMULA_MARK, formula, 1) if FORMULA_MARK in words else f"{words} {formula}"
    return words.strip()


def _said(name: str, lines: tuple[str, ...], known: dict[str, PastUnit], own: dict[str, PastUnit]) -> PastUnit:
    """Return the unit with these lines; of one that isn't there any more the e-book's ledger says the name."""
    unit = known.get(name) or own.get(name) or PastUnit(name, "", lines[0])
    return PastUnit(unit.id, unit.number, unit.title, lines)


_FILES = (".epub", ".json", ".pdf", ".pptx")
MADE = frozenset({"news", "bibliography", "index"})
"""The ids of units that mathbook makes: nobody has to be told that they changed."""

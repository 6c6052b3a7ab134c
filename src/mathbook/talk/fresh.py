"""The deck that the manuscript makes now, for the same readers as another deck; nothing is published."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

from mathbook.build.cache import Cache, Damaged
from mathbook.build.executor import compile_all
from mathbook.build.jobs import Job
from mathbook.build.keys import fragment_key, pages_key
from mathbook.diagnostics import Code, Collector, Severity, Stop
from mathbook.document.book import Book
from mathbook.document.edition import Edition, Options
from mathbook.document.fingerprint import fingerprint
from mathbook.document.fragment import Fragment
from mathbook.document.pagination import Pagination
from mathbook.document.select import edition_for, for_format
from mathbook.document.talk import CLOSING, OPENING, TalkRecord
from mathbook.document.theme import Theme
from mathbook.edition.resolve import resolve, standing_alone
from mathbook.formats import FormatRow, formats
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.source.place_in_book import place_in_book
from mathbook.source.read import read_book
from mathbook.talk.deck_file import DeckFile, open_deck, record_in, stop
from mathbook.theme.load import load_theme


@frozen
class Fresh:
    """A deck that was just built: its file, its record, the edition as the deck shows it, and as it was resolved."""

    file: DeckFile
    record: TalkRecord
    edition: Edition
    resolved: Edition


def fresh_deck(project: Project, base: TalkRecord, date: str = "") -> Fresh:
    """Return the deck that the manuscript makes now of what `base` is a record of. Raises Stop if it can't be built.

    `date` stands for the book's, as in a build.
    """
    collector = Collector()
    book = read_book(project, collector)
    named = book.meta.theme if book else "lecture"
    look = load_theme(named, project.themes, collector, partial(place_in_book, project, "theme"))
    book = replace(book, meta=replace(book.meta, date=date)) if book and date else book
    edition = resolve(book, base.audience, collector) if book else None
    collector.stop_if_errors()
    assert book and look and edition, "what is missing was told"
    _check_kinship(book, base)
    edition = _part(edition, base)
    pages = _pages(project, edition, look)
    edition = edition_for(edition, "deck")
    shown = replace(edition, units=tuple(for_format(unit, "deck") for unit in edition.units))
    file = _linked(edition, _fragments(project, shown, look), look, pages)
    return Fresh(file, record_in(file), shown, edition)


def _check_kinship(book: Book, base: TalkRecord) -> None:
    meta = book.meta
    if base.book not in (meta.identifier, meta.title):
        message = f"the deck was made of another book, {base.title!r}"
        raise stop(Code.DECK_FOREIGN, message, f"this book is {meta.title!r}")
    if base.audience not in meta.audiences:
        made = ", ".join(meta.audiences)
        message = f"the deck is of the {base.audience}'s edition, and this book is made for: {made}"
        raise stop(Code.DECK_FOREIGN, message, "see audiences in book.yaml")


def _part(edition: Edition, base: TalkRecord) -> Edition:
    """Return the book's edition, or that of the one unit that the deck is of."""
    if base.scope == "book":
        return edition
    name = next(unit.id for unit in base.units if unit.id not in (OPENING, CLOSING))
    unit = next((unit for unit in edition.units if unit.id == name), None)
    if unit is None:
        raise stop(Code.DECK_FOREIGN, f"the deck is of the example {name!r}, which is no longer in the book")
    return standing_alone(edition, unit)


def _fragments(project: Project, edition: Edition, theme: Theme) -> list[Fragment]:
    """Return the units' fragments, from the cache or compiled. Raises Stop if one can't be compiled."""
    row, options, cache = formats()["deck"], Options(edition.audience, edition.meta), Cache(project.cache)
    jobs = [Job(fragment_key(fingerprint(unit), theme, options, row), unit, options, row) for unit in edition.units]
    known = {job.key: fragment for job in jobs if (fragment := _cached(cache, job)) is not None}
    missing = [job for job in jobs if job.key not in known]
    faults = []
    for result in compile_all(missing, theme, os.cpu_count() or 1 if len(missing) > 16 else 1):
        told = result.fragment.diagnostics if result.fragment else result.diagnostics
        faults += [diagnostic for diagnostic in told if diagnostic.severity is Severity.ERROR]
        if result.fragment and not faults:
            known[result.job.key] = result.fragment
            cache.put(result.job.key, result.fragment)
    if faults:
        raise Stop(faults)
    return [known[job.key] for job in jobs]


def _cached(cache: Cache, job: Job) -> Fragment | None:
    try:
        return cache.get(job.key)
    except Damaged:
        return None


def _pages(project: Project, edition: Edition, theme: Theme) -> Pagination | None:
    """Return the pages of the PDF that was built of the same words, for the footers; None if there was none."""
    shown = edition_for(edition, "pdf")
    finished = Cache(project.cache).finished(pages_key(shown, tuple(map(fingerprint, shown.units)), theme))
    return finished.pages if finished else None


def _linked(edition: Edition, fragments: list[Fragment], theme: Theme, pages: Pagination | None) -> DeckFile:
    row: FormatRow = formats()["deck"]
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "deck.pptx"
        row.door("link")(edition, fragments, theme, into, pages)
        return open_deck(into)

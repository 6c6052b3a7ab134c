"""Finished files beside their manuscript: which are examined, and what became of those that a build has published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mathbook.build.publish import ledger_files
from mathbook.diagnostics import Collector
from mathbook.document.edition import Edition
from mathbook.edition.resolve import resolve
from mathbook.formats import formats
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.verify.book import unit_names
from mathbook.verify.examine import Examined, examine


@frozen
class Manuscript:
    """The editions by audience, and the names of their units."""

    editions: dict[str, Edition]
    names: dict[str, str]


NONE = Manuscript({}, {})
"""Where there is no project: then a file can only be compared with itself."""


def manuscript_of(project: Project, date: str = "") -> Manuscript:
    """Return the manuscript's editions. Raises Stop if the manuscript has errors."""
    collector = Collector()
    book = read_book(project, collector)
    collector.stop_if_errors()
    assert book, "what is missing was told"
    if date:
        book = replace(book, meta=replace(book.meta, date=date))
    student, instructor = resolve(book, "student", collector), resolve(book, "instructor", collector)
    return Manuscript({"student": student, "instructor": instructor}, unit_names(instructor))


def examine_all(files: Sequence[Path], manuscript: Manuscript) -> Iterator[Examined]:
    """Yield what can be said of each file."""
    for file in files:
        yield examine(file, str(file), manuscript.editions)


def examine_published(dist: Path, manuscript: Manuscript) -> Iterator[Examined]:
    """Yield what can be said of all files that the last build published; one that is gone is not in sync."""
    rows = [row for row in formats().values() if not row.shows]
    for name in ledger_files(dist):
        path = dist / name
        if any(row.made(name) for row in rows):
            gone = Examined(name, "not in sync", "the file is gone")
            yield examine(path, name, manuscript.editions) if path.is_file() else gone

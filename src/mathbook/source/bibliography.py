"""The files of `bibliography:` in book.yaml: BibTeX, CSL-JSON, or CSL's records in YAML, as works."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mathbook import records
from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.book import Meta
from mathbook.document.labels import id_of
from mathbook.document.works import Work, anchor_of
from mathbook.project import Project, locate
from mathbook.source.bibtex import read_bibtex
from mathbook.source.bibtex_words import csl_record
from mathbook.source.csl_records import work_of
from mathbook.source.place_in_book import place_in_book
from mathbook.source.text_file import read_text_file


def read_bibliography(project: Project, meta: Meta, collector: Collector) -> tuple[Work, ...]:
    """Return the works of all files, in their order; a second one of the same key is told and left out."""
    works: dict[str, Work] = {}
    for written in meta.bibliography:
        path = named_file(project, written, "bibliography", collector)
        for work in _works(path, project, collector) if path else ():
            place = id_of(anchor_of(work.key))
            if place in works:
                hint = f"the first is at {works[place].span}"
                collector.error(Code.ID_DUPLICATE, work.span, f"two works have the key {work.key!r}", hint)
            else:
                works[place] = work
    return tuple(works.values())


def named_file(project: Project, written: str, key: str, collector: Collector) -> Path | None:
    """Return the file that book.yaml names, from manuscript/ or from the root; None after telling why it isn't read."""
    span = place_in_book(project, key, written)
    found = None
    for base in (project.manuscript, project.root):
        path, reason = locate(project, written, base)
        if path is None:
            collector.error(Code.FILE_OUTSIDE, span, f"{key}: {reason}", "it must lie in the project")
            return None
        found = found or (path if path.exists() else None)
    if found is None:
        collector.error(Code.FILE_MISSING, span, f"{key}: there is no file {written!r} in manuscript/ or beside it")
    return found


def _works(path: Path, project: Project, collector: Collector) -> Iterator[Work]:
    file = project.name_of(path)
    text = read_text_file(path, project, collector)
    if text is None:
        return
    match path.suffix.lower():
        case ".bib":
            yield from _of_bibtex(text, file, collector)
        case ".json":
            yield from _of_json(text, file, collector)
        case ".yaml" | ".yml":
            yield from _of_yaml(text, file, collector)
        case suffix:
            message = f"a bibliography can't be a {suffix or 'file without a suffix'}"
            collector.error(Code.BIBLIOGRAPHY_SYNTAX, Span(file), message, "write .bib, .json or .yaml")


def _of_bibtex(text: str, file: str, collector: Collector) -> Iterator[Work]:
    def tell(line: int, message: str) -> None:
        collector.error(Code.BIBLIOGRAPHY_SYNTAX, Span(file, line), message)

    for entry in read_bibtex(text, tell):
        yield from _work(csl_record(entry.type, entry.key, entry.fields), Span(file, entry.line), collector)


def _of_json(text: str, file: str, collector: Collector) -> Iterator[Work]:
    try:
        data = json.loads(text)
    except ValueError as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        message = f"the JSON can't be read: {getattr(error, 'msg', error)}"
        collector.error(Code.BIBLIOGRAPHY_SYNTAX, Span(file, line, column), message)
        return
    except RecursionError:
        collector.error(Code.BIBLIOGRAPHY_SYNTAX, Span(file), "the JSON is nested too deep")
        return
    lines = [text.count("\n", 0, match.start()) + 1 for match in re.finditer(r'"id"\s*:', text)]
    members = _list_of(data, file, collector)
    for at, record in enumerate(members):
        yield from _work(record, Span(file, lines[at] if len(lines) == len(members) else 1), collector)


def _of_yaml(text: str, file: str, collector: Collector) -> Iterator[Work]:
    body = re.sub(r"\A---[ \t]*$|^(---|\.\.\.)[ \t]*\s*\Z", "", text, flags=re.MULTILINE)  # as Pandoc's files have it
    loaded = records.load_yaml(body, file, collector)
    if loaded is None:
        return
    data, marks = loaded
    root = ("references",) if isinstance(data, dict) else ()
    for at, record in enumerate(_list_of(data, file, collector)):
        yield from _work(record, marks.of_value((*root, at)), collector)


def _list_of(data: Any, file: str, collector: Collector) -> list[Any]:
    members = data.get("references", data.get("items")) if isinstance(data, dict) else data
    if isinstance(members, list):
        return members
    collector.error(Code.BIBLIOGRAPHY_SYNTAX, Span(file), "a bibliography must be a list of records")
    return []


def _work(record: Any, span: Span, collector: Collector) -> Iterator[Work]:
    def tell(message: str) -> None:
        collector.error(Code.BIBLIOGRAPHY_SYNTAX, span, message)

    work = work_of(record, tell, span=span)
    if work:
        yield work

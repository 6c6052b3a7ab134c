"""editions/*.json: the words of earlier editions, kept by the author when each was released."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.past import PastEdition, PastUnit
from mathbook.project import Project
from mathbook.source.text_file import read_text_file

_TEXTS = ("id", "number", "title", "revised", "seed")
_LISTS = ("lines", "private")


def read_editions(project: Project, collector: Collector) -> tuple[PastEdition, ...]:
    """Return the kept editions, the earliest first. What can't be read is told, and left out."""
    paths = sorted(project.editions.glob("*.json"))
    found = [edition for path in paths if (edition := read_edition(path, project, collector))]
    return tuple(sorted(found, key=lambda edition: (edition.date, natural(edition.edition))))


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Return what a name is sorted by: 2.10 comes behind 2.9."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def read_edition(path: Path, project: Project, collector: Collector) -> PastEdition | None:
    """Return the edition that a file of the project keeps, or None after telling what is wrong with it."""
    file = project.name_of(path)
    text = read_text_file(path, project, collector)
    if text is None:
        return None
    try:
        return edition_of(json.loads(text))
    except (ValueError, KeyError, TypeError, RecursionError):
        message = "this is no edition that mathbook has kept"
        collector.error(Code.EDITION_SYNTAX, Span(file), message, "restore it, or remove it")
        return None


def edition_of(data: Any) -> PastEdition:
    """Return the edition of its record. Raises KeyError, TypeError or ValueError."""
    units = tuple(_unit(record) for record in data["units"])
    return PastEdition(_text(data["edition"]), _text(data["date"]), units)


def _unit(record: Any) -> PastUnit:
    texts = {name: _text(record.get(name, "")) for name in _TEXTS}
    lists = {name: tuple(_text(line) for line in record.get(name, ())) for name in _LISTS}
    return PastUnit(**texts, lines=lists["lines"], private=lists["private"])


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def edition_text(edition: PastEdition) -> str:
    """Return the file that keeps the edition: JSON, a line a paragraph, so that its versions can be compared."""
    kept = (*_TEXTS, *_LISTS)
    units = [{name: value for name, value in asdict(unit).items() if value and name in kept} for unit in edition.units]
    record = {"edition": edition.edition, "date": edition.date, "units": units}
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def file_name(edition: str) -> str:
    """Return what an edition's file is called."""
    return re.sub(r"[^\w.-]+", "-", edition).strip("-.") + ".json"

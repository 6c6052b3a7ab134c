"""What a format must say of a unit, in short: the texts of its passages, its links, its place in the ledger.

It is all that is needed of a unit that a file was found to say before; laying a file beside a unit takes its passages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mathbook.document.book import FormatName, Unit
from mathbook.document.edition import Edition
from mathbook.document.fingerprint import fingerprint
from mathbook.document.ledger import UnitRecord, unit_as_record, unit_from, unit_record
from mathbook.document.memo import Memo
from mathbook.document.passage import Passage
from mathbook.document.select import for_format, is_shown
from mathbook.verify.expect import unit_passages
from mathbook.verify.spelling import expected_text, expected_texts


@dataclass(frozen=True, slots=True)
class Line:
    """A passage's text in its usual form, its other forms, and whether it is a picture."""

    text: str
    forms: tuple[str, ...] = ()
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A unit in short; `key` stands for all that it says in this format. `links` are its blocks with their links."""

    key: str
    unit: str
    title: Passage
    lines: tuple[Line, ...]
    links: tuple[tuple[str, str], ...]
    record: UnitRecord


def wanted_of(edition: Edition, format_name: FormatName, memo: Memo, prints: Sequence[str] = ()) -> list[Wanted]:
    """Return what the format must say of each unit that it shows; `prints` are the units' fingerprints, if known."""
    prints = prints or [fingerprint(unit) for unit in edition.units]
    around = (edition.meta.language, edition.audience, format_name)
    found = []
    for unit, unit_print in zip(edition.units, prints, strict=True):
        key = fingerprint((unit_print, *around))
        kept = memo.recall(f"wanted-{key}")
        wanted = _unpacked(kept, key) if kept else _wanted(unit, edition, format_name, key)
        if not kept:
            memo.keep(f"wanted-{key}", _packed(wanted))
        if wanted:
            found.append(wanted)
    return found


def _wanted(unit: Unit, edition: Edition, format_name: FormatName, key: str) -> Wanted | None:
    if not is_shown(unit, for_format(unit, format_name)):
        return None
    passages = list(unit_passages(unit, edition.meta.language, edition.audience, format_name))
    return Wanted(
        key,
        unit.id,
        passages[0],
        tuple(_line(passage, format_name) for passage in passages),
        tuple(dict.fromkeys((passage.block, link) for passage in passages for link in passage.links)),
        unit_record(unit, edition.meta.language),
    )


def _line(passage: Passage, format_name: FormatName) -> Line:
    text = expected_text(passage, format_name)
    others = tuple(sorted(expected_texts(passage, format_name) - {text}))
    return Line(text, others, passage.role == "figure")


def _packed(wanted: Wanted | None) -> bytes:
    if wanted is None:
        return b"null"
    title = wanted.title
    record = {
        "unit": wanted.unit,
        "title": [title.words, title.formulas, title.label, title.readings],
        "lines": [[line.text, line.forms, line.is_picture] for line in wanted.lines],
        "links": wanted.links,
        "record": unit_as_record(wanted.record),
    }
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _unpacked(data: bytes, key: str) -> Wanted | None:
    record: dict[str, Any] | None = json.loads(data.decode("utf-8", "surrogatepass"))
    if record is None:
        return None
    words, formulas, label, readings = record["title"]
    read = tuple(tuple(forms) for forms in readings)
    title = Passage("title", words, tuple(formulas), unit=record["unit"], label=label, readings=read)
    lines = tuple(Line(text, tuple(forms), is_picture) for text, forms, is_picture in record["lines"])
    unit = unit_from(record["unit"], record["record"])
    links = tuple((block, link) for block, link in record["links"])
    return Wanted(key, record["unit"], title, lines, links, unit)

"""The ledger: what was published, unit by unit and block by block. It stands in dist/ and travels inside each file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from mathbook.document.book import Example, Unit
from mathbook.document.edition import Edition
from mathbook.document.fingerprint import fingerprint, fingerprints, identities
from mathbook.document.plain import plain
from mathbook.frozen import frozen

VERSION = 1
"""The version of the ledger's form; a reader refuses others."""
READING = 3
"""The version of what readers tell of pages and slides as a whole: a hash of what another one told says nothing."""


@frozen
class BlockRecord:
    """A block: its identity, its kind in lower case ("paragraph") and the fingerprint of its content.

    `where` has the block's places by format: "page 3", "unit-a.xhtml", "slide 12, notes"; more than one are joined by
    "; ".
    """

    id: str
    kind: str
    fingerprint: str
    where: tuple[tuple[str, str], ...] = ()


@frozen
class UnitRecord:
    """A unit; its fingerprint is that of all it holds, its places are where it begins."""

    id: str
    number: str
    title: str
    fingerprint: str
    blocks: tuple[BlockRecord, ...]
    where: tuple[tuple[str, str], ...] = ()


@frozen
class Part:
    """A page, a slide or its notes, as a reader found it when the file was made: `said` is a hash of all it says,
    `simple` of what a program makes of a slide that knows no formulas in a line, if that is something else.
    """

    place: str
    unit: str
    said: str
    simple: str = ""


@frozen
class Ledger:
    """What one edition for one audience says, and where. `parts` are those of the one file that carries the ledger, by
    the `reading` of that time; its `scope` is "book", or "unit" for a handout or a deck of one example.
    """

    title: str
    identifier: str
    edition: str
    date: str
    audience: str
    scope: str
    units: tuple[UnitRecord, ...]
    parts: tuple[Part, ...] = ()
    reading: int = READING


class NotALedger(ValueError):
    """The bytes are no ledger of ours, or one of another version."""


def ledger_of(edition: Edition) -> Ledger:
    """Return the edition's ledger, without places: they are known when its files were read back."""
    titles = {label.unit: label.caption for label in edition.labels if label.anchor == label.unit}
    language = edition.meta.language
    records = (unit_record(unit, language, title=titles.get(unit.id, "")) for unit in edition.units)
    return ledger_with(edition, tuple(records))


def ledger_with(edition: Edition, units: tuple[UnitRecord, ...]) -> Ledger:
    """Return the edition's ledger with these records of its units."""
    meta = edition.meta
    return Ledger(meta.title, meta.identifier, meta.edition, meta.date, edition.audience, edition.scope, units)


def unit_record(unit: Unit, language: str, unit_print: str = "", title: str = "") -> UnitRecord:
    """Return the unit's record, without places; `unit_print` is its fingerprint, if it is known, and so is `title` what
    it is called: here nobody knows how a formula is said.
    """
    number = unit.number if isinstance(unit, Example) else ""
    blocks = tuple(
        BlockRecord(name, type(block).__name__.lower(), told)
        for (name, block), told in zip(identities(unit), fingerprints(unit.blocks), strict=True)
    )
    return UnitRecord(unit.id, number, title or plain(unit.title, language), unit_print or fingerprint(unit), blocks)


def as_record(ledger: Ledger) -> dict[str, Any]:
    """Return the ledger as a JSON-ready record."""
    record = {
        "mathbook": VERSION,
        "title": ledger.title,
        "identifier": ledger.identifier,
        "edition": ledger.edition,
        "date": ledger.date,
        "audience": ledger.audience,
        "scope": ledger.scope,
        "units": {unit.id: unit_as_record(unit) for unit in ledger.units},
    }
    parts = [[part.place, part.unit, part.said, *filter(None, (part.simple,))] for part in ledger.parts]
    return {**record, "reading": ledger.reading, "parts": parts} if parts else record


def unit_as_record(unit: UnitRecord) -> dict[str, Any]:
    """Return the unit's record as a JSON-ready one."""
    return {
        "number": unit.number,
        "title": unit.title,
        "fingerprint": unit.fingerprint,
        "blocks": [
            {"id": block.id, "kind": block.kind, "fingerprint": block.fingerprint, **_places(block)}
            for block in unit.blocks
        ],
        **_places(unit),
    }


def _places(record: BlockRecord | UnitRecord) -> dict[str, dict[str, str]]:
    return {"where": dict(record.where)} if record.where else {}


def to_json(ledger: Ledger) -> bytes:
    """Return the ledger as the bytes that travel inside a file."""
    return joined(ledger, ((unit_text(unit), _all_places(unit)) for unit in ledger.units))


def _all_places(unit: UnitRecord) -> dict[str, str]:
    return {one: written(where) for one, where in _where_all(unit) if where}


@frozen
class UnitText:
    """A unit's record as it is written, without places: what stands before its blocks, and each block by its id."""

    id: str
    head: str
    blocks: tuple[tuple[str, str], ...]


@frozen
class Found:
    """A unit that was found in a file of one format: the places of its blocks by their ids, its own under no id."""

    text: UnitText
    places: Mapping[str, str]


def unit_text(unit: UnitRecord) -> UnitText:
    """Return the unit's record as it is written."""
    head = {"number": unit.number, "title": unit.title, "fingerprint": unit.fingerprint}
    blocks = (
        (block.id, written({"id": block.id, "kind": block.kind, "fingerprint": block.fingerprint})[:-1])
        for block in unit.blocks
    )
    return UnitText(unit.id, written(head)[1:-1], tuple(blocks))


def found_in(carried: bytes, format_name: str) -> list[Found]:
    """Return the units of the ledger that a file of this format carries."""
    return [Found(unit_text(unit), places_of(unit, format_name)) for unit in from_json(carried).units]


def places_of(unit: UnitRecord, format_name: str) -> dict[str, str]:
    """Return the places in the files of this format: of the unit's blocks by their ids, its own under no id."""
    return {one: where[format_name] for one, where in _where_all(unit) if format_name in where}


def _where_all(unit: UnitRecord) -> Iterator[tuple[str, dict[str, str]]]:
    yield "", dict(unit.where)
    yield from ((block.id, dict(block.where)) for block in unit.blocks)


def joined(ledger: Ledger, units: Iterable[tuple[UnitText, Mapping[str, str]]], between: str = "") -> bytes:
    """Return as bytes the ledger with these units in the place of its own, each with the places of its blocks by their
    ids, as they are written; those of the unit itself are under an empty id. Before each unit stands `between`.
    """
    texts = ",".join(f"{between}{written(unit.id)}:{_with_places(unit, places)}" for unit, places in units)
    record = as_record(replace(ledger, units=()))
    end = {key: record.pop(key) for key in ("reading", "parts") if key in record}
    del record["units"]
    behind = f",{written(end)[1:-1]}" if end else ""
    return f'{written(record)[:-1]},"units":{{{texts}}}{behind}}}'.encode()


def where_of(places: Iterable[Mapping[str, Mapping[str, str]]]) -> Iterator[dict[str, str]]:
    """Yield for each unit the places of its blocks as they are written; `places` has them by format and by block."""
    known: dict[str, str] = {}
    for formats in places:
        found: dict[str, str] = {}
        for name, blocks in sorted(formats.items()):
            for block, place in blocks.items():
                text = known.get(place) or known.setdefault(place, written(place))
                before = f"{found[block][:-1]}," if block in found else "{"
                found[block] = f'{before}"{name}":{text}}}'
        yield found


def _with_places(unit: UnitText, places: Mapping[str, str]) -> str:
    blocks = ",".join([
        f'{text},"where":{places[block]}}}' if block in places else f"{text}}}" for block, text in unit.blocks
    ])  # fmt: skip
    return f'{{{unit.head},"blocks":[{blocks}]{_where(places, "")}}}'


def _where(places: Mapping[str, str], block: str) -> str:
    return f',"where":{places[block]}' if block in places else ""


written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Returns a JSON-ready value as it is written in a file."""


def from_json(data: bytes) -> Ledger:
    """Return the ledger of such bytes, or of those of dist/ledger.json. Raises NotALedger."""
    try:
        record = json.loads(data)
        if record["mathbook"] != VERSION:
            raise NotALedger(f"a ledger of version {record['mathbook']}, and {VERSION} is known")
        return Ledger(
            title=str(record["title"]),
            identifier=str(record["identifier"]),
            edition=str(record["edition"]),
            date=str(record["date"]),
            audience=str(record["audience"]),
            scope=str(record["scope"]),
            units=tuple(unit_from(name, unit) for name, unit in record["units"].items()),
            parts=tuple(_part_from(*part) for part in record.get("parts", ())),
            reading=int(record.get("reading", READING)),
        )
    except NotALedger:
        raise
    except (KeyError, TypeError, AttributeError, RecursionError, ValueError) as error:
        raise NotALedger(f"no ledger: {error}") from error


def unit_from(name: str, record: Mapping[str, Any]) -> UnitRecord:
    """Return the record of the unit of this id from a JSON-ready one."""
    return UnitRecord(
        id=name,
        number=str(record["number"]),
        title=str(record["title"]),
        fingerprint=str(record["fingerprint"]),
        blocks=tuple(_block_from(block) for block in record["blocks"]),
        where=_pairs(record.get("where", {})),
    )


def _part_from(place: Any, unit: Any, said: Any, simple: Any = "") -> Part:
    return Part(str(place), str(unit), str(said), str(simple))


def _block_from(record: Mapping[str, Any]) -> BlockRecord:
    where = _pairs(record.get("where", {}))
    return BlockRecord(str(record["id"]), str(record["kind"]), str(record["fingerprint"]), where)


def _pairs(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(key), str(value)) for key, value in record.items()))

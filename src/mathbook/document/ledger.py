"""The ledger: what was published, unit by unit and block by block. It stands in dist/ and travels inside each file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mathbook.document.book import Example, Unit
from mathbook.document.edition import Edition
from mathbook.document.fingerprint import fingerprint, identities
from mathbook.document.plain import plain

VERSION = 1
"""The version of the ledger's form; a reader refuses others."""
READING = 1
"""The version of what readers tell of pages and slides as a whole: a hash of what another one told says nothing."""


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """A block: its identity, its kind in lower case ("paragraph") and the fingerprint of its content.

    `where` has the block's places by format: "page 3", "unit-a.xhtml", "slide 12, notes"; more than one are joined by
    "; ".
    """

    id: str
    kind: str
    fingerprint: str
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """A unit; its fingerprint is that of all it holds, its places are where it begins."""

    id: str
    number: str
    title: str
    fingerprint: str
    blocks: tuple[BlockRecord, ...]
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A page, a slide or its notes, as a reader found it when the file was made: `said` is a hash of all it says."""

    place: str
    unit: str
    said: str


@dataclass(frozen=True, slots=True)
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
    return ledger_with(edition, tuple(unit_record(unit, edition.meta.language) for unit in edition.units))


def ledger_with(edition: Edition, units: tuple[UnitRecord, ...]) -> Ledger:
    """Return the edition's ledger with these records of its units."""
    meta = edition.meta
    return Ledger(meta.title, meta.identifier, meta.edition, meta.date, edition.audience, edition.scope, units)


def unit_record(unit: Unit, language: str) -> UnitRecord:
    """Return the unit's record, without places."""
    number = unit.number if isinstance(unit, Example) else ""
    blocks = tuple(
        BlockRecord(name, type(block).__name__.lower(), fingerprint(block)) for name, block in identities(unit)
    )
    return UnitRecord(unit.id, number, plain(unit.title, language), fingerprint(unit), blocks)


def merged(first: Ledger, second: Ledger) -> Ledger:
    """Return the first ledger with the places of both: `second` is of the same edition, in another format."""
    others = {unit.id: unit for unit in second.units}
    units = tuple(_merged_unit(unit, others[unit.id]) if unit.id in others else unit for unit in first.units)
    return replace(first, units=units, parts=())


def _merged_unit(one: UnitRecord, two: UnitRecord) -> UnitRecord:
    places = {block.id: block.where for block in two.blocks}
    blocks = tuple(replace(block, where=_joined(block.where, places.get(block.id, ()))) for block in one.blocks)
    return replace(one, blocks=blocks, where=_joined(one.where, two.where))


def _joined(one: tuple[tuple[str, str], ...], two: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({**dict(one), **dict(two)}.items()))


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
    parts = [[part.place, part.unit, part.said] for part in ledger.parts]
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
    return json.dumps(as_record(ledger), ensure_ascii=False, separators=(",", ":")).encode()


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
            parts=tuple(Part(str(place), str(unit), str(said)) for place, unit, said in record.get("parts", ())),
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


def _block_from(record: Mapping[str, Any]) -> BlockRecord:
    where = _pairs(record.get("where", {}))
    return BlockRecord(str(record["id"]), str(record["kind"]), str(record["fingerprint"]), where)


def _pairs(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((str(key), str(value)) for key, value in record.items()))

"""What a format must say of a unit, in short: the texts of its passages, its links, its place in the ledger.

It is all that is needed of a unit that a file was found to say before; laying a file beside a unit takes its passages.
A part of it is unpacked when it is asked for: of a book of a thousand units most parts never are.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any

from mathbook.document.book import FormatName, Unit
from mathbook.document.edition import Edition
from mathbook.document.fingerprint import fingerprint
from mathbook.document.ledger import UnitText, unit_record, unit_text
from mathbook.document.memo import Memo
from mathbook.document.passage import Passage
from mathbook.document.select import for_format, is_shown
from mathbook.formula.plain_line import plain_line
from mathbook.frozen import frozen
from mathbook.verify.expect import unit_passages
from mathbook.verify.spelling import (
    expected_text,
    expected_texts,
    fixed_part,
    has_other_forms,
    is_said,
    spelled,
)

SIZE = 8
"""Bytes of a text's hash."""
_NOT_SHOWN = b"null"


@frozen
class Line:
    """A passage's text in its usual form, its other forms, and whether it is a picture."""

    text: str
    forms: tuple[str, ...] = ()
    is_picture: bool = False


@frozen
class Title:
    """A unit's title: the passage, the piece that every text has which is this title, and its usual texts."""

    passage: Passage
    fixed: str
    usual: frozenset[str]

    def is_in(self, text: str, format_name: FormatName) -> bool:
        """Return whether a found text is this title."""
        return text in self.usual or is_said(self.passage, text, format_name)


@dataclass(frozen=True)
class Wanted:
    """A unit in short, as it was packed; `key` stands for all that it says in this format. `passages` are those that
    it was made of, if that was just done.
    """

    key: str
    unit: str
    packed: tuple[bytes, ...]
    passages: tuple[Passage, ...] = field(default=(), compare=False, repr=False)

    @property
    def count(self) -> int:
        """How many passages the unit has."""
        return int(self.packed[0])

    @cached_property
    def title(self) -> Title:
        """The unit's title."""
        words, formulas, label, readings, fixed, usual = _loaded(self.packed[1])
        read = tuple(tuple(forms) for forms in readings)
        passage = Passage("title", words, tuple(formulas), unit=self.unit, label=label, readings=read)
        return Title(passage, fixed, frozenset(usual))

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Its blocks with their links."""
        if self.packed[2] == b"[]":
            return ()
        return tuple((block, link) for block, link in _loaded(self.packed[2]))

    @property
    def record(self) -> UnitText:
        """Its place in the ledger."""
        head, blocks = _loaded(self.packed[3])
        return UnitText(self.unit, head, tuple((block, text) for block, text in blocks))

    @property
    def hashes(self) -> memoryview:
        """The hashes of its texts, in all forms, but for its title's."""
        return memoryview(bytes.fromhex(self.packed[4].decode("ascii"))).cast("Q")

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The texts of its passages."""
        lines = _loaded(self.packed[5])
        return tuple(Line(text, tuple(forms), is_picture) for text, forms, is_picture in lines)


def wanted_of(edition: Edition, format_name: FormatName, memo: Memo, prints: Sequence[str] = ()) -> list[Wanted]:
    """Return what the format must say of each unit that it shows; `prints` are the units' fingerprints, if known."""
    found = []
    prints = prints or prints_of(edition)
    for unit, unit_print, key in zip(edition.units, prints, keys_of(edition, format_name, prints), strict=True):
        packed, passages = memo.recall(f"wanted-{key}"), list[Passage]()
        if packed is None:
            passages = _passages(unit, edition, format_name)
            packed = _packed(unit, unit_print, passages, edition, format_name)
            memo.keep(f"wanted-{key}", packed)
        if packed != _NOT_SHOWN:
            found.append(Wanted(key, unit.id, tuple(packed.split(b"\n")), tuple(passages)))
    return found


def prints_of(edition: Edition) -> list[str]:
    """Return the fingerprints of the edition's units."""
    return [fingerprint(unit) for unit in edition.units]


def keys_of(edition: Edition, format_name: FormatName, prints: Sequence[str] = ()) -> list[str]:
    """Return for each unit a key that stands for all that it says in this format."""
    alone_from = edition.alone_from if format_name == "pdf" else ""
    around = (edition.meta.language, edition.audience, format_name, alone_from)
    before = blake2b(repr(around).encode("utf-8", "surrogatepass"), digest_size=16)
    return [_continued(before, unit_print) for unit_print in prints or prints_of(edition)]


def _continued(before: blake2b, text: str) -> str:
    one = before.copy()
    one.update(text.encode("ascii"))
    return one.hexdigest()


def lines_of(unit: Unit, edition: Edition, format_name: FormatName) -> tuple[Line, ...]:
    """Return the texts of a unit's passages; none if the format doesn't show the unit."""
    return tuple(_line(passage, format_name) for passage in _passages(unit, edition, format_name))


def hash_of(text: str) -> int:
    """Return the hash by which a text is known among those of all units."""
    return int.from_bytes(_hash(text), sys.byteorder)


def _passages(unit: Unit, edition: Edition, format_name: FormatName) -> list[Passage]:
    if not is_shown(unit, for_format(unit, format_name)):
        return []
    return list(unit_passages(unit, edition, format_name))


def _line(passage: Passage, format_name: FormatName) -> Line:
    text = expected_text(passage, format_name)
    others = tuple(sorted(expected_texts(passage, format_name) - {text})) if has_other_forms(passage) else ()
    return Line(text, others, passage.role == "figure")


def _packed(
    unit: Unit, unit_print: str, passages: Sequence[Passage], edition: Edition, format_name: FormatName
) -> bytes:
    """Return the unit in short: a line for each part."""
    if not passages:
        return _NOT_SHOWN
    lines = [_line(passage, format_name) for passage in passages]
    language = edition.meta.language
    record = unit_text(unit_record(unit, language, unit_print, plain_line(unit.title, language)))
    links = dict.fromkeys((passage.block, link) for passage in passages for link in passage.links)
    return b"\n".join((
        str(len(lines)).encode("ascii"),
        _dumped(_packed_title(passages[0], lines[0].text, format_name)),
        _dumped(list(links)),
        _dumped([record.head, record.blocks]),
        b"".join(map(_hash, _texts(lines[1:]))).hex().encode("ascii"),
        _dumped([[line.text, line.forms, line.is_picture] for line in lines]),
    ))  # fmt: skip


def _packed_title(title: Passage, text: str, format_name: FormatName) -> list[object]:
    label = spelled(title.label, format_name)
    labels = (label, label.upper()) if label else ()  # print sets it in capitals
    usual = sorted({text, *(f"{one}{sign}{text}" for one in labels for sign in ("", ":", "."))})
    usual = [one for one in usual if text and is_said(title, one, format_name)]
    return [title.words, title.formulas, title.label, title.readings, fixed_part(title, format_name), usual]


def _texts(lines: Iterable[Line]) -> list[str]:
    return list(dict.fromkeys(text for line in lines for text in (line.text, *line.forms)))


def _hash(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=SIZE).digest()


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _loaded(data: bytes) -> Any:
    return json.loads(data.decode("utf-8", "surrogatepass"))

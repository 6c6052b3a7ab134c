"""The record of a deck inside the deck: what its slides said when they were written (docs/analysis/pptx-record.md).

It travels as a custom XML part, which PowerPoint and python-pptx keep, and as a document property, which LibreOffice
keeps, too. A unit's slides are packed when the unit is compiled; the linker only joins them.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from lxml import etree

from mathbook.archive.member import Chunk, Member, joined
from mathbook.deck.shapes import slide_of
from mathbook.deck.xml import DECLARATION, attribute, escaped
from mathbook.document.edition import Edition
from mathbook.document.memo import Memo
from mathbook.document.talk import TalkRecord, TalkSlide, TalkUnit, slide_as_data, slide_from_data

NAMESPACE = "urn:mathbook:record:1"
PART = "customXml/mathbook.xml"
PROPERTIES = "docProps/custom.xml"
LONGEST_PROPERTY = 250_000
"""Characters of a document property; a larger record travels in its part alone."""
_LARGEST = 400_000_000


class NoRecord(ValueError):
    """There is no record, or it can't be read."""


def slide_said(xml: str, notes: str, digests: Mapping[str, str]) -> bytes:
    """Return what a slide says that was just written, as JSON; `digests` are its pictures' hashes by relationship."""
    root = etree.fromstring(xml.encode("utf-8"))
    spoken = etree.fromstring(notes.encode("utf-8")) if notes else None
    slide = slide_as_data(slide_of(root, spoken, lambda name: digests.get(name, "")))
    return json.dumps(slide, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def slide_said_again(memo: Memo, xml: str, notes: str, digests: Mapping[str, str]) -> bytes:
    """Return the same: what the memo knows of such a slide, if it does."""
    told = repr((xml, notes, sorted(digests.items()))).encode("utf-8", "surrogatepass")
    key = f"said-{blake2b(told, digest_size=16).hexdigest()}"
    if (kept := memo.recall(key)) is not None:
        return kept
    said = slide_said(xml, notes, digests)
    memo.keep(key, said)
    return said


def pack_slides(said: Iterable[bytes]) -> bytes:
    """Return what slides say as a short run of ASCII letters."""
    return b64encode(zlib.compress(b"[%b]" % b",".join(said), 9))


def _unpack_slides(packed: str) -> tuple[TalkSlide, ...]:
    inflater = zlib.decompressobj()
    data = inflater.decompress(b64decode(packed, validate=True), _LARGEST)
    return tuple(slide_from_data(slide) for slide in json.loads(data))


def record_chunks(edition: Edition, units: Iterable[tuple[str, str, Chunk]]) -> list[Chunk]:
    """Return the record of a deck, JSON, in chunks; `units` are ids, titles and packed slides, in order."""
    meta = edition.meta
    head = {
        "book": meta.identifier or meta.title,
        "title": meta.title,
        "edition": meta.edition,
        "date": meta.date,
        "audience": edition.audience,
        "scope": edition.scope,
    }
    chunks = [_plain(f'{_json(head)[:-1]},"units":[')]
    for at, (name, title, said) in enumerate(units):
        chunks += [_plain(f'{"," if at else ""}{_json([name, title])[:-1]},"'), said, _plain('"]')]
    return [*chunks, _plain("]}")]


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


def _plain(text: str) -> Chunk:
    return text.encode("ascii"), b""


def record_part(chunks: list[Chunk]) -> Member:
    """Return the custom XML part. What is deflated already, packed slides, holds no letter that XML knows."""
    start, end = f'{DECLARATION}<record xmlns="{NAMESPACE}">', "</record>"
    inside = ((content, packed) if packed else _plain(escaped(content.decode("ascii"))) for content, packed in chunks)
    return joined([_plain(start), *inside, _plain(end)])


def record_property(chunks: list[Chunk]) -> str:
    """Return docProps/custom.xml with the record as its property (ECMA-376 part 1, 22.3)."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    text = b"".join(content for content, _ in chunks).decode("ascii")
    return (
        f'{DECLARATION}<Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">'
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name={attribute(NAMESPACE)}>'
        f"<vt:lpwstr>{escaped(text)}</vt:lpwstr></property></Properties>"
    )


def read_record(text: str) -> TalkRecord:
    """Return the record. Raises NoRecord."""
    try:
        data = json.loads(text)
        units = tuple(TalkUnit(name, title, _unpack_slides(packed)) for name, title, packed in data["units"])
        book, title, edition, date = (str(data[name]) for name in ("book", "title", "edition", "date"))
        return TalkRecord(book, title, edition, date, data["audience"], data["scope"], units)
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise NoRecord(str(error)) from None

"""The ledger put into a finished PDF: an attachment, appended as an incremental update (ISO 32000-1, 7.5.6).

Nothing that was written before changes, so that it takes the same time whatever the book's length.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, String

from mathbook.frozen import frozen
from mathbook.pdf.deflated import LEVEL
from mathbook.pdf.raw_file import NotKnown, number_at, stream_at

LEDGER_NAME = "mathbook.json"


def seal(path: Path, ledger: bytes) -> int:
    """Append the ledger as an attachment, with the names that PDF/UA-1 asks for (ISO 14289-1, 7.11). Return how many
    bytes, from the first, are as they were.
    """
    data = path.read_bytes()
    ending = _as_linked(data) or _as_saved(path)
    first = ending.size
    objects = {
        ending.root: ending.catalog,
        first: _stream(b"/Type /EmbeddedFile /Subtype /application#2Fjson", ledger, len(ledger)),
        first + 1: _file_specification(first),
    }
    trailer = ending.trailer
    update, offsets = bytearray(b"\n"), {}
    for number, body in objects.items():
        offsets[number] = len(data) + len(update)
        update += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    update += _cross_references(offsets, first + 2, len(data) + len(update), ending.root, trailer, data)
    with path.open("ab") as file:
        file.write(update)
    return len(data)


@frozen
class _Ending:
    """What has to be known of a file: how many numbers it has, its catalog's, that one's new text, the trailer's rest.

    The new catalog has the attachment, whose specification comes behind one other object.
    """

    size: int
    root: int
    catalog: bytes
    trailer: dict[str, bytes]


_ROOT = b"\n1 0 obj\n"
_NAMES = b"/Names << "


def _as_linked(data: bytes) -> _Ending | None:
    """Return the ending of a file that the linker wrote: the catalog stands before the cross-references. None for
    another's.
    """
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    begin = data.rfind(_ROOT, 0, start)
    catalog, end, behind = data[begin + len(_ROOT) : start].partition(b"\nendobj\n")
    try:
        entries, _ = stream_at(data, start)
    except NotKnown:
        return None
    info, identifier = re.search(rb"/Info \d+ 0 R", entries), re.search(rb"/ID (\[[^\]]*\])", entries)
    is_whole = begin >= 0 and end and not behind and b"/Root 1 0 R" in entries and b"/Prev" not in entries
    if not (is_whole and info and identifier) or catalog.count(_NAMES) != 1 or b"/AF" in catalog:
        return None
    size = number_at(entries, b"/Size")
    told = b"/AF [%d 0 R] %b%b " % (size + 1, _NAMES, _attached(size + 1))
    trailer = {"/Info": info[0].partition(b" ")[2], "/ID": identifier[1]}
    return _Ending(size, 1, catalog.replace(_NAMES, told), trailer)


def _as_saved(path: Path) -> _Ending:
    """Return the ending of any file."""
    with pikepdf.open(path) as pdf:
        size = int(pdf.trailer.Size)
        trailer = {key: pdf.trailer[key].unparse() for key in ("/Info", "/ID") if key in pdf.trailer}
        return _Ending(size, pdf.Root.objgen[0], _catalog(pdf.Root, size + 1), trailer)


def _attached(specification: int) -> bytes:
    return b"/EmbeddedFiles << /Names [%b %d 0 R] >>" % (String(LEDGER_NAME).unparse(), specification)


def _catalog(root: Any, specification: int) -> bytes:
    """Return the catalog with the attachment among its names and its associated files (ISO 19005-3, 6.8)."""
    names = root.get("/Names", Dictionary())
    kept = b" ".join(_entry(key, names[key]) for key in sorted(names.keys()) if key != "/EmbeddedFiles")
    own = _attached(specification)
    rest = b" ".join(_entry(key, root[key]) for key in sorted(root.keys()) if key != "/Names")
    return b"<< %b /AF [%d 0 R] /Names << %b %b >> >>" % (rest, specification, kept, own)


def _entry(key: str, value: Any) -> bytes:
    return key.encode() + b" " + (pikepdf.Object.unparse(value) if isinstance(value, pikepdf.Object) else _plain(value))


def _plain(value: object) -> bytes:
    """Return what pikepdf gives as a Python value: a number or a truth value."""
    return (str(value).lower() if isinstance(value, bool) else str(value)).encode()


def _stream(head: bytes, data: bytes, size: int) -> bytes:
    packed = zlib.compress(data, LEVEL)
    body = b"<< %b /Params << /Size %d >> /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream"
    return body % (head, size, len(packed), packed)


def _file_specification(stream: int) -> bytes:
    name, words = String(LEDGER_NAME).unparse(), String("What this file says, and where: for mathbook verify").unparse()
    head = b"/Type /Filespec /AFRelationship /Data /F %b /UF %b /Desc %b" % (name, name, words)
    return b"<< %b /EF << /F %d 0 R /UF %d 0 R >> >>" % (head, stream, stream)


def _cross_references(
    offsets: dict[int, int], own: int, at: int, root: int, trailer: dict[str, bytes], data: bytes
) -> bytes:
    """Return the update's cross-reference stream (ISO 32000-1, 7.5.8), which is also its trailer."""
    places = dict(sorted({**offsets, own: at}.items()))
    index = b" ".join(b"%d 1" % number for number in places)
    rows = b"".join(b"\x01" + place.to_bytes(5, "big") + b"\0" for place in places.values())
    more = b" ".join(key.encode() + b" " + value for key, value in trailer.items())
    before = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    head = b"/Type /XRef /Size %d /Root %d 0 R %b /Prev %d /W [1 5 1] /Index [%b] /Length %d" % (
        *(own + 1, root, more, before, index, len(rows)),
    )
    return b"%d 0 obj\n<< %b >>\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (own, head, rows, at)

"""A PDF written from its beginning to its end: objects in object streams, and a cross-reference stream behind them
(ISO 32000-1, 7.5.7 and 7.5.8). What is written is not held.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import IO, Any

from mathbook.pdf.deflated import LEVEL, Deflated

_FREE, _AT, _IN = 0, 1, 2
"""Kinds of entries: an object that isn't there, one at an offset, one in an object stream (table 18)."""
_NEVER = 0xFFFF
"""The entry of a number that is free, and is never to be used again."""
_WIDTH = 8
"""Bytes of an entry: one for its kind, five for an offset or a stream's number, two for an index."""
MOST_TOGETHER = 200
"""Objects in one object stream: to find one, a reader has to inflate what is before it."""


@dataclass(slots=True)
class FileWriter:
    """Numbers objects and writes them. The catalog has the number 1."""

    out: IO[bytes]
    version: str = "1.7"
    deflated: Deflated = field(default_factory=Deflated)
    """Deflates object streams: whoever writes the same ones again may know what becomes of them."""
    _entries: array[int] = field(default_factory=lambda: array("Q", [_NEVER]))
    _at: int = 0
    _digest: Any = field(default_factory=lambda: blake2b(digest_size=16))

    def __post_init__(self) -> None:
        self._write(f"%PDF-{self.version}\n".encode("ascii") + b"%\xe2\xe3\xcf\xd3\n")
        self.reserve(1)

    def reserve(self, count: int) -> int:
        """Return the first of so many new numbers. One that nothing is written for is free for ever (table 18)."""
        first = len(self._entries)
        self._entries.extend([_NEVER] * count)
        return first

    def put(self, numbers: Sequence[int], bodies: Sequence[bytes]) -> None:
        """Write objects that are no streams."""
        for start in range(0, len(numbers), MOST_TOGETHER):
            self._put_together(numbers[start : start + MOST_TOGETHER], bodies[start : start + MOST_TOGETHER])

    def put_new(self, body: bytes) -> int:
        """Write an object that is no stream; return its number."""
        number = self.reserve(1)
        self.put([number], [body])
        return number

    def put_stream(self, number: int, entries: bytes, data: bytes) -> None:
        """Write a stream with the entries of its dictionary but its length; the data are stored as they are."""
        self._entries[number] = _AT << 56 | self._at << 16
        self._write(
            b"%d 0 obj\n<< %b /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (number, entries, len(data), data)
        )

    def put_deflated(self, number: int, data: bytes, entries: bytes = b"") -> None:
        """Write a stream, deflated."""
        self.put_stream(number, entries + b" /Filter /FlateDecode", zlib.compress(data, LEVEL))

    def put_known(self, numbers: Sequence[int], key: bytes, make: Callable[[], Sequence[bytes]]) -> None:
        """Write objects that are no streams; `make` gives their texts if it isn't known yet what becomes of them: with
        these numbers, whatever has this key has the same.
        """
        bodies: list[Sequence[bytes]] = []
        for start in range(0, len(numbers), MOST_TOGETHER):
            some = numbers[start : start + MOST_TOGETHER]

            def joined(start: int = start, some: Sequence[int] = some) -> tuple[int, bytes]:
                if not bodies:
                    bodies.append(make())
                return _joined(some, bodies[0][start : start + MOST_TOGETHER])

            self._put_stored(some, *self.deflated.made(b"%d %b" % (start, key), joined))

    def _put_together(self, numbers: Sequence[int], bodies: Sequence[bytes]) -> None:
        first, data = _joined(numbers, bodies)
        self._put_stored(numbers, first, self.deflated.of(data))

    def _put_stored(self, numbers: Sequence[int], first: int, data: bytes) -> None:
        """Write an object stream, whose first object begins at `first`."""
        stream = self.reserve(1)
        for index, number in enumerate(numbers):
            self._entries[number] = _IN << 56 | stream << 16 | index
        entries = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (len(numbers), first)
        self.put_stream(stream, entries, data)

    def finish(self, catalog: bytes, info: bytes) -> None:
        """Write the catalog, the document information and the cross-references; nothing can be written after that."""
        told = self.put_new(info)
        self._entries[1] = _AT << 56 | self._at << 16
        self._write(b"1 0 obj\n%b\nendobj\n" % catalog)
        number, start, name = self.reserve(1), self._at, self._digest.hexdigest().encode("ascii")
        self._entries[number] = _AT << 56 | start << 16
        entries = b"/Type /XRef /Size %d /W [1 5 2] /Root 1 0 R /Info %d 0 R /ID [<%b> <%b>] %b" % (
            *(len(self._entries), told, name, name),
            b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns %d >>" % _WIDTH,
        )
        self.put_stream(number, entries, zlib.compress(self._rows(), LEVEL))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _rows(self) -> bytes:
        """Return the entries as rows that each say what differs from the one before (7.4.4.4, "Up")."""
        entries = array("Q", self._entries)
        if sys.byteorder == "little":
            entries.byteswap()
        now = entries.tobytes()
        differing = _less(now, bytes(_WIDTH) + now[:-_WIDTH])
        rows = bytearray((_WIDTH + 1) * len(entries))
        rows[0 :: _WIDTH + 1] = b"\x02" * len(entries)
        for at in range(_WIDTH):
            rows[at + 1 :: _WIDTH + 1] = differing[at::_WIDTH]
        return bytes(rows)

    def _write(self, data: bytes) -> None:
        self.out.write(data)
        self._digest.update(data)
        self._at += len(data)


def _joined(numbers: Sequence[int], bodies: Sequence[bytes]) -> tuple[int, bytes]:
    """Return where the first object begins, and what the stream holds: numbers with offsets, then objects (7.5.7)."""
    offset, places = 0, []
    for number, body in zip(numbers, bodies, strict=True):
        places.append(b"%d %d" % (number, offset))
        offset += len(body) + 1
    head = b" ".join(places) + b"\n"
    return len(head), head + b"\n".join(bodies)


def _less(one: bytes, other: bytes) -> bytes:
    """Return each byte less that of the other, modulo 256: all at once, as long numbers whose bytes don't borrow."""
    high = int.from_bytes(b"\x80" * len(one), "big")
    a, b = int.from_bytes(one, "big"), int.from_bytes(other, "big")
    return (((a | high) - (b & ~high)) ^ ((a ^ ~b) & high)).to_bytes(len(one), "big")

"""What is remembered from build to build, in one file of the cache; its checksums are looked at on each reading."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

_MAGIC = "mathbook-memo-3"
_SPARE = 65_536
"""Bytes that nobody asks for and that a file may hold, beside a quarter of what it holds, before it is written anew."""


@dataclass(slots=True)
class MemoFile:
    """Bytes by key. Those of another `code` (a hash of all code that made them) are forgotten, and sooner or later
    those that nobody asked for since the file was read. If it was not whole it is `damaged`.

    The file is a line and segments, each with its checksum. What is new is put behind the others as a segment: to write
    all of it anew takes a tenth of a build in which one example was added to a long book.
    """

    path: Path
    code: str
    damaged: bool = False
    _content: bytes = b""  # the file as it was read; nothing of it is copied that nobody asks for
    _places: dict[str, tuple[int, int]] | None = None
    _saved: dict[str, bytes] = field(default_factory=dict)
    _now: dict[str, bytes] = field(default_factory=dict)
    _kept: set[str] = field(default_factory=set)
    _length: int = 0  # bytes of the file as it was read or written, 0 if nothing may be put behind them

    def recall(self, key: str) -> bytes | None:
        """Return what was kept, or None."""
        if key not in self._now and (before := self._before(key)) is not None:
            self._now[key] = before
        return self._now.get(key)

    def keep(self, key: str, data: bytes) -> None:
        """Keep the bytes, once they are saved."""
        self._now[key] = data
        self._kept.add(key)

    def _before(self, key: str) -> bytes | None:
        """Return what the file has under the key."""
        place = self._known_places().get(key)
        return self._content[place[0] : place[1]] if place else self._saved.get(key)

    def _known_places(self) -> dict[str, tuple[int, int]]:
        """Return where what the file holds stands in its content; it is read when it is asked for."""
        if self._places is None:
            self._places = dict(self._read())
        return self._places

    def save(self, part: bool = False) -> None:
        """Write what is new, or all, if the file holds much else; a disk that doesn't take it costs time the next
        time. If nobody could ask for more than `part` of what it holds, nothing is forgotten.
        """
        if part:
            for key in (*self._known_places(), *self._saved):
                self.recall(key)
        news = {key: self._now[key] for key in self._kept if self._before(key) != self._now[key]}
        segment = _segment(news) if news else b""
        needed = sum(len(key) + len(data) for key, data in self._now.items())
        if self._length and self._length + len(segment) <= needed + needed // 4 + _SPARE:
            if segment:
                self._length = self._length + len(segment) if self._append(segment) else 0
        elif self.damaged or news or len(self._now) != len(self._known_places() or self._saved):
            whole = self._head() + _segment(self._now)
            self._length = len(whole) if write_whole(self.path, whole) else 0
        self._content, self._places, self._saved, self._kept = b"", {}, dict(self._now), set()

    def _append(self, segment: bytes) -> bool:
        """Put the segment behind what is there; return whether the disk took it. One that is cut off is no segment."""
        try:
            with self.path.open("r+b") as file:
                if file.seek(0, os.SEEK_END) != self._length:
                    return False
                file.write(segment)
        except OSError:
            return False
        return True

    def _head(self) -> bytes:
        return f"{_MAGIC} {self.code}\n".encode()

    def _read(self) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield the keys of what the file holds, and where: nothing if it isn't there, and nothing of a segment, nor of
        those behind it, in which a single bit is not as it was written.
        """
        try:
            data = self.path.read_bytes()
        except OSError:
            return
        head = self._head()
        if not data.startswith(head):
            return
        self._content = data
        at = len(head)
        while at < len(data):
            begin = data.find(b"\n", at) + 1
            size, _, checksum = data[at : begin - 1].partition(b" ")
            end = begin + int(size) if begin and size.isdigit() else len(data) + 1
            if end > len(data) or checksum != _checksum(memoryview(data)[begin:end]):
                self.damaged = True
                return
            yield from _entries(data, begin, end)
            at = end
        self._length = len(data)


def _segment(entries: Mapping[str, bytes]) -> bytes:
    body = b"".join(b"%s %d\n%s\n" % (key.encode(), len(data), data) for key, data in entries.items())
    return b"%d %s\n" % (len(body), _checksum(body)) + body


def _entries(data: bytes, at: int, end: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the keys of a segment's entries, and where they begin and end."""
    while at < end:
        begin = data.index(b"\n", at) + 1
        key, size = data[at : begin - 1].split(b" ")
        at = begin + int(size) + 1
        yield key.decode(), (begin, at - 1)


def write_whole(path: Path, data: bytes) -> bool:
    """Write the file whole or not at all; return whether the disk took it."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink()
        return False
    return True


def _checksum(body: bytes | memoryview) -> bytes:
    """Return the CRC-32: it is the disk that is feared, and a book of 1,000 examples has 50 MB to look at."""
    return b"%08x" % crc32(body)

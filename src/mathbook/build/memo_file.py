"""What is remembered from build to build, in one file of the cache; its checksums are looked at on each reading."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

_MAGIC = "mathbook-memo-2"
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
    _before: dict[str, bytes] | None = None
    _now: dict[str, bytes] = field(default_factory=dict)
    _length: int = 0  # bytes of the file as it was read or written, 0 if nothing may be put behind them

    def recall(self, key: str) -> bytes | None:
        """Return what was kept, or None."""
        if self._before is None:
            self._before = dict(self._read())
        if key not in self._now and key in self._before:
            self._now[key] = self._before[key]
        return self._now.get(key)

    def keep(self, key: str, data: bytes) -> None:
        """Keep the bytes, once they are saved."""
        self._now[key] = data

    def save(self, part: bool = False) -> None:
        """Write what is new, or all, if the file holds much else; a disk that doesn't take it costs time the next
        time. If nobody could ask for more than `part` of what it holds, nothing is forgotten.
        """
        before = self._before or {}
        if part:
            self._now = {**before, **self._now}
        news = {key: data for key, data in self._now.items() if before.get(key) != data}
        segment = _segment(news) if news else b""
        needed = sum(len(key) + len(data) for key, data in self._now.items())
        if self._length and self._length + len(segment) <= needed + needed // 4 + _SPARE:
            if segment:
                self._length = self._length + len(segment) if self._append(segment) else 0
        elif self.damaged or self._now != self._before:
            whole = self._head() + _segment(self._now)
            self._length = len(whole) if write_whole(self.path, whole) else 0
        self._before = dict(self._now)

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

    def _read(self) -> Iterator[tuple[str, bytes]]:
        """Yield what the file holds: nothing if it isn't there, and nothing of a segment, nor of those behind it, in
        which a single bit is not as it was written.
        """
        try:
            data = self.path.read_bytes()
        except OSError:
            return
        head = self._head()
        if not data.startswith(head):
            return
        at = len(head)
        while at < len(data):
            begin = data.find(b"\n", at) + 1
            size, _, checksum = data[at : begin - 1].partition(b" ")
            end = begin + int(size) if begin and size.isdigit() else len(data) + 1
            if end > len(data) or checksum != _checksum(body := data[begin:end]):
                self.damaged = True
                return
            yield from _entries(body)
            at = end
        self._length = len(data)


def _segment(entries: Mapping[str, bytes]) -> bytes:
    body = b"".join(b"%s %d\n%s\n" % (key.encode(), len(data), data) for key, data in entries.items())
    return b"%d %s\n" % (len(body), _checksum(body)) + body


def _entries(body: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at < len(body):
        end = body.index(b"\n", at)
        key, size = body[at:end].split(b" ")
        at = end + 2 + int(size)
        yield key.decode(), body[end + 1 : at - 1]


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


def _checksum(body: bytes) -> bytes:
    return blake2b(body, digest_size=32).hexdigest().encode()

"""What is remembered from build to build, in one file of the cache; its checksum is looked at on each reading."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

_MAGIC = "mathbook-memo-1"


@dataclass(slots=True)
class MemoFile:
    """Bytes by key. Those of another `code` (a hash of all code that made them) are forgotten, and those that nobody
    asked for since the file was read: the file holds what the last build needed. If it was not whole it is `damaged`.
    """

    path: Path
    code: str
    damaged: bool = False
    _before: dict[str, bytes] | None = None
    _now: dict[str, bytes] = field(default_factory=dict)

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

    def save(self) -> None:
        """Write the file, if it would hold something else; a disk that doesn't take it costs time the next time."""
        if self._now != self._before:
            body = b"".join(b"%s %d\n%s\n" % (key.encode(), len(data), data) for key, data in self._now.items())
            write_whole(self.path, f"{_MAGIC} {self.code} ".encode() + _checksum(body) + b"\n" + body)
            self._before = dict(self._now)

    def _read(self) -> Iterator[tuple[str, bytes]]:
        """Yield what the file holds: nothing if it isn't there, or if a single bit is not as it was written."""
        try:
            head, _, body = self.path.read_bytes().partition(b"\n")
        except OSError:
            return
        code, _, checksum = head.rpartition(b" ")
        if code != f"{_MAGIC} {self.code}".encode():
            return
        if checksum != _checksum(body):
            self.damaged = True
            return
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

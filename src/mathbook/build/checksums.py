"""Checksums of finished files, known without reading them if the file system says of them what it said before."""

from __future__ import annotations

import json
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from mathbook.build.publish import digest_of
from mathbook.document.memo import Memo

Mark: TypeAlias = list[int]
"""What changes when a file does: its size, when its content and when its record was changed, and its number."""
_KEY = "files"
_SETTLED = 2_000_000_000
"""Nanoseconds after which a change of a file shows in its times: a clock may stand still for as long."""


@dataclass(slots=True)
class Checksums:
    """The checksums of the files in a folder, by name, as the memo knows them."""

    folder: Path
    memo: Memo
    _known: dict[str, tuple[Mark, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = self.memo.recall(_KEY)
        self._known = {name: (mark, digest) for name, (mark, digest) in json.loads(kept).items()} if kept else {}

    def of(self, name: str) -> str:
        """Return the file's SHA-256, nothing if there is no file. Raises OSError."""
        path = self.folder / name
        mark = _mark(path)
        if not mark:
            return ""
        known = self._known.get(name)
        if known and known[0] == mark:
            return known[1]
        digest = digest_of(path)
        if mark[2] + _SETTLED < time.time_ns() and mark == _mark(path):
            self._known[name] = (mark, digest)
        return digest

    def keep(self, published: Mapping[str, str]) -> None:
        """Remember the checksums of what was published just now, and of nothing that isn't there any more."""
        self._known = {name: known for name, known in self._known.items() if published.get(name) == known[1]}
        for name, digest in published.items():
            if name not in self._known and (mark := _mark(self.folder / name)):
                self._known[name] = (mark, digest)
        self.memo.keep(_KEY, json.dumps(self._known, separators=(",", ":")).encode("ascii"))


def _mark(path: Path) -> Mark:
    """Return what the file system says of a regular file; nothing if there is none."""
    try:
        told = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return []
    if not stat.S_ISREG(told.st_mode):
        return []
    return [told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino]

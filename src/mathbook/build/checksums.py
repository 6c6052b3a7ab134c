"""Checksums of finished files, known without reading them if the file system says of them what it said before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mathbook.build.publish import digest_of
from mathbook.document.memo import Memo
from mathbook.project import Mark, is_settled, mark_of

_KEY = "files"


@dataclass(slots=True)
class Checksums:
    """The checksums of the files in a folder, by name, as the memo knows them."""

    folder: Path
    memo: Memo
    _known: dict[str, tuple[Mark, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = self.memo.recall(_KEY)
        self._known = {name: (tuple(mark), digest) for name, (mark, digest) in json.loads(kept).items()} if kept else {}

    def of(self, name: str) -> str:
        """Return the file's SHA-256, nothing if there is no file. Raises OSError."""
        path = self.folder / name
        mark = mark_of(path)
        if not mark:
            return ""
        known = self._known.get(name)
        if known and known[0] == mark:
            return known[1]
        digest = digest_of(path)
        if is_settled(mark) and mark == mark_of(path):
            self._known[name] = (mark, digest)
        return digest

    def keep(self, standing: Mapping[str, str], made: Mapping[str, str]) -> None:
        """Remember the checksums of what stood there and of what was made and published just now, and of nothing that
        isn't there any more.
        """
        known = {name: known for name, known in self._known.items() if standing.get(name) == known[1]}
        for name, digest in {**standing, **made}.items():
            if (name in made or name not in known) and (mark := mark_of(self.folder / name)):
                known[name] = (mark, digest)
        self._known = known
        self.memo.keep(_KEY, json.dumps(known, separators=(",", ":")).encode("ascii"))

"""Which finished files stand in dist/ byte for byte as linking them again would give them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path

from mathbook.build.before import Stands
from mathbook.build.cache import Cache, Finished, finished_of
from mathbook.build.checksums import Checksums
from mathbook.build.memo_file import MemoFile
from mathbook.build.outputs import Output
from mathbook.project import mark_of


@dataclass(slots=True)
class Standing:
    """What is remembered of the files in `dist`: what each was linked under, and how it came out. A build may ask for
    `part` of the files of a format and an audience; what is remembered of the others is kept then.
    """

    dist: Path
    cache: Cache
    part: bool = False
    _marks: MemoFile = field(init=False)
    _checksums: Checksums = field(init=False)
    _records: dict[tuple[str, str], MemoFile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        folder = blake2b(str(self.dist.resolve()).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        self._marks = self.cache.memo_of(f"checksums/{folder}", "")
        self._checksums = Checksums(self.dist, self._marks)

    def of(self, output: Output, key: str) -> Finished | None:
        """Return the file that was linked under the key if it stands there, whole and unchanged."""
        kept = self._record(output).recall(key)
        finished = finished_of(kept) if kept else None
        return finished if finished and self._checksums.of(output.name) == finished.digest else None

    def stands(self, output: Output) -> Stands | None:
        """Return the file of the output's name that stands there, whatever it was linked under, if it can be read."""
        path = self.dist / output.name
        mark, digest = mark_of(path), ""
        with contextlib.suppress(OSError):
            digest = self._checksums.of(output.name)
        return Stands(path, mark, digest) if mark and digest else None

    def take(self, output: Output, key: str, finished: Finished) -> None:
        """Remember a file that was linked."""
        self._record(output).keep(key, json.dumps(asdict(finished), sort_keys=True).encode("ascii"))

    def keep(self, stood: Mapping[str, str], made: Mapping[str, str]) -> None:
        """Write down what is remembered; `stood` are the checksums of the files that stay in dist, `made` of those that
        were put there. A disk that doesn't take it costs the next build the linking.
        """
        self._checksums.keep(stood, made)
        self._marks.save()
        for memo in self._records.values():
            memo.save(self.part)

    def _record(self, output: Output) -> MemoFile:
        """Return what is remembered of all files of the output's format and audience."""
        kind = (output.row.name, output.edition.audience)
        if kind not in self._records:
            self._records[kind] = self.cache.memo_of("/".join(("finished", *kind)), "")
        return self._records[kind]

"""What a linker may copy from: the file that it made the last time, if that stands in dist/ as it came out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mathbook.build.memo_file import MemoFile
from mathbook.document.before import Before
from mathbook.frozen import frozen
from mathbook.project import Mark, mark_of

_DIGEST = "finished"


@frozen
class Stands:
    """A file that stands in dist/, its mark, and the checksum that it had when it had this mark."""

    path: Path
    mark: Mark
    digest: str

    @property
    def unchanged(self) -> bool:
        """Whether the file system still says the same of it."""
        return mark_of(self.path) == self.mark


def before_of(keys: Sequence[str], memo: MemoFile, stands: Stands | None) -> Before:
    """Return what the linker may know: what stands in dist/ is copied, if it came out when the memo was saved."""
    kept = memo.recall(_DIGEST)
    is_that = stands is not None and kept == stands.digest.encode("ascii") and stands.unchanged
    return Before(keys, memo, stands.path if stands and is_that else None)


def remember(memo: MemoFile, digest: str) -> None:
    """Save what the linker has kept, with the finished file's checksum: one is never there without the other."""
    memo.keep(_DIGEST, digest.encode("ascii"))
    memo.save()

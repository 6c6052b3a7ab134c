"""What a linker may know of the last time that it made a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mathbook.document.memo import FORGETFUL, Memo
from mathbook.frozen import frozen


@frozen
class Before:
    """The keys of the fragments that are linked now (the same key, the same fragment), a memo, and the finished `file`
    as it came out, sealed, when the memo was kept. There is none if another file stands in its place, or nothing.
    """

    keys: Sequence[str]
    memo: Memo = FORGETFUL
    file: Path | None = None

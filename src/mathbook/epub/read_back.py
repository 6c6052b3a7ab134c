"""What a reader finds in a finished e-book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mathbook.document.passage import Passage
from mathbook.document.stretch import passages_of
from mathbook.epub.stretches import stretches


def read_back(path: Path) -> Iterator[Passage]:
    """Yield the passages of an e-book, in reading order. Raises UnsafeFile or ValueError if it can't be trusted."""
    with stretches(path, spots=True) as found:
        yield from passages_of(found)

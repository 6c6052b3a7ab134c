"""What a finished PDF says, page by page in the order of its tags, then what no tag has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mathbook.document.passage import Passage
from mathbook.document.stretch import passages_of
from mathbook.pdf.stretches import stretches


def read_back(path: Path) -> Iterator[Passage]:
    """Yield the passages of a PDF; a part of the file begins with each title."""
    with stretches(path) as pages:
        yield from passages_of(pages, titled=True)

"""What the finished handout of the slides says: it is a PDF, and read as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mathbook.document.passage import Passage
from mathbook.pdf import read_back as pdf


def read_back(path: Path) -> Iterator[Passage]:
    """Yield what a reader finds in the file, in reading order."""
    yield from pdf.read_back(path)

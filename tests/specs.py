"""The specifications in `tests/spec/`: a folder a kind of node or box, whose `in.md` is an example of a book.

What the books share (record, bibliography, glossary, a seed, a picture) is in `tests/spec/_book/`.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from mathbook.diagnostics import Collector
from mathbook.document.book import Book
from mathbook.project import Project
from mathbook.source.read import read_book

HERE = Path(__file__).parent / "spec"
SPECS = tuple(sorted(folder.name for folder in HERE.iterdir() if (folder / "in.md").is_file()))


def book_of(specs: Iterable[str], place: Path) -> Book:
    """Return the book that has the specifications for its examples, made in a new folder. Raises Stop."""
    shutil.copytree(HERE / "_book", place)
    (place / "manuscript/examples").mkdir()
    for number, name in enumerate(specs, start=1):
        shutil.copy(HERE / name / "in.md", place / f"manuscript/examples/{number:02}-{name}.md")
    collector = Collector()
    book = read_book(Project(place), collector)
    collector.stop_if_errors()
    assert book
    return book

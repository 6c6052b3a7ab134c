"""What a finished deck says, read with nothing but a zip and an XML reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mathbook.deck.stretches import stretches
from mathbook.document.passage import Passage
from mathbook.document.stretch import passages_of


def read_back(path: Path) -> Iterator[Passage]:
    """Yield what the deck says, slide by slide: title, text, tables, formulas, pictures, then the notes.

    A passage's `unit` is the section that its slide is in ("section 3"), or empty if the deck has no sections.
    Raises UnsafeFile.
    """
    with stretches(path) as slides:
        yield from passages_of(slides)

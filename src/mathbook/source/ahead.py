"""Many files parsed before the book is read, in other processes: these give back what a memory keeps.

Reading the book is the same with and without it: what isn't in the memory is parsed then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from pathlib import Path

from mathbook.diagnostics import Collector
from mathbook.document.book import Meta
from mathbook.document.memo import Gathering
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.source.book_file import read_meta
from mathbook.source.memory import Memory
from mathbook.source.read import parse_files, unknown_files
from mathbook.source.seed_file import SeedFile, read_seeds


@frozen
class Batch:
    """Files to be parsed, and what their texts may ask for."""

    project: Project
    meta: Meta
    seeds: dict[str, SeedFile]
    paths: tuple[Path, ...]

    def of(self, paths: Iterable[Path]) -> Batch:
        """Return a batch of other files of the same book."""
        return Batch(self.project, self.meta, self.seeds, tuple(paths))

    def divided(self, size: int) -> Sequence[Batch]:
        """Return batches of so many of the files."""
        return [self.of(self.paths[at : at + size]) for at in range(0, len(self.paths), size)]


@frozen
class Learnt:
    """What a memory is to keep of texts and of pictures."""

    texts: Gathering = field(default_factory=Gathering)
    pictures: Gathering = field(default_factory=Gathering)

    def pour_into(self, memory: Memory) -> None:
        """Have the memory keep it."""
        self.texts.pour_into(memory.texts_kept)
        self.pictures.pour_into(memory.pictures_kept)


def unknown(project: Project, memory: Memory) -> Batch | None:
    """Return the files that the memory doesn't know, or None if the book's record can't be read."""
    meta = read_meta(project, Collector())
    if meta is None:
        return None
    seeds = read_seeds(project, Collector(), memory.texts_kept)
    return Batch(project, meta, seeds, tuple(unknown_files(project, meta, memory)))


def parse(batch: Batch, memory: Memory) -> None:
    """Parse the files into the memory."""
    parse_files(batch.project, batch.meta, batch.seeds, batch.paths, memory)


def learnt(batch: Batch) -> Learnt:
    """Return what there is to know of the files."""
    made = Learnt()
    parse(batch, Memory(made.texts, made.pictures))
    return made

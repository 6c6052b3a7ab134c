"""What a file of the manuscript is read as, and what its text asked for outside of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mathbook.diagnostics import Diagnostic, Span
from mathbook.document.nodes import Block, Heading, Image, Inline
from mathbook.document.seeds import Seed

Said = str | int | tuple[str, ...]
"""A value of the front matter."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file of the manuscript: its id, its number (the file name's, where the front matter has none), its blocks.

    `said` is what else the front matter says of an example; the file is `sound` if nothing was wrong with it.
    """

    id: str
    number: int | None
    said: tuple[tuple[str, Said], ...]
    sound: bool
    title: tuple[Inline, ...]
    summary: str
    blocks: tuple[Block, ...]
    slug: str
    span: Span

    def only_unit(self, prefix: str) -> tuple[str, tuple[Inline, ...], tuple[Block, ...]]:
        """Return id, title and blocks of a file with one unit. Its first heading is the title, if it has one; its id is
        the front matter's, or the heading's, or made of the file's name.
        """
        parts = self.parts()
        heading, blocks = parts[0] if parts else (Heading(1, self.title), self.blocks)
        return self.id or heading.id.removeprefix(prefix) or self.slug, heading.children, blocks

    def parts(self) -> list[tuple[Heading, tuple[Block, ...]]]:
        """Return the parts that begin with a heading of the first level; what stands before belongs to the first."""
        starts = [at for at, block in enumerate(self.blocks) if isinstance(block, Heading) and block.level == 1]
        ends = [*starts[1:], len(self.blocks)] if starts else []
        parts = []
        for start, end in zip(starts, ends, strict=True):
            heading = self.blocks[start]
            assert isinstance(heading, Heading)
            before = self.blocks[:start] if start == starts[0] else ()
            parts.append((heading, (*before, *self.blocks[start + 1 : end])))
        return parts


@dataclass(frozen=True, slots=True)
class AskedPicture:
    """A picture that a text asked for, and what it got."""

    written: str
    span: Span
    image: Image | None


@dataclass(frozen=True, slots=True)
class AskedSeed:
    """The seed that a text asked for, and what it got."""

    name: str
    seed: Seed | None

    def is_still(self, seeds: Mapping[str, Seed]) -> bool:
        """Return whether it would get the same. What is told of a missing one depends on all that are there."""
        return not self.name or (self.seed is not None and seeds.get(self.name) == self.seed)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was read as, what was told of it, and what it asked for: with the same answers it reads the same."""

    parsed: Parsed
    diagnostics: tuple[Diagnostic, ...]
    seed: AskedSeed
    pictures: tuple[AskedPicture, ...]

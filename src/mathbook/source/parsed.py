"""What a file of the manuscript is read as, and what its text asked for outside of it."""

from __future__ import annotations

from collections.abc import Mapping

from mathbook.diagnostics import Diagnostic, Span
from mathbook.document.kept_nodes import KeptNodes
from mathbook.document.nodes import Block, Heading, Image, Inline
from mathbook.document.seeds import Seed
from mathbook.document.walk import found_in
from mathbook.frozen import frozen

Said = str | int | tuple[str, ...]
"""A value of the front matter."""


@frozen
class Part:
    """A part of a file that begins with a heading of the first level, whose id and words it has; `pictures` are the
    sources of those that it shows. What stands before the first heading belongs to the first part.
    """

    id: str
    title: KeptNodes
    blocks: KeptNodes
    span: Span
    pictures: tuple[str, ...]


@frozen
class Parsed:
    """A file of the manuscript: its id, its number (the file name's, where the front matter has none), its parts: one
    with the front matter's title, if it has no heading of the first level.

    `said` is what else the front matter says of an example; the file is `sound` if nothing was wrong with it.
    """

    id: str
    number: int | None
    said: tuple[tuple[str, Said], ...]
    sound: bool
    summary: str
    slug: str
    span: Span
    parts: tuple[Part, ...]

    def only_unit(self, prefix: str) -> tuple[str, Part]:
        """Return the id of a file with one unit, and its part: the id is the front matter's, or the heading's, or made
        of the file's name.
        """
        part = self.parts[0]
        return self.id or part.id.removeprefix(prefix) or self.slug, part


def parts_of(title: tuple[Inline, ...], blocks: tuple[Block, ...], span: Span) -> tuple[Part, ...]:
    """Return the parts of a file with these blocks, and this title in its front matter."""
    starts = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    if not starts:
        return (_part("", title, blocks, span),)
    parts = []
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        heading = blocks[start]
        assert isinstance(heading, Heading)
        before = blocks[:start] if start == starts[0] else ()
        parts.append(_part(heading.id, heading.children, (*before, *blocks[start + 1 : end]), heading.span))
    return tuple(parts)


def _part(name: str, title: tuple[Inline, ...], blocks: tuple[Block, ...], span: Span) -> Part:
    pictures = dict.fromkeys(image.source for image in found_in((title, blocks), Image))
    kept = KeptNodes.of(title, span.file), KeptNodes.of(blocks, span.file)
    return Part(name, *kept, span, tuple(pictures))


@frozen
class AskedPicture:
    """A picture that a text asked for, and what it got."""

    written: str
    span: Span
    image: Image | None


@frozen
class AskedSeed:
    """The seed that a text asked for, and what it got."""

    name: str
    seed: Seed | None

    def is_still(self, seeds: Mapping[str, Seed]) -> bool:
        """Return whether it would get the same. What is told of a missing one depends on all that are there."""
        return not self.name or (self.seed is not None and seeds.get(self.name) == self.seed)


@frozen
class Reading:
    """What a text was read as, what was told of it, and what it asked for: with the same answers it reads the same."""

    parsed: Parsed
    diagnostics: tuple[Diagnostic, ...]
    seed: AskedSeed
    pictures: tuple[AskedPicture, ...]

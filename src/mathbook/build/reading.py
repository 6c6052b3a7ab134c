"""Reading and resolving the book in a build: what the last one read and resolved is remembered in the cache."""

from __future__ import annotations

from dataclasses import dataclass, field

from mathbook.build.cache import Cache
from mathbook.build.events import Healed
from mathbook.build.keys import reading_code, resolving_code
from mathbook.diagnostics import Collector
from mathbook.document.book import Audience, Book
from mathbook.edition.memory import Remembered
from mathbook.edition.resolve import Resolution, resolve_again
from mathbook.project import Project
from mathbook.source.memory import Memory
from mathbook.source.read import read_book


@dataclass(slots=True)
class Memories:
    """What a process that builds again holds: what it read, and what it resolved for each audience."""

    read: Memory = field(default_factory=Memory)
    resolved: dict[Audience, Remembered] = field(default_factory=dict)


def read_again(
    project: Project, memories: Memories, cache: Cache, collector: Collector
) -> tuple[Book | None, list[Healed]]:
    """Return the book, or None if there is nothing to go on with, and which of its memories were damaged.

    What is wrong with the book is told to the collector, and is remembered too.
    """
    kept = {name: cache.memo_of(name, reading_code()) for name in ("texts", "pictures")}
    book = read_book(project, collector, memories.read.joined_with(**kept))
    for memo in kept.values():
        memo.save()
    return book, [Healed(name) for name, memo in kept.items() if memo.damaged]


def resolved_again(
    book: Book, audience: Audience, memories: Memories, cache: Cache, collector: Collector
) -> tuple[Resolution, list[Healed]]:
    """Return the book's edition for the audience, with its sketches, and whether the memory of it was damaged."""
    kept = cache.memo_of(f"units-{audience}", resolving_code())
    held = memories.resolved.setdefault(audience, Remembered())
    resolution = resolve_again(book, audience, collector, held.joined_with(kept))
    kept.save()
    return resolution, [Healed(f"units-{audience}")] if kept.damaged else []

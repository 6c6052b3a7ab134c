"""Reading the book in a build: what was read by the last one is remembered in the cache."""

from __future__ import annotations

from mathbook.build.cache import Cache
from mathbook.build.events import Healed
from mathbook.build.keys import reading_code
from mathbook.diagnostics import Collector
from mathbook.document.book import Book
from mathbook.project import Project
from mathbook.source.memory import Memory
from mathbook.source.read import read_book


def read_again(
    project: Project, memory: Memory, cache: Cache, collector: Collector
) -> tuple[Book | None, list[Healed]]:
    """Return the book, or None if there is nothing to go on with, and which of its memories were damaged.

    What is wrong with the book is told to the collector, and is remembered too.
    """
    kept = {name: cache.memo_of(name, reading_code()) for name in ("texts", "pictures")}
    book = read_book(project, collector, memory.joined_with(**kept))
    for memo in kept.values():
        memo.save()
    return book, [Healed(name) for name, memo in kept.items() if memo.damaged]

"""Reading and resolving the book in a build: what the last one read and resolved is remembered in the cache."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass, field

from mathbook.build.cache import Cache
from mathbook.build.events import Healed
from mathbook.build.keys import reading_code, resolving_code
from mathbook.build.pools import FRESH, Pools
from mathbook.diagnostics import Collector
from mathbook.document.book import Audience, Book
from mathbook.document.memo import Gathering
from mathbook.document.theme import Theme
from mathbook.edition.memory import Remembered
from mathbook.edition.resolve import Resolution, resolve_again
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.source.ahead import learnt, parse, unknown
from mathbook.source.memory import Memory
from mathbook.source.read import read_book
from mathbook.theme.load import load_theme


@dataclass(slots=True)
class Memories:
    """What a process that builds again holds: what it read, and what it resolved for each audience."""

    read: Memory = field(default_factory=Memory)
    resolved: dict[Audience, Remembered] = field(default_factory=dict)


HERE = 60
"""So many texts are parsed in this process, while workers begin; fewer aren't worth waiting for them."""
BATCH = 10
"""Texts that a worker parses in one go."""


@frozen
class Hands:
    """Who helps with much work: so many workers of the pools, which are for the `theme` of this name (empty: the
    book's); the `rooms` are those that they will need.
    """

    workers: int = 1
    pools: Pools = FRESH
    theme: str = ""
    rooms: tuple[str, ...] = ()


def read_again(
    project: Project, memories: Memories, cache: Cache, collector: Collector, hands: Hands = Hands()
) -> tuple[Book | None, list[Healed]]:
    """Return the book, or None if there is nothing to go on with, and which of its memories were damaged.

    What is wrong with the book is told to the collector, and is remembered too.
    """
    kept = {name: cache.memo_of(name, reading_code()) for name in ("texts", "pictures")}
    memory = memories.read.joined_with(**kept)
    if hands.workers > 1:
        _parse_ahead(project, memory, hands)
    book = read_book(project, collector, memory)
    memory.keep_keys()
    for memo in kept.values():
        memo.save()
    return book, [Healed(name) for name, memo in kept.items() if memo.damaged]


def _parse_ahead(project: Project, memory: Memory, hands: Hands) -> None:
    """Have the memory know the files, if it doesn't know many: some are parsed here, the rest by workers."""
    batch = unknown(project, memory)
    if batch is None or len(batch.paths) < BATCH:
        return
    if not hands.pools.are_quick:
        hands.pools.begin_soon(hands.rooms)
        parse(batch.of(batch.paths[:HERE]), memory)
        batch = batch.of(batch.paths[HERE:])
    theme = load_theme(hands.theme or batch.meta.theme, project.themes, Collector()) if batch.paths else None
    if theme is not None:
        rest = batch.divided(min(BATCH, -(-len(batch.paths) // hands.workers)))
        # what a worker that dies doesn't give back is parsed when the book is read
        with contextlib.suppress(BrokenExecutor), hands.pools.of(hands.workers, len(rest), theme) as pool:
            for one in pool.map(learnt, rest):
                one.pour_into(memory)


Ahead = Mapping[Audience, "Future[Gathering]"]
"""What workers find out of the book as audiences get it."""


def resolve_ahead(
    book: Book, audiences: Sequence[Audience], theme: Theme, memories: Memories, hands: Hands
) -> dict[Audience, Future[Gathering]]:
    """Have workers resolve a long book for audiences that nothing is held of, but for the first, if workers are there:
    then there was much to parse, and there is much to resolve.
    """
    fresh = [audience for audience in dict.fromkeys(audiences) if audience not in memories.resolved][1:]
    if not fresh or len(book.units) < HERE or hands.workers < 2 or not hands.pools.are_there:
        return {}
    with contextlib.suppress(BrokenExecutor), hands.pools.of(hands.workers, len(fresh), theme) as pool:
        return {audience: pool.submit(_resolved_there, book, audience) for audience in fresh}
    return {}


def _resolved_there(book: Book, audience: Audience) -> Gathering:
    gathered = Gathering()
    with contextlib.suppress(Exception):  # it is met again where it is told
        resolve_again(book, audience, Collector(), Remembered(gathered))
    return gathered


def resolved_again(
    book: Book, audience: Audience, memories: Memories, cache: Cache, collector: Collector, ahead: Ahead
) -> tuple[Resolution, list[Healed]]:
    """Return the book's edition for the audience, with its sketches, and whether the memory of it was damaged."""
    kept = cache.memo_of(f"units-{audience}", resolving_code())
    if audience in ahead:
        with contextlib.suppress(BrokenExecutor):
            ahead[audience].result().pour_into(kept)
    held = memories.resolved.setdefault(audience, Remembered())
    resolution = resolve_again(book, audience, collector, held.joined_with(kept))
    kept.save()
    return resolution, [Healed(f"units-{audience}")] if kept.damaged else []

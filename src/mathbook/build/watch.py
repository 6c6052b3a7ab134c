"""Watching: a build whenever a file of the manuscript was saved, in one process that remembers what it has read."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from mathbook.build.events import Event
from mathbook.build.make import Request, make
from mathbook.build.pools import LastingPools
from mathbook.build.reading import Memories
from mathbook.frozen import frozen
from mathbook.project import Project

PAUSE = 0.05
"""Seconds between two looks at the files; a save is over when one look finds what the look before found."""
SHARE = 20
"""A look takes no more than one part in so many of the time while nothing is saved."""

Stamps = dict[str, tuple[int, int]]
"""Files by name, with their times (ns) and sizes: they tell when to look, never what is built."""


@frozen
class Round:
    """A build in the watch: the files whose change began it, and its events as they happen."""

    changed: tuple[str, ...]
    events: Iterator[Event]


def rounds(project: Project, request: Request, saves: Callable[[], Iterator[Stamps]]) -> Iterator[Round]:
    """Yield a round at once, and one after each save. The caller goes through a round's events before the next.

    `saves` yields the files' stamps whenever they are new.
    """
    with contextlib.closing(LastingPools()) as pools:
        asked = replace(request, memories=Memories(), pools=pools)
        before: Stamps = {}
        for stamps in saves():
            yield Round(differing(before, stamps) if before else (), make(project, asked))
            before = stamps


def differing(before: Stamps, after: Stamps) -> tuple[str, ...]:
    """Return the names of the files that were added, changed or taken away."""
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))


def looked(project: Project, pause: float = PAUSE, sleep: Callable[[float], None] = time.sleep) -> Iterator[Stamps]:
    """Yield the stamps of the project's files at once, and then after every save, for ever."""
    known: Stamps | None = None
    while True:
        began = time.perf_counter()
        stamps = stamps_of(project)
        took = time.perf_counter() - began
        if stamps != known:
            while (again := _after(project, pause, sleep)) != stamps:
                stamps = again
            known = stamps
            yield stamps
        sleep(max(pause, SHARE * took))


def _after(project: Project, pause: float, sleep: Callable[[float], None]) -> Stamps:
    sleep(pause)
    return stamps_of(project)


def stamps_of(project: Project) -> Stamps:
    """Return the stamps of all files of the manuscript, the seeds and the project's themes."""
    folders = (project.manuscript, project.seeds, project.themes, project.editions)
    root = f"{project.root}{os.sep}"
    return {
        path.removeprefix(root).replace(os.sep, "/"): stamp
        for folder in folders
        for path, stamp in _stamps_below(str(folder))
    }


def _stamps_below(folder: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the files with their stamps: by what the folder itself tells, where it does, since this is done often."""
    try:
        with os.scandir(folder) as found:
            entries = [entry for entry in found if not entry.name.startswith(".")]
    except OSError:  # it isn't there, or is gone
        return
    for entry in entries:
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _stamps_below(entry.path)
            elif not entry.name.endswith(("~", ".swp", ".tmp")):
                status = entry.stat()
                yield entry.path, (status.st_mtime_ns, status.st_size)
        except OSError:  # gone since it was listed
            continue

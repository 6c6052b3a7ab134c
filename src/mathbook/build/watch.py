"""Watching: a build whenever a file of the manuscript was saved, in one process that remembers what it has read."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mathbook.build.events import Event
from mathbook.build.make import Request, make
from mathbook.build.pools import LastingPools
from mathbook.build.reading import Memories
from mathbook.project import Project

PAUSE = 0.2
"""Seconds between two looks at the files; a save is over when one look finds what the look before found."""

Stamps = dict[str, tuple[int, int]]
"""Files by name, with their times (ns) and sizes: they tell when to look, never what is built."""


@dataclass(frozen=True, slots=True)
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
        stamps = stamps_of(project)
        if stamps != known:
            while (again := _after(project, pause, sleep)) != stamps:
                stamps = again
            known = stamps
            yield stamps
        sleep(pause)


def _after(project: Project, pause: float, sleep: Callable[[float], None]) -> Stamps:
    sleep(pause)
    return stamps_of(project)


def stamps_of(project: Project) -> Stamps:
    """Return the stamps of all files of the manuscript, the seeds and the project's themes."""
    folders = (project.manuscript, project.seeds, project.themes, project.editions)
    return {project.name_of(path): stamp for folder in folders for path, stamp in _stamps_below(folder)}


def _stamps_below(folder: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(place, name)
            if not name.startswith(".") and not name.endswith(("~", ".swp", ".tmp")):
                try:
                    status = path.stat()
                except OSError:  # gone since it was listed
                    continue
                yield path, (status.st_mtime_ns, status.st_size)

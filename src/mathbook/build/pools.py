"""Pools of workers: processes with a limit to their memory, which end with their work or with their parent."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from mathbook.build.garbage import look_seldom
from mathbook.document.theme import Theme
from mathbook.frozen import frozen

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.process import BaseProcess

MEMORY = 4 * 1024**3
"""Bytes of address space that a worker may take."""

PATIENCE = 5
"""Seconds that a worker has to end in when it is told to."""


class Pools:
    """Gives pools; each ends with its work."""

    @property
    def are_there(self) -> bool:
        """Whether workers have begun already."""
        return False

    @property
    def are_quick(self) -> bool:
        """Whether workers are there as soon as they are asked for."""
        return self.are_there or _can_fork()

    @contextlib.contextmanager
    def of(self, workers: int, jobs: int, theme: Theme) -> Iterator[ProcessPoolExecutor]:
        """Give a pool for so many jobs. When the work is broken off its workers end at once, whatever they are at."""
        pool = _Pool.begun(min(workers, jobs), theme, _can_fork())
        try:
            yield pool.executor
        except BaseException:
            pool.kill()
            raise
        finally:
            pool.executor.shutdown()

    def begin_soon(self, rooms: Sequence[str]) -> None:
        """Have a process begin from which workers are forked, with what the rooms need, while nobody waits for it."""
        if os.name != "nt" and not self.are_there:
            from multiprocessing import forkserver  # not every system has it

            # "__main__" is what is imported there without being asked
            forkserver.set_forkserver_preload(["__main__", *_doors(rooms), *_ALWAYS])
            forkserver.ensure_running()

    def get_ready(self, workers: int, theme: Theme, rooms: Sequence[str]) -> None:
        """Do what the next work would have to wait for: nothing, where each pool ends with its work."""


FRESH = Pools()


class LastingPools(Pools):
    """Keeps a pool from one build to the next, for a process that builds again and again: its workers have their
    libraries, their fonts and the formulas that they have met. One whose work was broken off is not kept.
    """

    def __init__(self) -> None:
        self._pool: _Pool | None = None
        self._for: tuple[int, str, str] | None = None
        self._ready = False
        self._has_server = False

    @property
    def are_there(self) -> bool:
        """Whether workers have begun already."""
        return self._pool is not None

    @property
    def are_quick(self) -> bool:
        """Whether workers are there as soon as they are asked for."""
        return self.are_there or self._forks

    @property
    def _forks(self) -> bool:
        return not self._has_server and _can_fork()

    def begin_soon(self, rooms: Sequence[str]) -> None:
        """Have a process begin from which workers are forked, with what the rooms need, while nobody waits for it."""
        super().begin_soon(rooms)
        self._has_server = True

    @contextlib.contextmanager
    def of(self, workers: int, jobs: int, theme: Theme) -> Iterator[ProcessPoolExecutor]:
        """Give the pool that is there, if it is alive and for this theme, or a new one."""
        wanted = (workers, theme.name, theme.digest)
        if self._pool and (self._for != wanted or not self._pool.is_alive()):
            self.close()
        if self._pool is None:
            self._pool, self._for = _Pool.begun(workers, theme, self._forks), wanted
        try:
            yield self._pool.executor
        except BaseException:
            self.close()
            raise

    def get_ready(self, workers: int, theme: Theme, rooms: Sequence[str]) -> None:
        """Have the workers begin and import the rooms, once, while nobody waits for them."""
        if not self._ready:
            self._ready = True
            with self.of(workers, workers, theme) as pool:
                for _ in range(workers):
                    pool.submit(_import_rooms, rooms)

    def close(self) -> None:
        """End the workers, whatever they are at."""
        if self._pool:
            self._pool.kill()
        self._pool = None


@frozen
class _Pool:
    """A pool, and the processes that were there before it."""

    executor: ProcessPoolExecutor
    others: frozenset[BaseProcess]

    @classmethod
    def begun(cls, workers: int, theme: Theme, forks: bool) -> _Pool:
        """Return a new pool; its processes begin when they get work. If it `forks` they have what this one has."""
        import multiprocessing  # most builds need no workers
        from concurrent.futures import ProcessPoolExecutor

        method = "spawn" if os.name == "nt" else "fork" if forks else "forkserver"
        context = multiprocessing.get_context(method)
        others = frozenset(multiprocessing.active_children())
        executor = ProcessPoolExecutor(workers, context, _begin, (theme,))
        if forks:
            with _undisturbed():
                executor.submit(int)  # with the first job all doubles begin
        return cls(executor, others)

    def is_alive(self) -> bool:
        """Return whether the pool can take work: a worker that dies takes its pool with it."""
        try:
            self.executor.submit(int).result()
        except BrokenExecutor:
            return False
        return True

    def kill(self) -> None:
        """End the workers, and wait for their end: so nothing of the pool's own is left to meet a closed pipe.

        One may be ended with half of a result in the pool's pipe, whose other half is waited for as long as somebody
        could write it: this process is to be none of them.
        """
        import multiprocessing

        workers = set(multiprocessing.active_children()) - self.others
        for worker in workers:
            worker.terminate()
        results = getattr(self.executor, "_result_queue", None)  # CPython has no public way to it
        if results is not None:
            results._writer.close()
        self.executor.shutdown(cancel_futures=True)
        for worker in workers:
            worker.join(PATIENCE)


def _can_fork() -> bool:
    """Return whether this process can be doubled: on Linux, if it has no second thread, which could hold a lock that
    its double would wait for (on macOS a library may hold one without a thread).
    """
    try:
        return sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


_ENDS = (signal.SIGINT, signal.SIGTERM)
"""Signals that end a process."""


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back what would end this process: while it is doubled, an exception of a handler would be lost."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_here: dict[str, Theme] = {}
"""A worker's theme, sent once when it begins."""


def theme_here() -> Theme:
    """Return the worker's theme."""
    return _here["theme"]


DOORS = ("compile", "link", "stretches", "seal")


_ALWAYS = ("mathbook.build.executor", "mathbook.build.linking", "mathbook.source.ahead")
"""What every worker needs."""


def _doors(rooms: Sequence[str]) -> list[str]:
    return [name for room in rooms for door in DOORS if find_spec(name := f"{room}.{door}")]


def _import_rooms(rooms: Sequence[str]) -> None:
    for name in _doors(rooms):
        import_module(name)


def _begin(theme: Theme) -> None:
    _here["theme"] = theme
    look_seldom()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # what the parent does then is not for its double
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _end_with_parent() -> None:
    """Wait for the parent's end, however it comes: a worker without one would wait for work for ever."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    assert parent is not None, "a worker has a parent"
    parent.join()
    os._exit(1)

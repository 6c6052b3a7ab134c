"""Compiling in other processes: as many as there are cores, each with a limit to its memory and its time."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from mathbook.build.cluster import compile_there
from mathbook.build.jobs import Job, Result, compiled, failed
from mathbook.document.theme import Theme

MEMORY = 4 * 1024**3
"""Bytes of address space that a worker may take."""
SECONDS = 300
"""Seconds of work that a unit may take."""


def compile_all(jobs: Sequence[Job], theme: Theme, workers: int, elsewhere: Executor | None = None) -> Iterator[Result]:
    """Yield a result a job, in the order in which they are done: by workers here, or by an executor `elsewhere`."""
    if elsewhere is not None:
        yield from compile_there(jobs, theme, elsewhere)
        return
    if workers <= 1 or len(jobs) <= 1:
        yield from (compiled(job, theme) for job in jobs)
        return
    with pool_of(min(workers, len(jobs)), theme) as pool:
        pending = {pool.submit(_compile_here, job): job for job in jobs}
        lost: list[Job] = []
        for future in as_completed(pending):
            result = _result(future, pending[future])
            if result is None:
                lost.append(pending[future])
            else:
                yield result
    # a worker that dies takes the others' work with it: each of these gets a process of its own
    yield from (_alone(job, theme) for job in lost)


@contextlib.contextmanager
def pool_of(workers: int, theme: Theme) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of workers. When the work is broken off they end at once, whatever they are at."""
    context = multiprocessing.get_context("spawn" if os.name == "nt" else "forkserver")
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(workers, context, _begin, (theme,))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        raise
    finally:
        pool.shutdown()


def _result(future: Future[Result], job: Job) -> Result | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None
    except Exception as error:
        return failed(job, f"{type(error).__name__}: {error}")


def _alone(job: Job, theme: Theme) -> Result:
    with pool_of(1, theme) as pool:
        return _result(pool.submit(_compile_here, job), job) or failed(job, "the compiler's process died")


_here: dict[str, Theme] = {}
"""A worker's theme, sent once when it begins."""


def _begin(theme: Theme) -> None:
    _here["theme"] = theme
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to all; the parent decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _end_with_parent() -> None:
    """Wait for the parent's end, however it comes: a worker without one would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "a worker has a parent"
    parent.join()
    os._exit(1)


def _compile_here(job: Job) -> Result:
    _limit_time(SECONDS)
    gc.disable()  # a worker makes little garbage in cycles and ends soon: 16 % less time
    try:
        return compiled(job, _here["theme"])
    finally:
        _limit_time(0)
        gc.enable()
        gc.collect()


def _limit_time(seconds: int) -> None:
    """Let the process end when its job takes longer; 0 takes the limit away. Where there is no alarm, there is none."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)

"""Compiling in other processes: as many as there are cores, each job with a limit to its time."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, as_completed

from mathbook.build.cluster import compile_there
from mathbook.build.jobs import Job, Result, compiled, failed, raise_if_of_the_machine
from mathbook.build.pools import FRESH, Pools, theme_here
from mathbook.diagnostics import Stop
from mathbook.document.theme import Theme

SECONDS = 300
"""Seconds of work that a unit may take."""


def compile_all(
    jobs: Sequence[Job], theme: Theme, workers: int, elsewhere: Executor | None = None, pools: Pools = FRESH
) -> Iterator[Result]:
    """Yield a result a job, in the order in which they are done: by workers here, or by an executor `elsewhere`."""
    if elsewhere is not None:
        yield from compile_there(jobs, theme, elsewhere)
        return
    if workers <= 1 or len(jobs) <= 1:
        yield from (compiled(job, theme) for job in jobs)
        return
    with pools.of(workers, len(jobs), theme) as pool:
        pending = {pool.submit(_compile_here, job): job for job in jobs}
        lost: list[Job] = []
        for future in as_completed(pending):
            # a fragment is held no longer than it is needed: there are thousands
            job = pending.pop(future)
            result = _result(future, job)
            if result is None:
                lost.append(job)
            else:
                yield result
            del future, result
    # a worker that dies takes the others' work with it: each of these gets a process of its own
    yield from (_alone(job, theme) for job in lost)


def _result(future: Future[Result], job: Job) -> Result | None:
    try:
        return future.result()
    except BrokenExecutor:
        return None
    except Stop as stop:  # a picture changed before it was sent
        return Result(job, None, stop.diagnostics)
    except Exception as error:
        raise_if_of_the_machine(error, job)
        return failed(job, f"{type(error).__name__}: {error}")


def _alone(job: Job, theme: Theme) -> Result:
    with FRESH.of(1, 1, theme) as pool:
        return _result(pool.submit(_compile_here, job), job) or failed(job, "the compiler's process died")


def _compile_here(job: Job) -> Result:
    _limit_time(SECONDS)
    try:
        return compiled(job, theme_here())
    finally:
        _limit_time(0)


def _limit_time(seconds: int) -> None:
    """Let the process end when its job takes longer; 0 takes the limit away. Where there is no alarm, there is none."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)

"""Compiling on other machines: whatever gives a `concurrent.futures.Executor` will do; at a URL it is Dask's."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, as_completed

from mathbook.build.jobs import Job, Result, compiled, failed
from mathbook.build.keys import code_digest
from mathbook.document.theme import Theme

SCHEMES = ("tcp", "tls", "ws", "wss", "ucx", "inproc")
"""How a Dask scheduler can be reached."""
PATIENCE = 15
"""Seconds after which a scheduler that doesn't answer is given up."""


class NoExecutor(Exception):
    """There is nobody who would do the work; the message says why, and what to do."""


def is_address(url: str) -> bool:
    """Return whether the URL is one of a scheduler: tcp://scheduler:8786."""
    return bool(re.fullmatch(rf"({'|'.join(SCHEMES)})://[^\s/]+/?", url))


@contextlib.contextmanager
def executor_at(url: str) -> Iterator[Executor]:
    """Give the executor of the Dask scheduler at the URL. Raises NoExecutor."""
    try:
        from distributed import Client
    except ImportError:
        raise NoExecutor(
            "a cluster needs Dask, which is not installed; type: pip install 'mathbook[cluster]'"
        ) from None
    try:
        client = Client(url, timeout=PATIENCE)
    except (OSError, ValueError) as error:  # a TimeoutError is an OSError
        raise NoExecutor(f"no scheduler answers at {url}: {str(error) or type(error).__name__}") from None
    with client:
        yield client.get_executor(pure=False)


def compile_there(jobs: Sequence[Job], theme: Theme, executor: Executor) -> Iterator[Result]:
    """Yield a result a job, in the order in which they are done. Work that is broken off is taken back."""
    pending: dict[Future[Result], Job] = {}
    try:
        for job in jobs:
            pending[executor.submit(compile_here, job, theme, code_digest(job.row.rooms))] = job
        for future in as_completed(pending):
            try:
                yield future.result()
            except Exception as error:  # of the cluster: a worker that died, a connection that was lost
                yield failed(pending[future], f"{type(error).__name__}: {error}")
    finally:
        for future in pending:
            future.cancel()


def compile_here(job: Job, theme: Theme, code: str) -> Result:
    """Return the result of a job that another machine has sent, if this one has the code that the fragment's key names.

    Otherwise it would be kept there under a key that isn't its own.
    """
    if code_digest(job.row.rooms) != code:
        return failed(job, "the worker has another version of mathbook, or of a library that it uses")
    return compiled(job, theme)

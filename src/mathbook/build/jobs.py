"""A unit to be compiled for one format, and what becomes of it: done in any process, on any machine."""

from __future__ import annotations

import errno
from dataclasses import replace

from mathbook.diagnostics import Code, Diagnostic, Severity, Stop
from mathbook.document.book import Audience, Unit
from mathbook.document.edition import Options
from mathbook.document.fingerprint import fingerprint
from mathbook.document.fragment import Fragment
from mathbook.document.select import for_format
from mathbook.document.theme import Theme
from mathbook.document.walk import walk
from mathbook.formats import FormatRow
from mathbook.frozen import frozen

_MACHINE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM})


@frozen
class Job:
    """One unit of an edition to be compiled for one format, which shows all of it or a selection."""

    key: str
    unit: Unit
    options: Options
    row: FormatRow

    @property
    def audience(self) -> Audience:
        """Whom the fragment is for."""
        return self.options.audience


@frozen
class Result:
    """What became of a job: a fragment, or the diagnostics that say why there is none."""

    job: Job
    fragment: Fragment | None
    diagnostics: tuple[Diagnostic, ...] = ()


def compiled(job: Job, theme: Theme) -> Result:
    """Return the result of the job, done here and now."""
    try:
        selected = for_format(job.unit, job.row.content)
        fragment: Fragment = job.row.door("compile")(selected, theme, job.options)
        return Result(job, replace(fragment, lines=lines_of(job.unit)) if fragment.diagnostics else fragment)
    except Stop as stop:
        return Result(job, None, stop.diagnostics)
    except (Exception, RecursionError) as error:
        raise_if_of_the_machine(error, job)
        return failed(job, f"{type(error).__name__}: {error}")


def lines_of(unit: Unit) -> str:
    """Return a hash of where all of the unit stands in its file."""
    spans = [getattr(node, "span", None) for node in walk((unit.title, unit.blocks))]
    places = [(span.line, span.column) for span in (unit.span, *spans) if span is not None]
    return fingerprint((unit.span.file, places))


def raise_if_of_the_machine(error: BaseException, job: Job) -> None:
    """Raise an OSError that no manuscript can mend: the disk is full, or there are too many open files."""
    if isinstance(error, OSError) and error.errno in _MACHINE:
        where = error.filename or f"{job.unit.id}, compiled for {job.row.name}"
        raise OSError(error.errno, error.strerror, where) from None


def failed(job: Job, why: str) -> Result:
    """Return the result of a job that came to nothing."""
    message = f"{job.unit.id} could not be compiled for {job.row.name} ({job.audience}): {why}"
    return Result(job, None, (Diagnostic(Code.COMPILE_FAILED, Severity.ERROR, job.unit.span, message),))

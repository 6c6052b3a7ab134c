"""The line, in its order: read, resolve, compile, link, publish. Nothing here calls back; what happens is yielded."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mathbook.build.cache import Cache, Damaged
from mathbook.build.events import Compiled, Event, Healed, Linked, NotKept, Planned, Reused, Told, Waiting
from mathbook.build.executor import Job, compile_all
from mathbook.build.index_page import index_page
from mathbook.build.keys import fragment_key
from mathbook.build.publish import ledger_files, only_one, publish, staging, write_ledger
from mathbook.diagnostics import Collector, Diagnostic, Severity, Stop
from mathbook.document.book import Audience, Book, Example
from mathbook.document.edition import Edition, Options
from mathbook.document.fingerprint import fingerprint
from mathbook.document.fragment import Fragment
from mathbook.document.select import edition_for, for_format
from mathbook.document.theme import Theme
from mathbook.edition.resolve import resolve, standing_alone
from mathbook.formats import FormatRow, formats
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.theme.load import load_theme


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for; empty tuples and strings leave it to book.yaml."""

    formats: tuple[str, ...] = ()
    audiences: tuple[Audience, ...] = ()
    theme: str = ""
    out: Path | None = None
    workers: int = 1
    date: str = ""


def make(project: Project, request: Request) -> Iterator[Event]:
    """Build the book; yield what happens. Raises Stop with all diagnostics, leaving dist/ as it was."""
    dist, cache, collector = request.out or project.dist, Cache(project.cache), Collector()
    with contextlib.ExitStack() as held:
        yield from taken(project, held)
        book, theme, editions = _prepared(project, request, collector)
        yield from (Told(diagnostic) for diagnostic in collector.diagnostics)
        rows = [row for name, row in formats().items() if name in (request.formats or book.meta.outputs)]
        staged = held.enter_context(staging(dist))
        jobs = [job for edition in editions for row in rows for job in _jobs(edition, row, theme)]
        missing = yield from _missing(jobs, cache)
        yield Planned(len(jobs), len(missing))
        yield from _compile(missing, theme, cache, request.workers)
        for edition in editions:
            for row in rows:
                yield from _link(edition, row, theme, cache, staged)
        kept = _not_asked_for(dist, rows, editions)
        _complete(staged, book, editions, kept)
        yield from publish(staged, dist, kept)


def taken(project: Project, held: contextlib.ExitStack) -> Iterator[Waiting]:
    """Take the project's lock, for as long as `held` lasts; yield Waiting before, if another build has it."""
    folder = project.cache.parent
    try:
        held.enter_context(only_one(folder, wait=False))
    except BlockingIOError:
        yield Waiting()
        held.enter_context(only_one(folder))


def _prepared(project: Project, request: Request, collector: Collector) -> tuple[Book, Theme, list[Edition]]:
    """Return the book, its theme and its editions. Raises Stop if something is wrong with any of them."""
    book = read_book(project, collector)
    theme = load_theme(request.theme or (book.meta.theme if book else "lecture"), project.themes, collector)
    if book and request.date:
        book = replace(book, meta=replace(book.meta, date=request.date))
    audiences = request.audiences or (book.meta.audiences if book else ())
    editions = [resolve(book, audience, collector) for audience in audiences] if book else []
    collector.stop_if_errors()
    assert book and theme, "what is missing was told"
    return book, theme, editions


def _jobs(edition: Edition, row: FormatRow, theme: Theme) -> Iterator[Job]:
    options = Options(edition.audience, edition.meta)
    for unit in edition_for(edition, row.name).units:
        selected = for_format(unit, row.name)
        yield Job(fragment_key(selected, theme, options, row), selected, options, row)


def _missing(jobs: Sequence[Job], cache: Cache) -> Generator[Event, None, list[Job]]:
    """Yield what comes from the cache, and return the jobs that don't."""
    missing = []
    for job in jobs:
        try:
            fragment = cache.get(job.key)
        except Damaged:
            fragment = None
            yield Healed(job.key)
        if fragment is None:
            missing.append(job)
        else:
            yield from (Told(diagnostic) for diagnostic in fragment.diagnostics)
            yield Reused(job.unit.id, job.row.name, job.audience)
    return missing


def _compile(jobs: Sequence[Job], theme: Theme, cache: Cache, workers: int) -> Iterator[Event]:
    """Compile the jobs into the cache; raises Stop after all of them were tried, if one failed."""
    faults: list[Diagnostic] = []
    for result in compile_all(jobs, theme, workers):
        job, fragment = result.job, result.fragment
        told = fragment.diagnostics if fragment else result.diagnostics
        errors = [diagnostic for diagnostic in told if diagnostic.severity is Severity.ERROR]
        faults += errors
        yield from (Told(diagnostic) for diagnostic in told if diagnostic not in errors)
        if fragment and not errors:
            in_cache = cache.put(job.key, fragment)
            yield Compiled(job.unit.id, job.row.name, job.audience)
            if not in_cache:
                yield NotKept(job.unit.id, job.row.name, job.audience)
    if faults:
        raise Stop(sorted(set(faults), key=lambda diagnostic: (diagnostic.span, diagnostic.message)))


def _link(edition: Edition, row: FormatRow, theme: Theme, cache: Cache, staged: Path) -> Iterator[Event]:
    """Link the book's file of one format, and a file for each example where the format has them."""
    link = row.door("link")
    mark = "" if edition.audience == "student" else f"-{edition.audience}"
    for name, part in _files(edition_for(edition, row.name), row, mark):
        into = staged / name
        into.parent.mkdir(parents=True, exist_ok=True)
        with _naming(into):
            link(part, _fragments(part, row, theme, cache), theme, into)
        yield Linked(name)


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an error of the disk say which file it met: a write that fails doesn't know its file's name."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def _files(edition: Edition, row: FormatRow, mark: str) -> Iterator[tuple[str, Edition]]:
    yield row.book.format(mark=mark), edition
    if edition.audience in row.unit_audiences:
        for unit in edition.units:
            if isinstance(unit, Example):
                slug = f"{unit.number.zfill(2)}-{unit.slug}"
                yield row.unit.format(slug=slug, mark=mark), standing_alone(edition, unit)


def _fragments(edition: Edition, row: FormatRow, theme: Theme, cache: Cache) -> Iterator[Fragment]:
    for job in _jobs(edition, row, theme):
        fragment = cache.get(job.key)
        assert fragment is not None, f"{job.unit.id} was compiled, and is gone from the cache"
        yield fragment


def _not_asked_for(dist: Path, rows: Sequence[FormatRow], editions: Sequence[Edition]) -> dict[str, str]:
    """Return the finished files of formats and audiences that this build was not asked for: they stay."""
    suffixes = {Path(row.book).suffix for row in rows}
    audiences = {edition.audience for edition in editions}
    return {
        name: digest
        for name, digest in ledger_files(dist).items()
        if (dist / name).is_file() and Path(name).suffix in {Path(row.book).suffix for row in formats().values()}
        if Path(name).suffix not in suffixes or _audience_of(name) not in audiences
    }


def _audience_of(name: str) -> Audience:
    return "instructor" if Path(name).stem.endswith("-instructor") else "student"


def _complete(staged: Path, book: Book, editions: Sequence[Edition], kept: Mapping[str, str]) -> None:
    """Write the page that leads to all files, and the ledger."""
    made = (path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    files = sorted({*made, *kept})
    (staged / "index.html").write_text(index_page(book.meta, files), "utf-8")
    # the student's edition, where there is one: a hash of a short answer can be guessed
    units = {unit.id: fingerprint(unit) for unit in editions[0].units}
    meta = book.meta
    write_ledger(staged, {"title": meta.title, "edition": meta.edition, "date": meta.date, "units": units}, kept)

"""The line, in its order: read, resolve, compile, link, publish. Nothing here calls back; what happens is yielded."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import field, replace
from functools import partial
from pathlib import Path

from mathbook.build.asked import Asked, needed
from mathbook.build.cache import Cache, Damaged
from mathbook.build.early import begin_early, take_early
from mathbook.build.events import (
    Compiled,
    Event,
    Healed,
    NotKept,
    Planned,
    Published,
    Reused,
    Told,
    Waiting,
)
from mathbook.build.executor import compile_all
from mathbook.build.garbage import looked_for_seldom
from mathbook.build.index_page import index_page
from mathbook.build.jobs import Job, lines_of
from mathbook.build.keys import fragment_keys
from mathbook.build.linking import Workshop
from mathbook.build.memo_file import MemoFile
from mathbook.build.missing_files import link_missing
from mathbook.build.outputs import Around, Output, Proof, has_words_alone, outputs
from mathbook.build.placing import placed
from mathbook.build.pools import LastingPools, Pools
from mathbook.build.proving import joint_ledger
from mathbook.build.publish import only_one, publish, staging, write_ledger
from mathbook.build.reading import Ahead, Hands, Memories, read_again, resolve_ahead, resolved_again
from mathbook.build.standing import Standing
from mathbook.diagnostics import Collector, Diagnostic, Severity, Stop
from mathbook.document.book import Audience, Book, Meta
from mathbook.document.edition import Options
from mathbook.document.fragment import Fragment
from mathbook.document.theme import Theme
from mathbook.edition.resolve import Resolution, labels_alone
from mathbook.formats import FormatRow, formats
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.source.place_in_book import place_in_book
from mathbook.theme.load import load_theme
from mathbook.verify.answers import Hidden


@frozen
class Request:
    """What is asked for; empty tuples and strings leave it to book.yaml. A process that builds again keeps memories.

    `files` are single ones, by their names in dist/, in the place of formats or beside them.

    With an `executor` units are compiled by it, wherever that is, and not by workers here. These come from the
    `pools`, or are the build's own, which compile and link, and end with it.
    """

    formats: tuple[str, ...] = ()
    audiences: tuple[Audience, ...] = ()
    theme: str = ""
    out: Path | None = None
    workers: int = 1
    date: str = ""
    memories: Memories | None = None
    verify: bool = True
    executor: Executor | None = None
    pools: Pools | None = None
    files: tuple[str, ...] = ()

    def asked(self, meta: Meta) -> Asked:
        """Return the formats and files that are to be made of a book that says this."""
        whole = self.formats or (() if self.files else meta.outputs)
        return Asked(whole, self.audiences or meta.audiences, self.files)


def make(project: Project, request: Request) -> Iterator[Event]:
    """Build the book; yield what happens. Raises Stop with all diagnostics, leaving dist/ as it was."""
    dist, cache, collector = request.out or project.dist, Cache(project.cache), Collector()
    with contextlib.ExitStack() as held:
        held.enter_context(looked_for_seldom())
        yield from taken(project, held)
        pools = request.pools or held.enter_context(contextlib.closing(LastingPools()))
        memories = request.memories or Memories()
        hands = Hands(request.workers, pools, request.theme, _rooms(request))
        if request.workers > 1 and len(hands.rooms) > 1:
            pools.begin_soon(hands.rooms)
        read, healed = read_again(project, memories, cache, collector, hands)
        yield from healed
        resolving = _Resolving(memories, cache, hands)
        book, theme, found = _prepared(project, read, request, collector, resolving)
        yield from (Told(diagnostic) for diagnostic in collector.diagnostics)
        whole = _with_answers(book, found, resolving) if request.verify else None
        yield from resolving.healed
        asked = request.asked(book.meta)
        rows, part = asked.rows, bool(asked.files)
        jobs = [job for resolution in found for job in _jobs(resolution, rows, theme)]
        files = asked.only([file for resolution in found for file in _outputs(resolution, rows, jobs, whole)])
        jobs = needed(jobs, files)
        heads = Heads(frozenset(row.pages_of for row in rows))
        missing = yield from _missing(jobs, cache, heads, project, part)
        yield Planned(len(jobs), len(missing))
        staged = held.enter_context(staging(dist))
        workshop, standing = Workshop(theme, cache, staged, request.workers, pools), Standing(dist, cache, part)
        early = begin_early(files, workshop) if len(missing) == len(jobs) > 1 else {}
        yield from _compile(missing, theme, cache, request, pools, heads, project)
        take_early(early, workshop)
        linked = yield from link_missing(files, workshop, standing, heads.by_key)
        left = asked.left_in(dist)
        kept = {**left, **linked.standing}
        _complete(staged, book.meta, joint_ledger(found, files, dist, linked.proved, left), kept, linked.digests)
        yield from publish(staged, dist, kept, linked.digests)
        standing.keep(kept, linked.digests)
        _keep_heads(missing, cache, part)
        yield from (Published(name, (dist / name).stat().st_size, changed=False) for name in linked.standing)
        if request.pools and request.workers > 1:
            request.pools.get_ready(request.workers, theme, [row.room for row in rows])


def _rooms(request: Request) -> tuple[str, ...]:
    """Return the rooms of the formats that were asked for by name; of all, if none was."""
    rows = Asked(request.formats, request.audiences, request.files).rows
    return tuple(row.room for row in rows or formats().values())


def taken(project: Project, held: contextlib.ExitStack) -> Iterator[Waiting]:
    """Take the project's lock, for as long as `held` lasts; yield Waiting before, if another build has it."""
    folder = project.cache.parent
    try:
        held.enter_context(only_one(folder, wait=False))
    except BlockingIOError:
        yield Waiting()
        held.enter_context(only_one(folder))


class _Resolving:
    """Resolves the book; `healed` are the memories that were damaged."""

    def __init__(self, memories: Memories, cache: Cache, hands: Hands) -> None:
        self._memories, self._cache, self._hands = memories, cache, hands
        self._ahead: Ahead = {}
        self.healed: list[Healed] = []

    def begin(self, book: Book, audiences: Sequence[Audience], theme: Theme) -> None:
        """Have workers begin, if there is much to resolve."""
        self._ahead = resolve_ahead(book, audiences, theme, self._memories, self._hands)

    def resolved(self, book: Book, audience: Audience, collector: Collector) -> Resolution:
        """Return the book as this audience gets it."""
        resolution, healed = resolved_again(book, audience, self._memories, self._cache, collector, self._ahead)
        self.healed += healed
        return resolution


def _prepared(
    project: Project, book: Book | None, request: Request, collector: Collector, resolving: _Resolving
) -> tuple[Book, Theme, list[Resolution]]:
    """Return the book, its theme and its editions. Raises Stop if something is wrong with any of them."""
    named = request.theme or (book.meta.theme if book else "lecture")
    asked = () if request.theme else (partial(place_in_book, project, "theme"),)
    theme = load_theme(named, project.themes, collector, *asked)
    if book and request.date:
        book = replace(book, meta=replace(book.meta, date=request.date))
    audiences = request.asked(book.meta).editions if book else ()
    if book and theme:
        resolving.begin(book, (*audiences, *(("instructor",) if request.verify else ())), theme)
    editions = [resolving.resolved(book, audience, collector) for audience in audiences] if book else []
    collector.stop_if_errors()
    assert book and theme, "what is missing was told"
    return book, theme, editions


def _jobs(resolution: Resolution, rows: Sequence[FormatRow], theme: Theme) -> Iterator[Job]:
    """Yield what is to be compiled: each unit for each format, and again where a file of its own says other words."""
    edition = resolution.edition
    options = Options(edition.audience, edition.meta)
    alone = replace(options, alone=True)
    for row in rows:
        key_of_content, key_alone = fragment_keys(theme, options, row), fragment_keys(theme, alone, row)
        for unit in edition.units:
            sketch = resolution.sketches[unit.id]
            content = sketch.shown(row.content)
            if content:
                yield Job(key_of_content(content), unit, options, row)
            if content and has_words_alone(unit, edition.audience, row) and sketch.leads_out_of(unit.id):
                yield Job(key_alone(content), unit, alone, row)


def _with_answers(book: Book, found: Sequence[Resolution], resolving: _Resolving) -> Resolution:
    """Return the edition that tells everything."""
    whole = next((resolution for resolution in found if resolution.edition.audience == "instructor"), None)
    return whole or resolving.resolved(book, "instructor", Collector())


def _outputs(
    resolution: Resolution, rows: Sequence[FormatRow], jobs: Sequence[Job], whole: Resolution | None
) -> Iterator[Output]:
    """Yield the edition's files, proved if there is a whole edition; a student's must hold no answer of that one."""
    edition, sketches = resolution.edition, resolution.sketches
    hidden = Hidden(whole.edition, whole.prints) if whole and edition.audience == "student" else None
    labels = labels_alone(edition, {name: sketch.leads for name, sketch in sketches.items()})
    prints = {name: sketch.print for name, sketch in sketches.items()}
    around = Around(prints, labels, Proof(hidden) if whole else None)
    for row in rows:
        yield from outputs(edition, row, jobs, around)


@frozen
class Heads:
    """What fragments say of themselves, without their content, by their keys: of formats whose pages others show."""

    formats: frozenset[str]
    by_key: dict[str, Fragment] = field(default_factory=dict)

    def take(self, job: Job, fragment: Fragment) -> None:
        """Take a fragment in, if its format is one of those."""
        if job.row.name in self.formats:
            self.by_key[job.key] = replace(fragment, content=b"") if fragment.content else fragment


def _missing(
    jobs: Sequence[Job], cache: Cache, heads: Heads, project: Project, part: bool
) -> Generator[Event, None, list[Job]]:
    """Yield what comes from the cache, and return the jobs that don't; they may be `part` of those of their formats."""
    missing = []
    for job in jobs:
        try:
            fragment = cache.head(job.key, _heads_like(job, cache))
        except Damaged:
            fragment = None
            yield Healed(job.key)
        # what it tells must name the lines where the manuscript has it now
        if fragment is None or (fragment.diagnostics and fragment.lines != lines_of(job.unit)):
            missing.append(job)
        else:
            heads.take(job, fragment)
            yield from (Told(placed(diagnostic, project)) for diagnostic in fragment.diagnostics)
            yield Reused(job.unit.id, job.row.name, job.audience, fragment.smallest)
    cache.save_heads(part)
    return missing


def _heads_like(job: Job, cache: Cache) -> MemoFile:
    """Return what is remembered of the fragments of the job's kind."""
    return cache.heads_of(f"{job.row.name}/{job.audience}")


def _keep_heads(jobs: Sequence[Job], cache: Cache, part: bool) -> None:
    """Remember the heads of what was compiled for these jobs, so that the next build needn't read it."""
    for job in jobs:
        cache.keep_head(job.key, _heads_like(job, cache))
    cache.save_heads(part)


def _compile(
    jobs: Sequence[Job],
    theme: Theme,
    cache: Cache,
    request: Request,
    pools: Pools,
    heads: Heads,
    project: Project,
) -> Iterator[Event]:
    """Compile the jobs into the cache; raises Stop after all of them were tried, if one failed."""
    faults: list[Diagnostic] = []
    for result in compile_all(jobs, theme, request.workers, request.executor, pools):
        job, fragment = result.job, result.fragment
        told = fragment.diagnostics if fragment else result.diagnostics
        errors = [diagnostic for diagnostic in told if diagnostic.severity is Severity.ERROR]
        faults += (placed(error, project) for error in errors)
        yield from (Told(placed(diagnostic, project)) for diagnostic in told if diagnostic not in errors)
        if fragment and not errors:
            heads.take(job, fragment)
            in_cache = cache.put(job.key, fragment)
            yield Compiled(job.unit.id, job.row.name, job.audience, fragment.smallest)
            if not in_cache:
                yield NotKept(job.unit.id, job.row.name, job.audience)
    if faults:
        raise Stop(sorted(set(faults), key=lambda diagnostic: (diagnostic.span, diagnostic.message)))


def _complete(
    staged: Path,
    meta: Meta,
    ledger: bytes,
    kept: Mapping[str, str],
    digests: Mapping[str, str],
) -> None:
    """Write the page that leads to all files, and the ledger."""
    made = (path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file())
    files = sorted({*made, *kept})
    (staged / "index.html").write_text(index_page(meta, files), "utf-8")
    write_ledger(staged, ledger, kept, digests)

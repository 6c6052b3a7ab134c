"""Linking: files are made of fragments, read back and proved, by this process and its workers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from mathbook.build.before import before_of, remember
from mathbook.build.cache import Cache
from mathbook.build.fragments import Fragments
from mathbook.build.keys import code_digest, judges_code
from mathbook.build.memo_file import MemoFile
from mathbook.build.outputs import Output, is_of_students_book
from mathbook.build.pools import FRESH, Pools
from mathbook.build.proving_ahead import FEW, File, Provers, prove_ahead
from mathbook.build.publish import digest_of
from mathbook.build.writeout import Writeout
from mathbook.diagnostics import Code
from mathbook.document.before import Before
from mathbook.document.fragment import Fragment
from mathbook.document.ledger import Found, ledger_of, to_json, unit_text
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.pagination import Pagination
from mathbook.document.stretch import Stretch
from mathbook.document.theme import Theme
from mathbook.frozen import frozen
from mathbook.judges import pdf_ua
from mathbook.judges.verdict import Fault
from mathbook.verify.assign import as_stretch
from mathbook.verify.judge import Judgement, judge_stretches
from mathbook.verify.proof import Finding

T = TypeVar("T")


@frozen
class Made:
    """A file that was linked, its checksum, the pages it has, what its proof and its judge found wrong with it, and, if
    it is one of the students' book, where each unit was found in it.
    """

    output: Output
    digest: str
    pages: Pagination | None
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()
    units: tuple[Found, ...] = ()


def told_pages(output: Output, heads: Mapping[str, Fragment], workshop: Workshop) -> Pagination | None:
    """Return the pages that the file will have, if its format can tell without linking; `heads` are fragments by key,
    which need no content.
    """
    if not output.row.has_door("pages") or not all(key in heads for key in output.fragments):
        return None
    memo: Memo = FORGETFUL
    if output.edition.scope == "book":
        memo = memo_of_linking(output, workshop.cache)
    fragments = [heads[key] for key in output.fragments]
    told: Pagination | None = output.row.door("pages")(output.edition, fragments, workshop.theme, memo)
    return told


def memo_of_linking(output: Output, cache: Cache) -> MemoFile:
    """Return what is remembered of linking the file."""
    return cache.memo_of(f"linked/{output.name}", code_digest(output.row.rooms))


@frozen
class Laid:
    """A file that is linked, and not proved yet: its name, and its pages."""

    name: str
    pages: Pagination | None


def lay_all(asked: Sequence[Output], workshop: Workshop) -> Iterator[Laid]:
    """Link the files, whose pages others wait for; yield each when it is there. Raises OSError that names a file."""
    for _, laid in _each(_lay, asked, workshop):
        yield laid


def link_all(asked: Sequence[Output], workshop: Workshop) -> Iterator[Made]:
    """Link the files but for those that are, and prove them all; yield each when that is done. Raises OSError that
    names a file.
    """
    for output, made in _each(_link, asked, workshop):
        yield replace(made, output=output)


@frozen
class Workshop:
    """Where files are linked and proved: below `staged`, by so many workers of the pools."""

    theme: Theme
    cache: Cache
    staged: Path
    workers: int = 1
    pools: Pools = FRESH


FEW_FILES = 8
"""So many files are linked by this process and its workers together; of more, this one only gathers what they made."""


def _each(
    work: Callable[[Output, Workshop], T], asked: Sequence[Output], workshop: Workshop
) -> Iterator[tuple[Output, T]]:
    """Yield each output with what the work makes of it.

    One worker works in this process; so it is done where a fragment is held in memory, which no other process sees, and
    with one file, beside which the others are short, if no worker is there, who has the libraries; and with a single
    one that is so long that several work at its proof.
    """
    if not asked:
        return
    lengths = sorted(len(output.edition.units) for output in asked)
    alone = sum(lengths[:-1]) <= FEW and not workshop.pools.are_there
    alone = alone or (len(asked) == 1 and lengths[0] > FEW)
    if workshop.workers <= 1 or alone or workshop.cache.holds:
        yield from ((output, work(output, workshop)) for output in asked)
        return
    sent = replace(workshop, pools=FRESH, workers=1)
    # of a few files the longest is made here: to send it to a worker, who has to unpack it, takes a while
    longest = max(asked, key=lambda output: len(output.edition.units)) if len(asked) <= FEW_FILES else None
    others = [output for output in asked if output is not longest]
    with workshop.pools.of(workshop.workers, len(others), workshop.theme) as pool:
        pending = {pool.submit(work, output, sent): output for output in others}
        if longest:
            yield longest, work(longest, sent)
        for future in as_completed(pending):
            # what came back is held no longer than it is needed: there may be thousands
            yield pending.pop(future), future.result()


def _lay(output: Output, workshop: Workshop) -> Laid:
    into = _place_of(output, workshop)
    with _naming(into):
        return Laid(output.name, _linked(output, workshop, into))


def _link(output: Output, workshop: Workshop) -> Made:
    """Link, prove and seal one file; what is returned has not all of the output, which whoever asked has already."""
    into, cache = _place_of(output, workshop), workshop.cache
    bare = replace(output, edition=replace(output.edition, units=(), labels=()), proof=None)
    with _naming(into):
        memo = memo_of_linking(output, cache) if output.copies and not output.is_laid else None
        pages = output.pages if output.is_laid else _linked(output, workshop, into, memo)
        if output.row.shows:  # a picture of another format's file, which is proved itself
            return Made(bare, digest_of(into), pages, faults=_judged(output, into, cache))
        writeout = Writeout(into)
        judgement = _proved(output, into, workshop, writeout)
        writeout.wait()
        digest = writeout.digest(kept=output.row.door("seal")(into, judgement.ledger))
        units = judgement.units if is_of_students_book(output) else ()
        if memo and not judgement.findings:
            remember(memo, digest)
        return Made(bare, digest, pages, judgement.findings, _judged(output, into, cache), units)


def _place_of(output: Output, workshop: Workshop) -> Path:
    into = workshop.staged / output.name
    into.parent.mkdir(parents=True, exist_ok=True)
    return into


def _linked(output: Output, workshop: Workshop, into: Path, copied: MemoFile | None = None) -> Pagination | None:
    """Link the file; return its pages, if it has any that other formats can name. `copied` is what is remembered of the
    file that is copied from. If that is changed meanwhile, all is done anew without it.
    """
    before = before_of(output.fragments, copied, output.stands) if copied else Before(output.fragments)
    try:
        pages = _linked_with(before, output, workshop, into)
    except Exception:  # of a file that is being changed anything may come
        if _is_there(before, output):
            raise
    else:
        if _is_there(before, output):
            return pages
    return _linked_with(replace(before, file=None), output, workshop, into)


def _is_there(before: Before, output: Output) -> bool:
    """Return whether the file that was copied from, if there is one, is still what it was."""
    return before.file is None or (output.stands is not None and output.stands.unchanged)


def _linked_with(before: Before, output: Output, workshop: Workshop, into: Path) -> Pagination | None:
    row, cache, theme = output.row, workshop.cache, workshop.theme
    shown = [output.pages] if output.shows else []
    memo = memo_of_linking(output, cache) if row.links_again else None
    kept = {**({"memo": memo} if memo else {}), **({"before": before} if row.copies else {})}
    fragments = _fragments(output, cache)
    given = fragments if row.copies else iter(fragments)
    pages: Pagination | None = row.door("link")(output.edition, given, theme, into, *shown, **kept)
    if memo:
        memo.save()
    return pages


MOST_PAGES = 80
"""Pages of a PDF that is judged while it is built (10 ms each). Of a longer book each example's handout is judged here,
and the whole by `verify --report`.
"""


def _judged(output: Output, path: Path, cache: Cache) -> tuple[Fault, ...]:
    """Return the rules of PDF/UA that the finished file breaks, where its judge is installed.

    That a letter isn't shown is no fault of the file where no font has it: the author was told when it was compiled.
    """
    if output.proof is None or path.suffix != ".pdf" or not (pdf_ua.judge_name() and pdf_ua.is_for(path)):
        return ()
    import pypdfium2  # no other format needs it

    with pypdfium2.PdfDocument(path) as document:
        short = len(document) <= MOST_PAGES
    faults = pdf_ua.pdf_ua_faults(path) if short else ()
    unseen = [fault for fault in faults if fault.rule in pdf_ua.LETTERS_NOT_SHOWN]
    told = (diagnostic.code for fragment in _fragments(output, cache) for diagnostic in fragment.diagnostics)
    if unseen and Code.FONT_LACKING in told:
        return tuple(fault for fault in faults if fault not in unseen)
    return faults


def _proved(output: Output, path: Path, workshop: Workshop, writeout: Writeout) -> Judgement:
    """Return what is wrong with the finished file, and its ledger: with all places, if they were looked up."""
    if output.proof is None:
        ledger = ledger_of(output.edition)
        return Judgement(0, (), to_json(ledger), tuple(Found(unit_text(unit), {}) for unit in ledger.units))
    memo, format_name = workshop.cache.memo_of(output.name, judges_code(output.row)), output.row.content
    with _stretches(output, path, memo) as stretches:
        file = File(path, output.row, output.edition, output.prints, output.proof.hidden)
        prove_ahead(file, stretches, memo, Provers(workshop.workers, workshop.pools, workshop.theme))
        writeout.begin()  # not before: workers may be forked for the proof
        judgement = judge_stretches(
            output.edition, format_name, stretches, output.proof.hidden, prints=output.prints, memo=memo
        )
    memo.save()
    return judgement


@contextlib.contextmanager
def _stretches(output: Output, path: Path, memo: Memo) -> Iterator[Sequence[Stretch]]:
    """Give the file's stretches: all of it is one where the format's reader knows no others."""
    if output.row.has_door("stretches"):
        with output.row.door("stretches")(path, memo) as stretches:
            yield stretches
    else:
        yield [as_stretch(list(output.row.door("read_back")(path)))]


def _fragments(output: Output, cache: Cache) -> Fragments:
    return Fragments(output.edition.units, output.fragments, cache)


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let an error of the disk say which file it met: a write that fails doesn't know its file's name."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or str(path)
        raise

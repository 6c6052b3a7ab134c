"""Which files an edition becomes: the book's, and one for each example where the format has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from mathbook.build.before import Stands
from mathbook.build.jobs import Job
from mathbook.build.keys import link_key
from mathbook.document.book import Audience, Example, Unit
from mathbook.document.edition import Edition, Label
from mathbook.document.pagination import Pagination
from mathbook.formats import FormatRow, formats
from mathbook.frozen import frozen
from mathbook.judges import pdf_ua
from mathbook.verify.answers import Hidden


@frozen
class Output:
    """A file that is linked: its name in dist/, the part of the edition that it shows, its fragments' keys.

    `prints` are the fingerprints of its units. `shows` names the file whose pages it shows, if its format shows
    another's; `pages` are these, once they are known, or its own when it `is_laid`: linked, and not proved yet. With a
    `proof` it is read back and compared, and must not tell what only the proof's edition with answers tells.
    What `stands` under its name in dist/ is told to those that copy from it.
    """

    name: str
    row: FormatRow
    edition: Edition
    fragments: tuple[str, ...]
    prints: tuple[str, ...]
    shows: str = ""
    pages: Pagination | None = None
    proof: Proof | None = None
    is_laid: bool = False
    stands: Stands | None = None

    @property
    def copies(self) -> bool:
        """Whether its linker may copy from what it made the last time: a file of one unit is made as quickly."""
        return self.row.copies and self.edition.scope == "book"


@frozen
class Proof:
    """That a file is to be proved; `hidden` is the edition that a student's file must not tell more of."""

    hidden: Hidden | None = None

    @property
    def prints(self) -> tuple[str, ...]:
        """The fingerprints of the hidden edition's units."""
        return self.hidden.prints if self.hidden else ()


@frozen
class Around:
    """What all files of an edition share: of each unit the fingerprint and the labels that it keeps standing alone; the
    proof.
    """

    prints: Mapping[str, str]
    labels: Mapping[str, tuple[Label, ...]]
    proof: Proof | None = None


def is_of_students_book(output: Output) -> bool:
    """Return whether the file is one of those whose places the ledger in dist/ tells."""
    return (output.edition.scope, output.edition.audience) == ("book", "student") and not output.row.shows


def outputs(edition: Edition, row: FormatRow, jobs: Iterable[Job], around: Around) -> Iterator[Output]:
    """Yield the book's file, then a file for each example where the format has them: with the units that have jobs."""
    those = [job for job in jobs if job.row is row and job.audience == edition.audience]
    keys = {job.unit.id: job.key for job in those if not job.options.alone}
    keys_alone = {**keys, **{job.unit.id: job.key for job in those if job.options.alone}}
    edition = replace(edition, units=tuple(unit for unit in edition.units if unit.id in keys))
    book = _output(row.book.format(mark=mark(edition.audience)), row, edition, keys, around)
    paged = formats()[row.pages_of] if row.pages_of else None
    yield replace(book, shows=paged.book.format(mark=mark(edition.audience)) if paged else "")
    if edition.audience in row.unit_audiences:
        proofs = _by_unit(around.proof)
        alone_in = paged if paged and edition.audience in paged.unit_audiences else None
        for unit in edition.units:
            if isinstance(unit, Example):
                alone = replace(edition, units=(unit,), labels=around.labels[unit.id], scope="unit")
                one = replace(around, proof=proofs.get(unit.id, around.proof))
                made = _output(_unit_name(row, unit, edition.audience), row, alone, keys_alone, one)
                yield replace(made, shows=_unit_name(alone_in, unit, edition.audience) if alone_in else "")


def has_words_alone(unit: Unit, audience: Audience, row: FormatRow) -> bool:
    """Return whether a file of the unit may say something else than the book does."""
    return row.tells_book and audience in row.unit_audiences and isinstance(unit, Example)


def _by_unit(proof: Proof | None) -> dict[str, Proof]:
    """Return the proofs of files that show one unit: only its own answers are near."""
    if proof is None or proof.hidden is None:
        return {}
    units = zip(proof.hidden.edition.units, proof.prints, strict=True)
    whole = replace(proof.hidden.edition, scope="unit")
    return {unit.id: Proof(Hidden(replace(whole, units=(unit,)), (one,))) for unit, one in units}


def mark(audience: Audience) -> str:
    """Return what tells an audience's file from the student's, which has the plain name."""
    return "" if audience == "student" else f"-{audience}"


def audience_of(name: str) -> Audience:
    """Return whose file it is, by its name."""
    return "instructor" if PurePosixPath(name).stem.endswith(mark("instructor")) else "student"


def _unit_name(row: FormatRow, unit: Example, audience: Audience) -> str:
    return row.unit.format(slug=f"{unit.number.zfill(2)}-{unit.slug}", mark=mark(audience))


def _output(name: str, row: FormatRow, edition: Edition, keys: Mapping[str, str], around: Around) -> Output:
    fragments = tuple(keys[unit.id] for unit in edition.units)
    prints = tuple(around.prints[unit.id] for unit in edition.units)
    return Output(name, row, edition, fragments, prints, proof=around.proof)


def waves(files: Sequence[Output]) -> tuple[list[Output], list[Output]]:
    """Return the files whose pages others show, then the others."""
    shown = {output.shows for output in files}
    return [output for output in files if output.name in shown], [
        output for output in files if output.name not in shown
    ]


def with_pages(output: Output, pages: Mapping[str, Pagination | None]) -> Output:
    """Return the output with the pages that it shows; `pages` are those of the files that are linked, by name."""
    return replace(output, pages=pages.get(output.shows))


def key_of(output: Output, ground: str) -> str:
    """Return the key of the finished file; `ground` is that of all files of its edition and format."""
    judge = pdf_ua.judge_name() if output.name.endswith(".pdf") else ""
    proved = (output.proof is not None, output.proof.prints if output.proof else (), judge)
    parts = (output.prints, output.fragments, output.pages, proved)
    return link_key(output.edition, parts, ground)

"""seeds/*.yaml: the source record that an example rests on."""

from __future__ import annotations

from pathlib import Path

from mathbook import records
from mathbook.diagnostics import Code, Collector, Diagnostic, Severity, Span
from mathbook.document.fingerprint import fingerprint
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.packing import Packing
from mathbook.document.seeds import Seed
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.source.file_names import slug_and_number
from mathbook.source.forms import SeedForm
from mathbook.source.text_file import read_text_file


@frozen
class SeedFile:
    """A seed and where it is written."""

    seed: Seed
    span: Span


_PACKING = Packing((Seed, SeedFile, Diagnostic, Code, Severity))


def read_seeds(project: Project, collector: Collector, memo: Memo = FORGETFUL) -> dict[str, SeedFile]:
    """Return the seeds by id, in order of their files' names; a second one of the same id is told and left out.

    A record that is as it was is remembered in the memo, with what was told of it.
    """
    seeds: dict[str, SeedFile] = {}
    for path in sorted(project.seeds.glob("*.yaml")):
        read = _read_again(path, project, collector, memo)
        if read and read.seed.id in seeds:
            hint = f"the first is in {seeds[read.seed.id].span.file}"
            collector.error(Code.ID_DUPLICATE, read.span, f"two seeds have the id {read.seed.id!r}", hint)
        elif read:
            seeds[read.seed.id] = read
    return seeds


def _read_again(path: Path, project: Project, collector: Collector, memo: Memo) -> SeedFile | None:
    file = project.name_of(path)
    text = read_text_file(path, project, collector)
    if text is None:
        return None
    key = fingerprint(("seed", file, text))
    known = _unpacked(memo.recall(key), file)
    if known is None:
        told = Collector()
        known = _read_seed(text, file, path, told), tuple(told.diagnostics)
        memo.keep(key, _PACKING.packed(known, file))
    read, diagnostics = known
    for diagnostic in diagnostics:
        collector.add(diagnostic)
    return read


def _unpacked(data: bytes | None, file: str) -> tuple[SeedFile | None, tuple[Diagnostic, ...]] | None:
    """Return what was read and told; None if the bytes are nothing of that kind."""
    if data is None:
        return None
    try:
        read, diagnostics = _PACKING.unpacked(data, file)
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return (read, diagnostics) if read is None or isinstance(read, SeedFile) else None


def _read_seed(text: str, file: str, path: Path, told: Collector) -> SeedFile | None:
    loaded = records.load_yaml(text, file, told)
    form = records.check(*loaded, SeedForm, file, told) if loaded else None
    if not loaded or form is None:
        return None
    name = form.id or slug_and_number(path)[0]
    return SeedFile(Seed(id=name, **form.model_dump(exclude={"id"})), loaded[1].of_key(("id",)))

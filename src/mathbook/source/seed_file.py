"""seeds/*.yaml: the source record that an example rests on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mathbook import records
from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.seeds import Seed
from mathbook.project import Project
from mathbook.source.file_names import slug_and_number
from mathbook.source.forms import SeedForm
from mathbook.source.text_file import read_text_file


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A seed and where it is written."""

    seed: Seed
    span: Span


def read_seeds(project: Project, collector: Collector) -> dict[str, SeedFile]:
    """Return the seeds by id, in order of their files' names; a second one of the same id is told and left out."""
    seeds: dict[str, SeedFile] = {}
    for path in sorted(project.seeds.glob("*.yaml")):
        read = _read_seed(path, project, collector)
        if read and read.seed.id in seeds:
            hint = f"the first is in {seeds[read.seed.id].span.file}"
            collector.error(Code.ID_DUPLICATE, read.span, f"two seeds have the id {read.seed.id!r}", hint)
        elif read:
            seeds[read.seed.id] = read
    return seeds


def _read_seed(path: Path, project: Project, collector: Collector) -> SeedFile | None:
    file = project.name_of(path)
    text = read_text_file(path, project, collector)
    loaded = records.load_yaml(text, file, collector) if text is not None else None
    form = records.check(*loaded, SeedForm, file, collector) if loaded else None
    if not loaded or form is None:
        return None
    name = form.id or slug_and_number(path)[0]
    return SeedFile(Seed(id=name, **form.model_dump(exclude={"id"})), loaded[1].of_key(("id",)))

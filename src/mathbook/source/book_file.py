"""manuscript/book.yaml and seeds/*.yaml."""

from __future__ import annotations

import re
import uuid
from pathlib import Path

from mathbook import records
from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.book import DeckMeta, EpubMeta, Meta
from mathbook.document.seeds import Seed
from mathbook.project import Project
from mathbook.source.forms import BookForm, SeedForm
from mathbook.source.text_file import read_text_file


def read_meta(project: Project, collector: Collector) -> Meta | None:
    """Return what book.yaml says, or None after telling what is wrong with it."""
    file = project.name_of(project.book_file)
    text = read_text_file(project.book_file, project, collector)
    loaded = records.load_yaml(text, file, collector) if text is not None else None
    form = records.check(*loaded, BookForm, file, collector) if loaded else None
    if form is None:
        return None
    plain = form.model_dump(exclude={"deck", "epub", "macros", "identifier"})
    return Meta(
        **plain,
        identifier=form.identifier or _identifier(form),
        macros=tuple((name.removeprefix("\\"), body) for name, body in form.macros.items()),
        deck=DeckMeta(**form.deck.model_dump()),
        epub=EpubMeta(**form.epub.model_dump()),
    )


def _identifier(form: BookForm) -> str:
    """Return a name-based UUID (RFC 9562, version 5): the same for the same title and authors."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"mathbook:{form.title}:{','.join(form.authors)}").urn


def read_seeds(project: Project, collector: Collector) -> tuple[Seed, ...]:
    """Return the seed records by file name; a second one of the same id is told."""
    seeds: dict[str, Seed] = {}
    for path in sorted(project.seeds.glob("*.yaml")):
        seed = _read_seed(path, project, collector)
        if seed and seed.id in seeds:
            collector.error(Code.ID_DUPLICATE, Span(project.name_of(path)), f"the seed {seed.id!r} is there twice")
        elif seed:
            seeds[seed.id] = seed
    return tuple(seeds.values())


def _read_seed(path: Path, project: Project, collector: Collector) -> Seed | None:
    file = project.name_of(path)
    text = read_text_file(path, project, collector)
    loaded = records.load_yaml(text, file, collector) if text is not None else None
    form = records.check(*loaded, SeedForm, file, collector) if loaded else None
    return Seed(**form.model_dump()) if form else None


def slug_and_number(path: Path) -> tuple[str, int | None]:
    """Return the slug and the number that a file's name tells: `03-quant.md` is quant, 3; `ex-0007.md` is 7 too."""
    leading = re.fullmatch(r"(\d+)[-_ ](.+)", path.stem)
    if leading:
        return leading[2], int(leading[1])
    trailing = re.fullmatch(r".*?(\d+)", path.stem)
    return path.stem, int(trailing[1]) if trailing else None

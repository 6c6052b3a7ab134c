"""The whole of `read`: a project's files, one Book."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from mathbook.diagnostics import Code, Collector, Span, did_you_mean
from mathbook.document.book import Book, Example, Matter, Meta, Picture, Unit
from mathbook.document.nodes import Block, Heading, Image, Inline, Paragraph, Text
from mathbook.document.plain import plain
from mathbook.document.seeds import Seed
from mathbook.document.walk import walk
from mathbook.project import Project
from mathbook.source.book_file import read_meta, read_seeds, slug_and_number
from mathbook.source.forms import FrontMatterForm
from mathbook.source.front_matter import read_front_matter
from mathbook.source.markdown import Surroundings, read_markdown
from mathbook.source.pictures import Pictures
from mathbook.source.text_file import read_text_file


def read_book(project: Project, collector: Collector) -> Book | None:
    """Return the book, or None if there is nothing to go on with. What is wrong is told to the collector, all of it."""
    meta = read_meta(project, collector)
    seeds = read_seeds(project, collector)
    reader = _Reader(project, meta or Meta(title=""), {seed.id: seed for seed in seeds}, collector)
    examples = reader.examples()
    units: tuple[Unit, ...] = (*reader.matter("front"), *examples, *reader.matter("back"))
    if not examples and not collector.has_errors:
        hint = "write manuscript/examples/01-first.md"
        collector.error(Code.PROJECT_EMPTY, Span(project.name_of(project.book_file)), "there are no examples", hint)
    _check_ids(units, collector)
    _check_seeds(examples, seeds, collector)
    return Book(meta, units, seeds) if meta and examples else None


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A file of the manuscript: what its front matter says, the title from there, its blocks, what its name tells."""

    form: FrontMatterForm
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    slug: str
    number: int | None
    span: Span

    def own_title(self) -> tuple[tuple[Inline, ...], tuple[Block, ...]]:
        """Return the title of a file with one unit (its first heading, or the front matter's), and the other blocks."""
        parts = _parts(self.blocks)
        return (parts[0][0].children, parts[0][1]) if parts else (self.title, self.blocks)


class _Reader:
    """Reads the units of one project."""

    def __init__(self, project: Project, meta: Meta, seeds: dict[str, Seed], collector: Collector) -> None:
        self._project = project
        self._meta = meta
        self._seeds = seeds
        self._collector = collector
        self._pictures = Pictures(project, collector)

    def examples(self) -> tuple[Example, ...]:
        """Return the examples in the order of their files."""
        found = [example for path in self._files("examples") for example in self._examples_in(path)]
        if self._meta.numbering == "position":
            return tuple(replace(example, number=str(at)) for at, example in enumerate(found, start=1))
        numbered = list(self._with_numbers(found))
        self._check_numbers(numbered)
        return tuple(numbered)

    def matter(self, place: Literal["front", "back"]) -> Iterator[Matter]:
        """Yield the front or back matter in the order of its files."""
        for path in self._files(place):
            parsed = self._parsed(path)
            title, blocks = parsed.own_title()
            name = parsed.form.id or parsed.slug
            yield Matter(name, parsed.slug, place, title, blocks, parsed.span, self._used(title, blocks))

    def _files(self, folder: str) -> list[Path]:
        return sorted((self._project.manuscript / folder).glob("*.md"))

    def _parsed(self, path: Path) -> _Parsed:
        file = self._project.name_of(path)
        text = read_text_file(path, self._project, self._collector)
        form, rest, line = read_front_matter(text or "", file, self._collector)
        surroundings = Surroundings(
            file=file,
            macros=self._meta.macros,
            seed=self._seed(form, file),
            picture=self._pictures.resolve,
            language=self._meta.language,
            bibliography=bool(self._meta.bibliography),
        )
        blocks = read_markdown(rest, surroundings, self._collector, line)
        slug, number = slug_and_number(path)
        title, summary = (self._inlines(words, surroundings) for words in (form.title, form.summary))
        said = form.model_copy(update={"summary": plain(summary, self._meta.language)})
        return _Parsed(said, title or (Text(slug.replace("-", " ").capitalize()),), blocks, slug, number, Span(file, 1))

    def _inlines(self, words: str, surroundings: Surroundings) -> tuple[Inline, ...]:
        """Return words of the front matter as inlines: they are Markdown too."""
        blocks = read_markdown(words, surroundings, self._collector)
        return tuple(inline for block in blocks if isinstance(block, Paragraph) for inline in block.children)

    def _seed(self, form: FrontMatterForm, file: str) -> Seed | None:
        if form.seed and form.seed not in self._seeds:
            hint = did_you_mean(form.seed, self._seeds, f"write seeds/{form.seed}.yaml")
            self._collector.error(Code.SEED_MISSING, Span(file), f"there is no seed {form.seed!r}", hint)
        return self._seeds.get(form.seed)

    def _examples_in(self, path: Path) -> Iterator[Example]:
        """Yield the examples of a file: one, or as many as it has headings of the first level."""
        parsed = self._parsed(path)
        number = parsed.form.number if parsed.form.number is not None else parsed.number
        parts = _parts(parsed.blocks)
        if len(parts) <= 1:
            title, blocks = parsed.own_title()
            yield self._example(parsed, parsed.form.id or parsed.slug, number, title, blocks)
            return
        for at, (heading, inside) in enumerate(parts):
            name = heading.id.removeprefix("ex:") or f"{parsed.slug}-{at + 1}"
            one = replace(parsed, slug=name, span=heading.span)
            yield self._example(one, name, None if number is None else number + at, heading.children, inside)

    def _example(
        self, parsed: _Parsed, name: str, number: int | None, title: tuple[Inline, ...], blocks: tuple[Block, ...]
    ) -> Example:
        said = parsed.form.model_dump(exclude={"id", "title", "number"})
        shown = "" if number is None else str(number)
        pictures = self._used(title, blocks)
        return Example(name, shown, parsed.slug, title, blocks, parsed.span, **said, pictures=pictures)

    def _used(self, *parts: object) -> tuple[Picture, ...]:
        sources = dict.fromkeys(node.source for node in walk(parts) if isinstance(node, Image))
        return tuple(self._pictures.found[source] for source in sources if source in self._pictures.found)

    def _with_numbers(self, examples: list[Example]) -> Iterator[Example]:
        """Yield the examples; one whose file tells no number gets the next that is free."""
        taken = {example.number for example in examples}
        free = (str(number) for number in range(1, 2 * len(examples) + 2) if str(number) not in taken)
        for example in examples:
            yield example if example.number else replace(example, number=next(free))

    def _check_numbers(self, examples: list[Example]) -> None:
        seen: dict[str, Span] = {}
        for example in examples:
            if example.number in seen:
                message = f"two examples have the number {example.number}"
                hint = f"the other is {seen[example.number].file}"
                self._collector.error(Code.NUMBER_DUPLICATE, example.span, message, hint)
            seen.setdefault(example.number, example.span)


def _parts(blocks: tuple[Block, ...]) -> list[tuple[Heading, tuple[Block, ...]]]:
    """Return the parts of a file that begin with a heading of the first level."""
    starts = [at for at, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 1]
    ends = [*starts[1:], len(blocks)] if starts else []
    parts = []
    for start, end in zip(starts, ends, strict=True):
        heading = blocks[start]
        assert isinstance(heading, Heading)
        before = blocks[:start] if start == starts[0] else ()
        parts.append((heading, (*before, *blocks[start + 1 : end])))
    return parts


def _check_ids(units: tuple[Unit, ...], collector: Collector) -> None:
    seen: dict[str, Span] = {}
    for unit in units:
        if unit.id in seen:
            hint = f"the first is {seen[unit.id].file}"
            collector.error(Code.ID_DUPLICATE, unit.span, f"two units have the id {unit.id!r}", hint)
        seen.setdefault(unit.id, unit.span)


def _check_seeds(examples: tuple[Example, ...], seeds: tuple[Seed, ...], collector: Collector) -> None:
    used = {example.seed for example in examples}
    for seed in seeds:
        if seed.id not in used:
            collector.warning(Code.SEED_MISSING, Span("seeds"), f"no example uses the seed {seed.id!r}")

"""The whole of `read`: a project's files, one Book."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from mathbook.diagnostics import Code, Collector, Span, did_you_mean
from mathbook.document.book import Book, Example, Matter, Meta, Picture, Unit
from mathbook.document.fingerprint import fingerprint
from mathbook.document.labels import id_of
from mathbook.document.nodes import Image, Inline, Paragraph, Text
from mathbook.document.past import PastEdition
from mathbook.document.seeds import Seed
from mathbook.formula.plain_line import plain_line
from mathbook.project import Project, is_settled, mark_of
from mathbook.source.bibliography import read_bibliography
from mathbook.source.book_file import read_meta
from mathbook.source.citation_style import read_citation_style
from mathbook.source.editions import read_editions
from mathbook.source.file_names import slug_and_number
from mathbook.source.front_matter import FrontMatter, read_front_matter
from mathbook.source.markdown import Surroundings, read_markdown
from mathbook.source.memory import Memory
from mathbook.source.parsed import AskedPicture, AskedSeed, Parsed, Part, Reading, parts_of
from mathbook.source.pictures import Pictures
from mathbook.source.seed_file import SeedFile, read_seeds
from mathbook.source.text_file import read_text_file

FOLDERS = ("front", "examples", "back")
"""Where the units are in the manuscript."""
FIRST = 20
"""Files by which it is told whether a memory was made of this book."""


def read_book(project: Project, collector: Collector, memory: Memory | None = None) -> Book | None:
    """Return the book, or None if there is nothing to go on with. What is wrong is told to the collector, all of it.

    With a memory, which is added to, only the files that changed since it was last given are parsed.
    """
    memory = memory or Memory()
    meta = read_meta(project, collector)
    seeds = read_seeds(project, collector, memory.texts_kept)
    told = Collector()
    reader = _Reader(project, meta or Meta(title=""), seeds, told, memory)
    examples = reader.examples()
    units = _with_ids_of_their_own((*reader.matter("front"), *examples, *reader.matter("back")), told)
    reader.check(examples)
    for diagnostic in told.diagnostics:
        # without the book's record its macros aren't known either: that a command isn't is no mistake of its own
        if meta or diagnostic.code is not Code.FORMULA_UNKNOWN_COMMAND:
            collector.add(diagnostic)
    if not (meta and examples):
        return None
    works = read_bibliography(project, meta, collector)
    style = read_citation_style(project, meta, collector)
    past = _before(meta, read_editions(project, collector))
    return Book(meta, units, tuple(file.seed for file in seeds.values()), works, style, past)


def unknown_files(project: Project, meta: Meta, memory: Memory) -> list[Path]:
    """Return the files of units that the memory doesn't know as they are; none if it knows all of the first, as one
    does that was made of this book: it isn’t worth looking at all of them twice then.
    """
    reader = _Reader(project, meta, {}, Collector(), memory)
    files = [path for folder in FOLDERS for path in reader.files(folder)]
    if all(map(reader.knows, files[:FIRST])):
        return []
    return [path for path in files if not reader.knows(path)]


def parse_files(
    project: Project, meta: Meta, seeds: dict[str, SeedFile], paths: Iterable[Path], memory: Memory
) -> None:
    """Parse the files, so that the memory knows them. Whatever is wrong is met again, and told, when they are read."""
    reader = _Reader(project, meta, seeds, Collector(), memory)
    for path in paths:
        with contextlib.suppress(Exception):
            reader.parse(path)


def _before(meta: Meta, kept: tuple[PastEdition, ...]) -> PastEdition | None:
    """Return the last kept edition before the book's own."""
    earlier = [past for past in kept if past.edition != meta.edition and past.date <= meta.date]
    return earlier[-1] if earlier else None


class _Reader:
    """Reads the units of one project."""

    def __init__(
        self,
        project: Project,
        meta: Meta,
        seeds: dict[str, SeedFile],
        collector: Collector,
        memory: Memory,
    ) -> None:
        self._project = project
        self._meta = meta
        self._seed_files = seeds
        self._seeds = {name: file.seed for name, file in seeds.items()}
        self._collector = collector
        self._memory = memory
        self._context = fingerprint((meta.macros, meta.language))
        self._pictures = Pictures(project, collector, memory)
        self._sound = True

    def examples(self) -> tuple[Example, ...]:
        """Return the examples in the order of their files."""
        found = [example for path in self.files("examples") for example in self._examples_in(path)]
        if self._meta.numbering == "position":
            return tuple(replace(example, number=str(at)) for at, example in enumerate(found, start=1))
        numbered = list(self._with_numbers(found))
        self._check_numbers(numbered)
        return tuple(numbered)

    def matter(self, place: Literal["front", "back"]) -> Iterator[Matter]:
        """Yield the front or back matter in the order of its files."""
        for path in self.files(place):
            parsed = self.parse(path)
            name, part = parsed.only_unit("sec:")
            yield Matter(name, parsed.slug, place, part.title, part.blocks, parsed.span, self._used(part))

    def files(self, folder: str) -> list[Path]:
        """Return the files of units in a folder of the manuscript, in their order."""
        return sorted((self._project.manuscript / folder).glob("*.md"))

    def knows(self, path: Path) -> bool:
        """Return whether the file is in the memory as it is."""
        file = self._project.name_of(path)
        return self._memory.has_text(file, self._key(file, self._text(path)))

    def _text(self, path: Path) -> str | None:
        return read_text_file(path, self._project, self._collector, self._pictures.folders)

    def _key(self, file: str, text: str | None) -> str:
        return fingerprint((file, text or "", self._context))

    def parse(self, path: Path) -> Parsed:
        """Return what the file is read as, parsed or remembered; what is wrong with it is told."""
        file = self._project.name_of(path)
        return self._again(path, file) or self._for_the_first_time(path, file)

    def _again(self, path: Path, file: str) -> Parsed | None:
        """Return what the file was read as, if it is as it was, or None."""
        mark = () if file in self._project.texts else mark_of(path)
        key = self._memory.key_of(file, mark, self._context) if mark else ""
        reading = self._memory.text(file, key) if key else None
        return self._told(reading) if reading is not None and self._holds(reading) else None

    def _for_the_first_time(self, path: Path, file: str) -> Parsed:
        mark, told = mark_of(path), len(self._collector.diagnostics)
        text = self._text(path)
        key = self._key(file, text)
        is_sound = text is not None and len(self._collector.diagnostics) == told
        if is_sound and is_settled(mark) and file not in self._project.texts:
            self._memory.keep_key(file, mark, self._context, key)
        reading = self._memory.text(file, key)
        if reading is None or not self._holds(reading):
            reading = self._read(path, file, text or "")
            self._memory.keep_text(file, key, reading)
        self._sound = self._sound and text is not None
        return self._told(reading)

    def _told(self, reading: Reading) -> Parsed:
        for diagnostic in reading.diagnostics:
            self._collector.add(diagnostic)
        self._sound = self._sound and reading.parsed.sound
        return reading.parsed

    def _holds(self, reading: Reading) -> bool:
        """Return whether the text would be read again as it was: what it asked for is there as it was."""
        if not reading.seed.is_still(self._seeds):
            return False
        images = [self._pictures.resolve(asked.written, asked.span) for asked in reading.pictures]
        return images == [asked.image for asked in reading.pictures]

    def _read(self, path: Path, file: str, text: str) -> Reading:
        told, asked = Collector(), list[AskedPicture]()

        def picture(written: str, span: Span) -> Image | None:
            asked.append(AskedPicture(written, span, self._pictures.resolve(written, span)))
            return asked[-1].image

        front = read_front_matter(text, file, told)
        seed = self._seed(front, told)
        surroundings = self._surroundings(front, file, seed.seed, picture)
        blocks = read_markdown(front.rest, surroundings, told, front.line)
        title = _inlines(front.form.title, surroundings, front.span_of("title"), told)
        summary = _inlines(front.form.summary, surroundings, front.span_of("summary"), told)
        slug, number = slug_and_number(path)
        span = front.span_of("id")
        parsed = Parsed(
            id=front.form.id or "",
            number=number if front.form.number is None else front.form.number,
            said=tuple(front.form.model_dump(exclude={"id", "title", "number", "summary"}).items()),
            sound=front.sound,
            summary=plain_line(summary, self._meta.language),
            slug=slug,
            span=span,
            parts=parts_of(title or (Text(slug.replace("-", " ").capitalize()),), blocks, span),
        )
        return Reading(parsed, tuple(told.diagnostics), seed, tuple(asked))

    def _surroundings(
        self, front: FrontMatter, file: str, seed: Seed | None, picture: Callable[[str, Span], Image | None]
    ) -> Surroundings:
        return Surroundings(
            file=file,
            macros=self._meta.macros,
            seed=seed,
            picture=picture,
            language=self._meta.language,
            seed_told=bool(front.form.seed) or not front.sound,
        )

    def _seed(self, front: FrontMatter, told: Collector) -> AskedSeed:
        name = front.form.seed
        is_there = name and (self._project.seeds / f"{name}.yaml").exists()  # what is wrong with it was told
        if name and name not in self._seeds and not is_there:
            hint = did_you_mean(name, self._seeds, f"write seeds/{name}.yaml")
            told.error(Code.SEED_MISSING, front.span_of("seed"), f"there is no seed {name!r}", hint)
        return AskedSeed(name, self._seeds.get(name))

    def _examples_in(self, path: Path) -> Iterator[Example]:
        """Yield the examples of a file: one, or as many as it has headings of the first level."""
        parsed = self.parse(path)
        number = parsed.number
        if len(parsed.parts) == 1:
            yield self._example(parsed, *parsed.only_unit("ex:"), number)
            return
        for at, part in enumerate(parsed.parts):
            name = part.id.removeprefix("ex:") or f"{parsed.slug}-{at + 1}"
            one = replace(parsed, slug=id_of(name), span=part.span)
            yield self._example(one, name, part, None if number is None else number + at)

    def _example(self, parsed: Parsed, name: str, part: Part, number: int | None) -> Example:
        said: dict[str, Any] = dict(parsed.said)
        return Example(
            name,
            "" if number is None else str(number),
            parsed.slug,
            part.title,
            part.blocks,
            parsed.span,
            **said,
            summary=parsed.summary,
            pictures=self._used(part),
        )

    def _used(self, part: Part) -> tuple[Picture, ...]:
        found = self._pictures.found
        return tuple(found[source] for source in part.pictures if source in found)

    def _with_numbers(self, examples: list[Example]) -> Iterator[Example]:
        """Yield the examples; one whose file tells no number gets the next that is free."""
        taken = {example.number for example in examples}
        free = (str(number) for number in range(1, 2 * len(examples) + 2) if str(number) not in taken)
        for example in examples:
            yield example if example.number else replace(example, number=next(free))

    def _check_numbers(self, examples: list[Example]) -> None:
        firsts: dict[str, Example] = {}
        for example in examples:
            first = firsts.setdefault(example.number, example)
            if first is not example:
                message = f"two examples have the number {example.number}"
                hint = f"the first is in {first.span.file}"
                self._collector.error(Code.NUMBER_DUPLICATE, example.span, message, hint)

    def check(self, examples: tuple[Example, ...]) -> None:
        """Tell what no file can know of itself: that there is no example, or nothing in one, and unnamed seeds."""
        if not examples:
            hint = "write manuscript/examples/01-first.md"
            book = Span(self._project.name_of(self._project.book_file))
            self._collector.error(Code.PROJECT_EMPTY, book, "there are no examples", hint)
        if examples and self._sound:
            self._tell_unused_seeds({example.seed for example in examples})
            for example in examples:
                if not example.blocks:
                    hint = "write it, or take the file away"
                    self._collector.error(Code.PROJECT_EMPTY, example.span, "the example is empty", hint)

    def _tell_unused_seeds(self, used: set[str]) -> None:
        for name, file in self._seed_files.items():
            if name not in used:
                self._collector.warning(Code.SEED_MISSING, file.span, f"no example names the seed {name!r}")


def _inlines(words: str, surroundings: Surroundings, span: Span, told: Collector) -> tuple[Inline, ...]:
    """Return words of the front matter as inlines: they are Markdown too."""
    blocks = read_markdown(words, surroundings, told, span.line) if words else ()
    return tuple(inline for block in blocks if isinstance(block, Paragraph) for inline in block.children)


def _with_ids_of_their_own(units: tuple[Unit, ...], collector: Collector) -> tuple[Unit, ...]:
    """Return the units; one whose id is taken is told and gets another, so that the rest can still be looked at."""
    by_id: dict[str, Unit] = {}
    for unit in units:
        first = by_id.get(unit.id)
        if first:
            hint = f"the first is at {first.span}"
            collector.error(Code.ID_DUPLICATE, unit.span, f"two units have the id {unit.id!r}", hint)
            unit = replace(unit, id=f"{unit.id}~{len(by_id)}")
        by_id[unit.id] = unit
    return tuple(by_id.values())

"""The manuscript's files, and where in them the edition's words stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Example
from mathbook.document.edition import Edition
from mathbook.document.nodes import SourceNote
from mathbook.document.walk import walk
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.source.seed_file import read_seeds
from mathbook.source.text_file import read_text_file
from mathbook.talk.places import Place, places_of, record_places

_STOP = re.compile(r"^(\s*$|\s*:::|---\s*$|\s*\$\$|\s*```|\s*~~~)")
_KEY = re.compile(r"^(\w[\w-]*:|---|\s*- )")


@frozen
class Sources:
    """Texts by the file's name, places by unit, and where places begin in each file, as offsets in order."""

    texts: dict[str, str]
    places: dict[str, tuple[Place, ...]]
    starts: dict[str, tuple[int, ...]]

    def offset(self, span: Span) -> int:
        """Return where the span is in its file's text, in characters."""
        lines = self.texts[span.file].split("\n")
        return sum(len(line) + 1 for line in lines[: span.line - 1]) + span.column - 1

    def segment(self, place: Place) -> tuple[int, int]:
        """Return from where to where the place's words are written: to the next place, or the end of the block."""
        text, start = self.texts[place.span.file], self.offset(place.span)
        if place.kind == "formula":
            written = place.formulas[0][0]
            found = text.find(written, start)
            return (found, found + len(written)) if found >= 0 else (start, start)
        end = self._end_of_block(place, text, start)
        starts = self.starts[place.span.file]
        at = bisect_right(starts, start)
        return start, min(end, starts[at]) if at < len(starts) else end

    def _end_of_block(self, place: Place, text: str, start: int) -> int:
        end = text.find("\n", start)
        if place.kind == "code":
            return len(text) if end < 0 else end
        ends = _KEY if place.kind == "record" or place.span.line < _front_end(text) else _STOP
        while end >= 0:
            following = text.find("\n", end + 1)
            line = text[end + 1 : following if following >= 0 else len(text)]
            if ends.match(line) or following < 0:
                return end if ends.match(line) else len(text)
            end = following
        return len(text)


def _front_end(text: str) -> int:
    """Return the number of the line where the front matter ends, 0 if there is none."""
    if not text.startswith("---\n"):
        return 0
    end = text.find("\n---", 3)
    return text.count("\n", 0, end) + 2 if end >= 0 else 0


def sources_of(project: Project, edition: Edition) -> Sources:
    """Return the sources of an edition, as its deck shows it."""
    texts = dict(_texts(project))
    places: dict[str, tuple[Place, ...]] = {}
    seeds = {name: file.span.file for name, file in read_seeds(project, Collector()).items()}
    for unit in edition.units:
        found = tuple(place for place in places_of(unit, edition.meta.language, texts) if place.span.file in texts)
        places[unit.id] = (*found, *_seed_places(unit, seeds, texts)) if isinstance(unit, Example) else found
    titles = tuple(place for unit in edition.units for place in places[unit.id][:1])
    places[""] = (*_book_places(project, edition, texts), *titles)
    starts: dict[str, set[int]] = {name: set() for name in texts}
    sources = Sources(texts, places, {})
    for place in (place for listed in places.values() for place in listed if not place.footnote):
        starts[place.span.file].add(sources.offset(place.span))
    return Sources(texts, places, {name: tuple(sorted(found)) for name, found in starts.items()})


def _texts(project: Project) -> Iterator[tuple[str, str]]:
    for path in (*sorted(project.manuscript.rglob("*.md")), *sorted(project.seeds.glob("*.yaml")), project.book_file):
        text = read_text_file(path, project, Collector())
        if text is not None:
            yield project.name_of(path), text


def _seed_places(unit: Example, files: dict[str, str], texts: dict[str, str]) -> Iterator[Place]:
    """Yield the places of the source record that an example rests on."""
    for note in walk(unit.blocks):
        if isinstance(note, SourceNote) and note.seed.id in files:
            file = files[note.seed.id]
            names = ("title", "who", "where", "when", "claims", "rights", "provenance")
            yield from record_places(unit.id, texts[file], file, {name: getattr(note.seed, name) for name in names})


def _book_places(project: Project, edition: Edition, texts: dict[str, str]) -> Iterator[Place]:
    file = project.name_of(project.book_file)
    text, meta = texts[file], edition.meta
    yield from record_places("", text, file, {"title": meta.title, "subtitle": meta.subtitle})
    for number, line in enumerate(text.split("\n"), start=1):
        for author in meta.authors:
            if author in line:
                yield Place("", "record", author, author, Span(file, number, line.index(author) + 1))

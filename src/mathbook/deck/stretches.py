"""The slides of a finished deck in short runs, each with a key that is known before it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from mathbook.archive.zip_reader import ZipReader
from mathbook.deck.run_key import RunKeys
from mathbook.deck.safe_archive import open_deck, parsed, relations, relations_name
from mathbook.deck.slide_key import SlideKeys, quick_relations
from mathbook.deck.slide_passages import slide_passages
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.passage import Passage
from mathbook.document.stretch import Stretch

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PRESENTATION = "ppt/presentation.xml"


_MOST = 12
"""Slides of a run: if one of them changes, all are read again."""


class _Slide(NamedTuple):
    """A slide's part, and the section it is in."""

    part: str
    section: str


@contextmanager
def stretches(path: Path, memo: Memo = FORGETFUL) -> Iterator[Sequence[Stretch]]:
    """Return the deck's slides, each with its notes, in their order, some in one stretch. Raises UnsafeFile.

    A stretch's `unit` is the section that its slides are in ("section 3"), or empty if the deck has no sections.
    """
    with open_deck(path) as deck:
        yield list(_stretches(deck, memo))


def _stretches(deck: ZipReader, memo: Memo) -> Iterator[Stretch]:
    ours, runs = _saved_by_us(deck), list(_runs(list(_slides(deck))))
    keys = RunKeys(deck, SlideKeys(deck, ours), memo, {run[0].part for run in runs})
    first = 1
    for run in runs:
        parts = [slide.part for slide in run]
        places = tuple(f"slide {number}" for number in range(first, first + len(run)))
        first += len(run)
        yield Stretch(keys.of(parts), places, run[0].section, partial(_read, deck, parts, places, ours))


def _slides(deck: ZipReader) -> Iterator[_Slide]:
    related, root = _related(deck, _PRESENTATION), parsed(deck, _PRESENTATION)
    sections = dict(_sections(root))
    for entry in root.iter(f"{_P}sldId"):
        yield _Slide(related[entry.get(f"{_R}id", "")], sections.get(entry.get("id", ""), ""))


def _runs(slides: Sequence[_Slide]) -> Iterator[Sequence[_Slide]]:
    """Yield the slides of one section that follow each other, not too many in one run."""
    for _, group in groupby(slides, attrgetter("section")):
        its = list(group)
        yield from (its[at : at + _MOST] for at in range(0, len(its), _MOST))


def _related(deck: ZipReader, part: str) -> dict[str, str]:
    """Return the targets of a part's relationships, as `relations` does: without a parser where they are as we write
    them.
    """
    name = relations_name(part)
    quick = quick_relations(deck.read(name), part.rpartition("/")[0]) if name in deck.entries else None
    return relations(deck, part) if quick is None else quick


def _read(deck: ZipReader, parts: Sequence[str], places: Sequence[str], ours: bool) -> Sequence[Passage]:
    slides = zip(parts, places, strict=True)
    return [
        passage for part, place in slides for passage in slide_passages(deck, part, _related(deck, part), place, ours)
    ]


def _sections(presentation: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield each slide's id with the section it is in (MS-PPTX 2.6.3)."""
    for number, section in enumerate(presentation.iter(f"{_P14}section"), start=1):
        for entry in section.iter(f"{_P14}sldId"):
            yield entry.get("id", ""), f"section {number}"


def _saved_by_us(deck: ZipReader) -> bool:
    """Return whether no other program says that it wrote the deck: these write anew what is beneath the slides."""
    properties = "docProps/app.xml"
    return properties in deck.entries and b"<Application>mathbook</Application>" in deck.read(properties)

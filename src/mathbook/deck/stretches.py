"""The slides of a finished deck, each with a key that is known before it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from lxml import etree

from mathbook.archive.zip_reader import ZipReader
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


@contextmanager
def stretches(path: Path, memo: Memo = FORGETFUL) -> Iterator[Sequence[Stretch]]:
    """Return the deck's slides, each with its notes, in their order. Raises UnsafeFile.

    A stretch's `unit` is the section that the slide is in ("section 3"), or empty if the deck has no sections.
    """
    with open_deck(path) as deck:
        yield list(_slides(deck))


def _slides(deck: ZipReader) -> Iterator[Stretch]:
    related, root = _related(deck, _PRESENTATION), parsed(deck, _PRESENTATION)
    sections, ours = dict(_sections(root)), _saved_by_us(deck)
    keys = SlideKeys(deck, ours)
    for number, entry in enumerate(root.iter(f"{_P}sldId"), start=1):
        part, place = related[entry.get(f"{_R}id", "")], f"slide {number}"
        read = partial(_read, deck, part, place, ours)
        yield Stretch(keys.of(part), place, sections.get(entry.get("id", ""), ""), read)


def _related(deck: ZipReader, part: str) -> dict[str, str]:
    """Return the targets of a part's relationships, as `relations` does: without a parser where they are as we write
    them.
    """
    name = relations_name(part)
    quick = quick_relations(deck.read(name), part.rpartition("/")[0]) if name in deck.entries else None
    return relations(deck, part) if quick is None else quick


def _read(deck: ZipReader, part: str, place: str, ours: bool) -> Sequence[Passage]:
    return list(slide_passages(deck, part, _related(deck, part), place, ours))


def _sections(presentation: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield each slide's id with the section it is in (MS-PPTX 2.6.3)."""
    for number, section in enumerate(presentation.iter(f"{_P14}section"), start=1):
        for entry in section.iter(f"{_P14}sldId"):
            yield entry.get("id", ""), f"section {number}"


def _saved_by_us(deck: ZipReader) -> bool:
    """Return whether no other program says that it wrote the deck: these write anew what is beneath the slides."""
    properties = "docProps/app.xml"
    return properties in deck.entries and b"<Application>mathbook</Application>" in deck.read(properties)

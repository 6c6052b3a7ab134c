"""What a deck fragment holds: slides as finished parts, with what they refer to by name instead of by number."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass

from mathbook.deck.printed import Range, Stretches


@dataclass(frozen=True, slots=True)
class SlidePart:
    """A slide's XML, the layout it uses, its notes' XML (empty if it has none), its title, its relationships, and where
    in the unit's running text it stands.
    """

    xml: str
    layout: str
    notes: str
    title: str
    relations: tuple[tuple[str, str, str], ...]
    where: Range = (0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A unit's slides, the pictures on them by file name, what the slides say, packed for the deck's record, and the
    unit's running text.
    """

    title: str
    slides: tuple[SlidePart, ...]
    files: tuple[tuple[str, bytes], ...]
    said: str = ""
    running: Stretches = ()


def pack(bundle: Bundle) -> bytes:
    """Return the bundle as bytes."""
    record = {
        "title": bundle.title,
        "said": bundle.said,
        "running": bundle.running,
        "slides": [
            [part.xml, part.layout, part.notes, part.title, part.relations, part.where] for part in bundle.slides
        ],
        "files": {name: b64encode(data).decode() for name, data in bundle.files},
    }
    return json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8")


def unpack(data: bytes) -> Bundle:
    """Return the bundle."""
    record = json.loads(data)
    slides = tuple(
        SlidePart(xml, layout, notes, title, tuple((a, b, c) for a, b, c in relations), tuple(where))
        for xml, layout, notes, title, relations, where in record["slides"]
    )
    files = tuple((name, b64decode(content)) for name, content in sorted(record["files"].items()))
    running = tuple((flow, words) for flow, words in record["running"])
    return Bundle(record["title"], slides, files, record["said"], running)

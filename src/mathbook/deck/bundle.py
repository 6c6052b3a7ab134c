"""What a deck fragment holds: slides as finished members, but for what only the linker knows, and their pictures."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mathbook.archive.member import Chunk, Gapped, Member
from mathbook.deck.printed import Range, Stretches
from mathbook.frozen import frozen

_HEAD = struct.Struct("<Q")


@frozen
class SlidePart:
    """A slide: its title, its part with a gap for the pages in its footer (if it has one), its relationships with a gap
    for the number of its notes (if it has any), its notes, and where in the unit's running text it stands.
    """

    title: str
    part: Member | Gapped
    relations: Member | Gapped
    notes: Member | None
    where: Range = (0, 0)


@frozen
class Bundle:
    """A unit's slides, the pictures on them by file name, what the slides say, packed for the deck's record, and the
    unit's running text.
    """

    title: str
    slides: tuple[SlidePart, ...]
    files: tuple[tuple[str, Member], ...]
    said: Chunk = (b"", b"")
    running: Stretches = ()


def pack(bundle: Bundle) -> bytes:
    """Return the bundle as bytes: the length of a JSON head, the head, and all that it says the sizes of."""
    blobs: list[bytes] = []
    head = {
        "title": bundle.title,
        "said": [_put(one, blobs) for one in bundle.said],
        "running": bundle.running,
        "slides": [
            [part.title, part.where, *(_put(one, blobs) for one in (part.part, part.relations, part.notes))]
            for part in bundle.slides
        ],
        "files": [[name, _put(member, blobs)] for name, member in bundle.files],
    }
    line = json.dumps(head, ensure_ascii=False, sort_keys=True).encode("utf-8")
    return b"".join((_HEAD.pack(len(line)), line, *blobs))


def _put(one: Member | Gapped | bytes | None, blobs: list[bytes]) -> object:
    """Add the bytes to the blobs, and return what is needed to take them back, in the same order."""
    match one:
        case Member():
            blobs.append(one.data)
            return [len(one.data), one.crc, one.size, one.is_stored]
        case Gapped():
            blobs += [one.before, one.after, one.end]
            return [len(one.before), one.crc, one.size, len(one.after), len(one.end)]
        case None:
            return None
    blobs.append(one)
    return len(one)


def unpack(data: bytes) -> Bundle:
    """Return the bundle."""
    (length,) = _HEAD.unpack_from(data)
    beyond = _HEAD.size + length
    head = json.loads(data[_HEAD.size : beyond])
    blobs = _Blobs(data, beyond)
    files_of, slides_of = head["files"], head["slides"]
    said = (blobs.cut(head["said"][0]), blobs.cut(head["said"][1]))
    slides = tuple(blobs.slides(slides_of))
    files = tuple((name, blobs.member(sizes)) for name, sizes in files_of)
    running = tuple((flow, words) for flow, words in head["running"])
    return Bundle(head["title"], slides, files, said, running)


@dataclass(slots=True)
class _Blobs:
    """What follows the head, taken in order."""

    data: bytes
    at: int

    def cut(self, length: int) -> bytes:
        """Return the next so many bytes."""
        start, self.at = self.at, self.at + length
        return self.data[start : self.at]

    def member(self, sizes: list[Any]) -> Member:
        """Return the next member."""
        length, crc, size, is_stored = sizes
        return Member(self.cut(length), crc, size, is_stored)

    def either(self, sizes: list[Any]) -> Member | Gapped:
        """Return the next member, which may have a gap."""
        if len(sizes) == 4:
            return self.member(sizes)
        before, crc, size, after, end = sizes
        return Gapped(self.cut(before), crc, size, self.cut(after), self.cut(end))

    def slides(self, slides: list[Any]) -> Iterator[SlidePart]:
        """Yield the next slides."""
        for title, where, part, relations, notes in slides:
            members = self.either(part), self.either(relations), self.member(notes) if notes else None
            yield SlidePart(title, *members, tuple(where))

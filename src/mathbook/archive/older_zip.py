"""Members of a zip that stands finished, taken over into another one as they are."""

from __future__ import annotations

import struct
from typing import BinaryIO, NamedTuple, TypeAlias

from mathbook.archive.zip_directory import CENTRAL, LONG, directory_of
from mathbook.frozen import frozen

_ENTRY, _ENTRY_AT = struct.Struct("<3H8xL"), 28
"""What an entry of the directory says of the lengths of what follows it, and, last, of its member's offset."""
_OFFSET, _OFFSET_AT = struct.Struct("<L"), 42


class Stretch(NamedTuple):
    """Neighbouring members: where they stand in their file, where their entries are in its directory, and how many."""

    start: int
    end: int
    entries: int
    entries_end: int
    members: int

    def goes_on_with(self, other: Stretch) -> bool:
        """Return whether the other's members follow in the same file."""
        return self.end == other.start and self.entries_end == other.entries

    def with_next(self, other: Stretch) -> Stretch:
        """Return both in one."""
        return Stretch(self.start, other.end, self.entries, other.entries_end, self.members + other.members)


Mark: TypeAlias = tuple[int, int, int]
"""Where a file goes on, where its directory does, and how many members there are."""


def stretch_between(before: Mark, after: Mark) -> Stretch:
    """Return what was written between two marks."""
    return Stretch(before[0], after[0], before[1], after[1], after[2] - before[2])


@frozen
class OlderZip:
    """A zip that a ZipWriter wrote, open for reading, and its directory."""

    file: BinaryIO
    directory: bytes

    @classmethod
    def of(cls, file: BinaryIO) -> OlderZip:
        """Return the zip in the file. Raises ValueError."""
        return cls(file, directory_of(file)[0])

    def entries(self, stretch: Stretch, at: int) -> bytes:
        """Return the entries of members that stand at this place of another file."""
        entries = self.directory[stretch.entries : stretch.entries_end]
        return _shifted(entries, at - stretch.start) if at != stretch.start else entries


def is_near(stretch: Stretch, at: int) -> bool:
    """Return whether entries of the members need no second field for their offset, neither here nor there."""
    return max(stretch.end, at + stretch.end - stretch.start) < LONG


def _shifted(entries: bytes, by: int) -> bytes:
    """Return the entries of members that stand so many bytes further on."""
    shifted, at = bytearray(entries), 0
    while at < len(entries):
        name, extra, comment, offset = _ENTRY.unpack_from(entries, at + _ENTRY_AT)
        _OFFSET.pack_into(shifted, at + _OFFSET_AT, offset + by)
        at += CENTRAL.size + name + extra + comment
    return bytes(shifted)

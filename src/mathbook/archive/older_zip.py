"""Members of a zip that stands finished, taken over into another one as they are."""

from __future__ import annotations

import struct
from typing import BinaryIO, NamedTuple, TypeAlias

from mathbook.archive.zip_directory import CENTRAL, LONG, directory_of
from mathbook.frozen import frozen

_ENTRY, _ENTRY_AT = struct.Struct("<3H8xL"), 28
"""What an entry of the directory says of the lengths of what follows it, and, last, of its member's offset."""
_OFFSET, _OFFSET_AT = struct.Struct("<L"), 42


class Neighbours(NamedTuple):
    """Neighbouring members: where they stand in their file, where their entries are in its directory, and how many."""

    start: int
    end: int
    entries: int
    entries_end: int
    number: int

    def goes_on_with(self, other: Neighbours) -> bool:
        """Return whether the other's members follow in the same file."""
        return self.end == other.start and self.entries_end == other.entries

    def with_next(self, other: Neighbours) -> Neighbours:
        """Return both in one."""
        return Neighbours(self.start, other.end, self.entries, other.entries_end, self.number + other.number)


Cursor: TypeAlias = tuple[int, int, int]
"""Where a file goes on, where its directory does, and how many members there are."""


def members_between(before: Cursor, after: Cursor) -> Neighbours:
    """Return what was written between two cursors."""
    return Neighbours(before[0], after[0], before[1], after[1], after[2] - before[2])


@frozen
class OlderZip:
    """A zip that a ZipWriter wrote, open for reading, and its directory."""

    file: BinaryIO
    directory: bytes

    @classmethod
    def of(cls, file: BinaryIO) -> OlderZip:
        """Return the zip in the file. Raises ValueError."""
        return cls(file, directory_of(file)[0])

    def entries(self, members: Neighbours, at: int) -> bytes:
        """Return the entries of members that stand at this place of another file."""
        entries = self.directory[members.entries : members.entries_end]
        return _shifted(entries, at - members.start) if at != members.start else entries


def is_near(members: Neighbours, at: int) -> bool:
    """Return whether entries of the members need no second field for their offset, neither here nor there."""
    return max(members.end, at + members.end - members.start) < LONG


def _shifted(entries: bytes, by: int) -> bytes:
    """Return the entries of members that stand so many bytes further on."""
    shifted, at = bytearray(entries), 0
    while at < len(entries):
        name, extra, comment, offset = _ENTRY.unpack_from(entries, at + _ENTRY_AT)
        _OFFSET.pack_into(shifted, at + _OFFSET_AT, offset + by)
        at += CENTRAL.size + name + extra + comment
    return bytes(shifted)

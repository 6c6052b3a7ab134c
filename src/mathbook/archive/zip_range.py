"""Neighbouring members of a zip in one: told apart from others by their bytes in one go, not member by member."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from hashlib import sha256
from itertools import pairwise

from mathbook.archive.zip_reader import Entry, ZipReader
from mathbook.frozen import frozen

_ROW = struct.Struct("<HHLLLq")
_LOCAL_LENGTH = 30
_EXTRA = struct.Struct("<28xH")


@frozen
class ZipRange:
    """Members that stand one behind the other in the directory."""

    names: Sequence[str]
    entries: Sequence[Entry]

    def digest(self, reader: ZipReader) -> bytes:
        """Return a hash of what the directory says of the members and of the file's bytes from the first to the last,
        wherever in the file they are.
        """
        start, told = self.entries[0].offset, sha256()
        told.update("\n".join(self.names).encode())
        told.update(b"".join(_ROW.pack(*entry[:5], entry.offset - start) for entry in self.entries))
        told.update(memoryview(reader.content)[start : self._end])
        return told.digest()

    def is_gapless(self, reader: ZipReader) -> bool:
        """Return whether the bytes from the first to the last are these members' and nothing else, so that the hash
        decides what is read of them.
        """
        ends = zip(self.names, self.entries, strict=True)
        follow = all(_end(name, one) == other.offset for (name, one), (_, other) in pairwise(ends))
        return follow and self._end <= len(reader.content) and all(_is_bare(reader, one) for one in self.entries)

    @property
    def _end(self) -> int:
        return _end(self.names[-1], self.entries[-1])


def _end(name: str, entry: Entry) -> int:
    """Return where the member ends, if it has the header that ours have."""
    return entry.offset + _LOCAL_LENGTH + len(name) + entry.packed


def _is_bare(reader: ZipReader, entry: Entry) -> bool:
    """Return whether nothing stands between the member's name and its bytes."""
    extra: int = _EXTRA.unpack_from(reader.content, entry.offset)[0]
    return not extra

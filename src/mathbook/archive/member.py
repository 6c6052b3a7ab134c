"""Members of a zip file as they stand in it: deflated, with their checksums."""

from __future__ import annotations

import zlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """`data` as it stands in the file, deflated if it isn't `is_stored`; `crc` and `size` are those of the content."""

    data: bytes
    crc: int
    size: int
    is_stored: bool = False

    @property
    def content(self) -> bytes:
        """The bytes that were packed."""
        return self.data if self.is_stored else zlib.decompress(self.data, -zlib.MAX_WBITS, self.size)


def stored(content: bytes) -> Member:
    """Return the content as a member that isn't compressed."""
    return Member(content, zlib.crc32(content), len(content), is_stored=True)


def deflated(content: bytes, level: int = 6) -> Member:
    """Return the content as a compressed member."""
    deflater = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
    return Member(deflater.compress(content) + deflater.flush(), zlib.crc32(content), len(content))

"""Members of a zip as they stand in the file: deflated, with their checksums, so that a linker only copies them."""

from __future__ import annotations

import struct
import zlib
from typing import TypeAlias

from mathbook.frozen import frozen

Chunk: TypeAlias = tuple[bytes, bytes]
"""Some of a member's content, and the same `flushed`, or nothing."""

_LONGEST = 65_535
"""Bytes that one stored block can hold (RFC 1951, 3.2.4)."""
SHORT = 3_800
"""Bytes of a content for which a window of 4,096 is enough: it becomes as short, in half of the time."""
LONG = 300_000
"""Bytes of a content that is packed less hard: it becomes a tenth longer, in half of the time. Most of that kind are
parts that tell of all slides or units of a long book.
"""
_NO_MORE = b"\x03\x00"
"""A last block with nothing in it."""


@frozen
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


def deflated(content: bytes) -> Member:
    """Return the content as a compressed member."""
    return Member(_packed(content, zlib.Z_FINISH), zlib.crc32(content), len(content))


def flushed(content: bytes) -> bytes:
    """Return the content deflated so that anything can follow: the stream goes on, and refers to nothing before."""
    return _packed(content, zlib.Z_FULL_FLUSH)


def level_of(content: bytes) -> int:
    """Return how hard zlib is to try (1 to 9)."""
    return 3 if len(content) > LONG else 6


def _packed(content: bytes, end: int) -> bytes:
    if len(content) <= SHORT:
        deflater = zlib.compressobj(wbits=-12, memLevel=6)
    else:
        deflater = zlib.compressobj(level_of(content), wbits=-zlib.MAX_WBITS)
    return deflater.compress(content) + deflater.flush(end)


def _block(content: bytes) -> bytes:
    """Return the content as stored blocks of a deflated stream, none of them its last."""
    if len(content) <= _LONGEST:
        length = len(content)
        return struct.pack("<BHH", 0, length, length ^ 0xFFFF) + content if content else b""
    blocks = (content[at : at + _LONGEST] for at in range(0, len(content), _LONGEST))
    return b"".join(struct.pack("<BHH", 0, len(block), len(block) ^ 0xFFFF) + block for block in blocks)


@frozen
class Gapped:
    """A member with a gap, in which the linker puts a few words: what is `before` it is deflated and has this `crc` and
    `size`, what is `after` it is there as it is and deflated (`end`).
    """

    before: bytes
    crc: int
    size: int
    after: bytes
    end: bytes

    def filled(self, words: bytes) -> Member:
        """Return the member with the words in the gap."""
        crc = zlib.crc32(self.after, zlib.crc32(words, self.crc))
        data = b"".join((self.before, _block(words), self.end))
        return Member(data, crc, self.size + len(words) + len(self.after))


def gapped(before: bytes, after: bytes) -> Gapped:
    """Return a member that has a gap between both."""
    return Gapped(flushed(before), zlib.crc32(before), len(before), after, _packed(after, zlib.Z_FINISH))


def joined(chunks: list[Chunk]) -> Member:
    """Return the member that holds the contents of all chunks."""
    crc = size = 0
    for content, _ in chunks:
        crc, size = zlib.crc32(content, crc), size + len(content)
    return Member(b"".join(packed or _block(content) for content, packed in chunks) + _NO_MORE, crc, size)

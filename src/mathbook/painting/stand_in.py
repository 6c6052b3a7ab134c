"""A PNG that stands in for a drawing says which: a program that knows no SVG keeps the PNG and throws the drawing away.

What it says holds only for the pixels that it was said of: a text chunk (ISO/IEC 15948, 11.3.4.3) has the drawing's
hash and that of all other bytes, so that a picture which somebody painted over stands in for nothing.
"""

from __future__ import annotations

import struct
import zlib
from hashlib import blake2b

_SIZE = 16
"""Bytes of a hash."""
_END = b"\0\0\0\0IEND\xaeB\x60\x82"
_KEYWORD = b"mathbook drawing\0"
_BEFORE = 4 + len(b"tEXt") + len(_KEYWORD)
_LENGTH = _BEFORE + 2 * _SIZE + 1 + 2 * _SIZE + 4


def standing_in(png: bytes, drawing: bytes) -> bytes:
    """Return the picture as one that says which drawing it stands in for."""
    assert png.endswith(_END), "a PNG ends with its last chunk"
    return png.removesuffix(_END) + _chunk(_hash(drawing).encode("ascii"), png) + _END


def drawing_of(png: bytes) -> str:
    """Return the hash (BLAKE2b, 16 bytes) of the drawing that the picture stands in for; nothing if it stands in for
    none, or if a byte of it isn't as it was.
    """
    before, chunk, end = png[: -_LENGTH - len(_END)], png[-_LENGTH - len(_END) : -len(_END)], png[-len(_END) :]
    drawing = chunk[_BEFORE : _BEFORE + 2 * _SIZE]
    is_whole = end == _END and chunk == _chunk(drawing, before + end)
    return drawing.decode("ascii") if is_whole and drawing.isalnum() else ""


def _chunk(drawing: bytes, png: bytes) -> bytes:
    """Return the chunk with the hash of the drawing and that of the picture without the chunk."""
    told = b"tEXt" + _KEYWORD + drawing + b" " + _hash(png).encode("ascii")
    return struct.pack(">I", len(told) - 4) + told + struct.pack(">I", zlib.crc32(told))


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=_SIZE).hexdigest()

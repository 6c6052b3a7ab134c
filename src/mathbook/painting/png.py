"""PNG files (ISO/IEC 15948) of drawings: large grounds of nothing, and a few colours.

Pillow tries five filters for each row; such pictures are smaller with none, and written in half of the time.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

from PIL import Image

from mathbook.painting.paint import Colour

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PALETTE, _RGBA = 3, 6
"""Types of colours."""
_LEVEL = 3
"""How hard zlib tries: 5 takes half as long again for a sixth, most of which fewer steps of smoothing have saved."""
_NO_FILTER = b"\0"


def coloured_png(picture: Image.Image) -> bytes:
    """Return a picture of red, green, blue and alpha as a PNG."""
    return _png(picture, 8, _RGBA, picture.tobytes())


def one_colour_png(cover: Image.Image, colour: Colour) -> bytes:
    """Return a picture in one colour as a PNG; `cover` says how much of it each pixel has, from 0 to 15."""
    palette = _chunk(b"PLTE", bytes(colour) * 16) + _chunk(b"tRNS", bytes(17 * step for step in range(16)))
    indexed = Image.frombytes("P", cover.size, cover.tobytes())
    return _png(cover, 4, _PALETTE, indexed.tobytes("raw", "P;4"), palette)


def _png(picture: Image.Image, depth: int, kind: int, pixels: bytes, palette: bytes = b"") -> bytes:
    width, height = picture.size
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    data = zlib.compress(b"".join(_lines(pixels, len(pixels) // height)), _LEVEL)
    return _SIGNATURE + _chunk(b"IHDR", head) + palette + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _lines(pixels: bytes, length: int) -> Iterable[bytes]:
    for start in range(0, len(pixels), length):
        yield _NO_FILTER
        yield pixels[start : start + length]


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

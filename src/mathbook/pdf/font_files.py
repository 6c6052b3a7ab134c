"""Two files of one description are two fonts.

WeasyPrint 70 knows a font by Pango's description alone. Where a system lacks a script's italics, its upright file is
slanted and described as its italic file is: the second of the two is then not embedded, and its letters are painted as
nothing. So the second one is described by a name of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from weasyprint.pdf import stream
from weasyprint.text.ffi import ffi, harfbuzz, pango
from weasyprint.text.fonts import get_pango_font_hb_face

_HEAD = 0x68656164
"""The table `head`: it holds a checksum of the whole file (OpenType, "head")."""


@contextmanager
def told_apart() -> Iterator[None]:
    """Tell fonts of one description apart by their files, as long as the context lasts."""
    asked: Any = stream  # its module has the name only from another one
    before = asked.get_pango_font_key
    asked.get_pango_font_key = _Keys(before).key
    try:
        yield
    finally:
        asked.get_pango_font_key = before


@dataclass(slots=True)
class _Keys:
    """The keys of one document's fonts: `files` has the files of a description, in the order in which they came."""

    describe: Callable[[Any], tuple[int, Any, float]]
    files: dict[int, list[bytes]] = field(default_factory=dict)

    def key(self, pango_font: Any) -> tuple[int, Any, float]:
        """Return what WeasyPrint asks for: the font's key, its description, and its size in CSS pixels."""
        key, description, size = self.describe(pango_font)
        files, file = self.files.setdefault(key, []), _file_of(pango_font)
        if file not in files:
            files.append(file)
        if number := files.index(file):
            family = ffi.string(pango.pango_font_description_get_family(description))
            pango.pango_font_description_set_family(description, family + b" %d" % (number + 1))
            key = pango.pango_font_description_hash(description)
        return key, description, size


def _file_of(pango_font: Any) -> bytes:
    """Return what tells the font's file: its table `head`."""
    blob = harfbuzz.hb_face_reference_table(get_pango_font_hb_face(pango_font), _HEAD)
    try:
        length = ffi.new("unsigned int *")
        data = harfbuzz.hb_blob_get_data(blob, length)
        return bytes(ffi.buffer(data, length[0])) if length[0] else b""
    finally:
        harfbuzz.hb_blob_destroy(blob)

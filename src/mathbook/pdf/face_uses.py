"""Which glyphs of which face of the theme a font in a PDF shows.

A fragment doesn't hold the theme's fonts: where the layout engine would put a font's file it is told to put a mark, the
hash of the theme's file. Glyphs keep the numbers that they have in that file (CIDToGIDMap is Identity), so that the
linker can cut what all pages show out of it, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from mathbook.pdf.piece import FaceUse
from mathbook.pdf.unicode_map import read_unicode_map

FILES = ("/FontFile2", "/FontFile3")
"""Where a descriptor keeps the font: TrueType outlines, or OpenType (ISO 32000-1, table 126)."""
_HEAD = 1024
"""Bytes that tell one font's file from another: they hold the checksums of its tables (OpenType, "table directory")."""
_MARK = b"mathbook face "
_WIDTHS = re.compile(rb"(\d+)\s+(?:\[([^\]]*)\]|(\d+)\s+([-\d.]+))")


def file_heads(files: Mapping[str, Path]) -> dict[bytes, str]:
    """Return the digests of the files by what their fonts can be known by; `files` has them by digest."""
    return {path.read_bytes()[:_HEAD]: digest for digest, path in files.items()}


def mark_of(content: bytes, heads: Mapping[bytes, str]) -> bytes:
    """Return what stands for a font's file, nothing if the file is none of those known. It begins as the file does,
    since that tells the kind of its outlines.
    """
    digest = heads.get(bytes(content[:_HEAD]))
    return content[:4] + _MARK + digest.encode("ascii") if digest else b""


def face_use(font: Any) -> FaceUse | None:
    """Return what a font shows of the face that its mark names; None if a font's file is there itself."""
    if Name.Type0 != font.get("/Subtype"):
        return None
    descendant = font.DescendantFonts[0]
    descriptor = descendant.FontDescriptor
    content = next(bytes(descriptor[key].read_bytes()) for key in FILES if key in descriptor)
    if not content[4:].startswith(_MARK):
        return None
    digest = content[4 + len(_MARK) :].decode("ascii")
    widths = widths_in(descendant.get("/W", Array()).unparse(resolved=True))
    return FaceUse(digest, widths, read_unicode_map(font.ToUnicode.read_bytes()))


def widths_in(array: bytes) -> dict[int, float]:
    """Return the glyphs and widths of a `W` array, `c [w …]` or `first last w` (ISO 32000-1, 9.7.4.3)."""
    found: dict[int, float] = {}
    for first, several, last, width in _WIDTHS.findall(array):
        if width:
            found |= dict.fromkeys(range(int(first), int(last) + 1), float(width))
        else:
            found |= {glyph: float(one) for glyph, one in enumerate(several.split(), start=int(first))}
    return found


def font_dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the dictionaries of fonts of pages, and of the forms and patterns that they use, each once."""
    seen: set[tuple[int, int]] = set()
    pending = [page.obj.get("/Resources") for page in reversed(pdf.pages)]
    while pending:
        resources = pending.pop()
        if resources is None or (resources.is_indirect and resources.objgen in seen):
            continue
        seen.add(resources.objgen)
        for kind in ("/XObject", "/Pattern"):
            pending += [used.get("/Resources") for _, used in sorted(resources.get(kind, Dictionary()).items())]
        fonts = resources.get("/Font")
        if fonts is not None and not (fonts.is_indirect and fonts.objgen in seen):
            seen.add(fonts.objgen)
            yield fonts

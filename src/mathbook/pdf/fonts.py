"""One set of fonts for a linked file: the glyphs that all pages show, cut out of the theme's files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

import pikepdf
import uharfbuzz as hb

from mathbook.document.theme import FontFace, FontFamily, Theme
from mathbook.pdf.file_writer import FileWriter
from mathbook.pdf.missing_glyphs import with_boxes
from mathbook.pdf.piece import FaceUse
from mathbook.pdf.unicode_map import write_unicode_map

_DROPPED = (b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"MATH", b"STAT")
"""Tables that serve layout, which is done."""
_POSTSCRIPT = b"OTTO"
"""Begins a font with PostScript outlines (OpenType, "Font file")."""
_OBJECTS = 5
"""Objects of a font: itself, its descendant, this one's descriptor, the file in it, the texts of its glyphs."""
_SYMBOLIC, _ITALIC = 4, 64
"""Flags of a font (ISO 32000-1, table 123)."""


@dataclass(slots=True)
class _Joined:
    """A face as all pages use it: the font's number, its glyphs' widths and texts; what was known first stays.

    The numbers behind the font's are those of what it refers to: reserved with it, they depend on nothing that comes
    later.
    """

    number: int
    widths: dict[int, float] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)


class FontPool:
    """The faces of themes that a file uses, by the hash of their files."""

    def __init__(self, writer: FileWriter, *themes: Theme) -> None:
        self._writer = writer
        self._files = {face.digest: (family, face) for theme in themes for family, face in _faces(theme)}
        self._joined: dict[str, _Joined] = {}

    def reserve(self, digest: str) -> None:
        """Give the face's font its numbers; it is written if it is shown."""
        if digest not in self._joined:
            self._joined[digest] = _Joined(self._writer.reserve(_OBJECTS))

    def number(self, use: FaceUse) -> int:
        """Return the number of the font that shows the face; these glyphs will be in it."""
        self.reserve(use.digest)
        joined = self._joined[use.digest]
        joined.widths = {**use.widths, **joined.widths}
        joined.texts = {**use.texts, **joined.texts}
        return joined.number

    def put(self) -> None:
        """Write the fonts, when nothing more will be shown."""
        for digest, joined in self._joined.items():
            if joined.widths:
                _put(self._writer, *self._files[digest], joined)


def _faces(theme: Theme) -> Iterator[tuple[FontFamily, FontFace]]:
    fonts = theme.fonts
    for family in (fonts.body, fonts.heading, fonts.code, fonts.math):
        yield from ((family, face) for face in family.faces)


def _put(writer: FileWriter, family: FontFamily, face: FontFace, joined: _Joined) -> None:
    """Write a composite font whose characters are the numbers of glyphs (ISO 32000-1, 9.7)."""
    file = hb.Face(hb.Blob.from_file_path(str(face.path)))
    called = file.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or family.name
    name = pikepdf.Name(f"/MATHBK+{called.replace(' ', '')}").unparse()
    data = subset(file, set(joined.widths))
    font, descendant, descriptor, stored, texts = range(joined.number, joined.number + _OBJECTS)
    is_postscript = data[:4] == _POSTSCRIPT
    kind = b"/Subtype /OpenType" if is_postscript else b"/Length1 %d" % len(data)
    writer.put_deflated(stored, data, kind)
    writer.put_deflated(texts, write_unicode_map(joined.texts))
    # only glyphs with TrueType outlines are found by a map (9.7.4.2)
    outlines = b"0" if is_postscript else b"2 /CIDToGIDMap /Identity"
    bodies = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont %b /Encoding /Identity-H /DescendantFonts [ %d 0 R ]"
        b" /ToUnicode %d 0 R >>" % (name, descendant, texts),
        b"<< /Type /Font /BaseFont %b /W [ %b ] /FontDescriptor %d 0 R /Subtype /CIDFontType%b"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
        % (name, _widths(joined.widths), descriptor, outlines),
        _descriptor(family, face, file, name, b"/FontFile%d %d 0 R" % (3 if is_postscript else 2, stored)),
    )
    writer.put((font, descendant, descriptor), bodies)


def _widths(widths: dict[int, float]) -> bytes:
    """Return a `W` array's members: neighbouring glyphs together (ISO 32000-1, 9.7.4.3)."""
    runs = (list(run) for _, run in groupby(enumerate(sorted(widths)), key=lambda pair: pair[1] - pair[0]))
    return b" ".join(b"%d [ %b ]" % (run[0][1], b" ".join(b"%g" % widths[glyph] for _, glyph in run)) for run in runs)


def _descriptor(family: FontFamily, face: FontFace, file: hb.Face, name: bytes, stored: bytes) -> bytes:
    extents, scale = hb.Font(file).get_font_extents("ltr"), 1000 / file.upem
    floor, ceiling = round(extents.descender * scale), round(extents.ascender * scale)
    return (
        b"<< /Type /FontDescriptor /FontName %b /FontFamily %b /Flags %d /FontBBox [ -500 %d 1500 %d ] /ItalicAngle 0"
        b" /Ascent %d /Descent %d /CapHeight 700 /StemV 80 %b >>"
    ) % (
        *(name, pikepdf.String(family.name).unparse(), _SYMBOLIC + _ITALIC * (face.style == "italic")),
        *(floor, ceiling, ceiling, floor, stored),
    )


def subset(face: hb.Face, glyphs: set[int]) -> bytes:
    """Return the font with these glyphs under the numbers they have, and without what only layout needs.

    Numbers behind the last glyph are letters that the font lacks: boxes.
    """
    lacking = {glyph for glyph in glyphs if glyph >= face.glyph_count}
    asked = hb.SubsetInput()
    asked.glyph_set.update(glyphs - lacking)
    asked.drop_table_tag_set.update({int.from_bytes(tag, "big") for tag in _DROPPED})
    asked.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    if lacking:
        asked.flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    data = bytes(hb.subset(face, asked).blob.data)
    return with_boxes(data, lacking) if lacking else data

"""A font that pages show by the numbers of its glyphs, with just those that are used (ISO 32000-1, 9.7)."""

from __future__ import annotations

from collections.abc import Mapping

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name, String

from mathbook.pdf.fonts import subset
from mathbook.pdf.unicode_map import write_unicode_map


def composite_font(pdf: pikepdf.Pdf, face: hb.Face, family: str, texts: Mapping[int, str]) -> pikepdf.Object:
    """Return the font with the glyphs that have texts. Fonts of a face have one name, so that they can be joined."""
    font, scale = hb.Font(face), 1000 / face.upem
    name = Name(f"/MATHBK+{face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or family.replace(' ', '')}")
    advances = {glyph: round(font.get_glyph_h_advance(glyph) * scale, 2) for glyph in sorted(texts)}
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        W=Array([part for glyph, advance in advances.items() for part in (glyph, Array([advance]))]),
        CIDToGIDMap=Name.Identity,
        FontDescriptor=_descriptor(pdf, face, font, name, family, set(texts)),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(write_unicode_map(texts)),
        )
    )


def _descriptor(
    pdf: pikepdf.Pdf, face: hb.Face, font: hb.Font, name: Name, family: str, glyphs: set[int]
) -> pikepdf.Object:
    extents, scale = font.get_font_extents("ltr"), 1000 / face.upem
    data = subset(face, glyphs)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        FontFamily=String(family),
        Flags=4,
        FontBBox=Array([-500, round(extents.descender * scale), 1500, round(extents.ascender * scale)]),
        ItalicAngle=0,
        Ascent=round(extents.ascender * scale),
        Descent=round(extents.descender * scale),
        CapHeight=700,
        StemV=80,
        FontFile2=pdf.make_stream(data, Length1=len(data)),
    )
    return pdf.make_indirect(descriptor)

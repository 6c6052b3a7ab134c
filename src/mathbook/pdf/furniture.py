"""What stands on a page because of where it stands: running heads and page numbers, written as artifacts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from mathbook.document.theme import FontFamily, Theme
from mathbook.pdf.geometry import Page

SIZE = 8.2
"""Points."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """A page's running head and foot. Empty strings leave a place empty."""

    head_left: str = ""
    head_right: str = ""
    foot_left: str = ""
    foot_right: str = ""


def put_furniture(pdf: pikepdf.Pdf, pieces: list[Furniture], theme: Theme, page: Page) -> None:
    """Write each page's furniture onto it, in the heading font, as pagination artifacts (ISO 32000-1, 14.8.2.2)."""
    words = "".join({char for piece in pieces for text in _texts(piece) for char in text})
    face = _regular(theme.fonts.heading)
    font = _Font(face, "".join(sorted(words)))
    reference = pdf.make_indirect(font.embedded(pdf))
    muted, rule = _rgb(theme.colours.muted), _rgb(theme.colours.rule)
    for target, piece in zip(pdf.pages, pieces, strict=True):
        operators = _operators(piece, font, page, muted, rule)
        if operators:
            target.add_resource(reference, Name.Font, Name.MathbookFurniture)
            # the page's own content leaves its matrix behind: it is put aside, so that points are points again
            target.contents_add(b"q\n", prepend=True)
            target.contents_add(b"\nQ" + operators.encode("ascii"), prepend=False)


def _texts(piece: Furniture) -> tuple[str, ...]:
    return piece.head_left, piece.head_right, piece.foot_left, piece.foot_right


def _regular(family: FontFamily) -> Path:
    return next(
        (face.path for face in family.faces if (face.weight, face.style) == (400, "normal")), family.faces[0].path
    )


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


def _operators(piece: Furniture, font: _Font, page: Page, muted: str, rule: str) -> str:
    """Return the content of the artifact; each text stands within the page's side margins."""
    right = page.width - page.side
    head, foot = page.height - page.top + 24, page.bottom - 32
    shown = [
        _text(font, piece.head_left, page.side, head),
        _text(font, piece.head_right, right - font.width(piece.head_right), head),
        _text(font, piece.foot_left, page.side, foot),
        _text(font, piece.foot_right, right - font.width(piece.foot_right), foot),
    ]
    if not any(shown):
        return ""
    line = ""
    if piece.head_left or piece.head_right:
        line = f"{rule} RG 0.5 w {page.side:.2f} {head - 6:.2f} m {right:.2f} {head - 6:.2f} l S "
    return f"\n/Artifact <</Type /Pagination>> BDC q {line}{muted} rg {' '.join(filter(None, shown))} Q EMC\n"


def _text(font: _Font, text: str, x: float, y: float) -> str:
    if not text:
        return ""
    return f"BT /MathbookFurniture {SIZE} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{font.hex(text)}> Tj ET"


class _Font:
    """A font with the few characters that are needed."""

    def __init__(self, path: Path, characters: str) -> None:
        self._data, self._names = _subset(path, characters)
        self._font = TTFont(io.BytesIO(self._data))
        self._cmap: dict[int, str] = self._font.getBestCmap() or {}
        self._advances = self._font["hmtx"].metrics
        self._em = int(getattr(self._font["head"], "unitsPerEm"))  # noqa: B009

    def _glyph(self, char: str) -> str:
        return self._cmap.get(ord(char), ".notdef")

    def width(self, text: str) -> float:
        """Return the text's width in points."""
        return float(sum(self._advances[self._glyph(char)][0] for char in text) / self._em * SIZE)

    def hex(self, text: str) -> str:
        """Return the text as the glyph numbers that Identity-H wants."""
        return "".join(f"{self._font.getGlyphID(self._glyph(char)):04x}" for char in text)

    def embedded(self, pdf: pikepdf.Pdf) -> Dictionary:
        """Return the font as a composite font (ISO 32000-1, 9.7)."""
        name = Name(f"/MATHBK+{self._names.replace(' ', '-')}")
        scale = 1000 / self._em
        head, os2, hhea = self._font["head"], self._font["OS/2"], self._font["hhea"]
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=Array([round(v * scale) for v in (head.xMin, head.yMin, head.xMax, head.yMax)]),
            ItalicAngle=0,
            Ascent=round(hhea.ascent * scale),
            Descent=round(hhea.descent * scale),
            CapHeight=round(getattr(os2, "sCapHeight", 700) * scale),
            StemV=80,
            FontFile2=pdf.make_stream(self._data),
        )
        widths: list[Any] = []
        for glyph in self._font.getGlyphOrder():
            advance = round(self._advances[glyph][0] * scale, 2)
            widths += [self._font.getGlyphID(glyph), Array([advance])]
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(
                Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
            ),
            W=Array(widths),
            CIDToGIDMap=Name.Identity,
            FontDescriptor=pdf.make_indirect(descriptor),
        )
        return Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(self._to_unicode()),
        )

    def _to_unicode(self) -> bytes:
        pairs = [f"<{self._font.getGlyphID(name):04x}> <{code:04x}>" for code, name in sorted(self._cmap.items())]
        blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
        body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        return _CMAP.format(body=body).encode("ascii")


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@lru_cache(maxsize=64)
def _subset(path: Path, characters: str) -> tuple[bytes, str]:
    """Return the font with only these characters, and its name."""
    options = subset.Options(notdef_outline=True, hinting=False, layout_features=[], name_IDs=[1, 2, 4, 6])
    options.recalc_timestamp = False
    font = TTFont(path, recalcTimestamp=False)
    name = str(font["name"].getBestFullName())
    # taken away first: to read them is nearly all of the time, and nothing is shaped here
    for table in ("GSUB", "GPOS", "GDEF", "kern"):
        if table in font:
            del font[table]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue(), name

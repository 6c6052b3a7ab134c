"""What stands on a page because of where it stands: running heads and page numbers, written as artifacts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

from mathbook.document.theme import FontFamily, Theme
from mathbook.pdf.geometry import Page
from mathbook.pdf.unicode_map import write_unicode_map

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
    lettering = _Lettering(theme, {char for piece in pieces for text in _texts(piece) for char in text})
    references = {font.name: pdf.make_indirect(font.embedded(pdf)) for font in lettering.fonts}
    muted, rule = _rgb(theme.colours.muted), _rgb(theme.colours.rule)
    for target, piece in zip(pdf.pages, pieces, strict=True):
        operators = _operators(piece, lettering, page, muted, rule)
        if operators:
            for name, reference in references.items():
                target.add_resource(reference, Name.Font, Name(f"/{name}"))
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


def _operators(piece: Furniture, lettering: _Lettering, page: Page, muted: str, rule: str) -> str:
    """Return the content of the artifact; each text stands within the page's side margins."""
    right = page.width - page.side
    head, foot = page.height - page.top + 24, page.bottom - 32
    shown = [
        _text(lettering, piece.head_left, page.side, head),
        _text(lettering, piece.head_right, right - lettering.width(piece.head_right), head),
        _text(lettering, piece.foot_left, page.side, foot),
        _text(lettering, piece.foot_right, right - lettering.width(piece.foot_right), foot),
    ]
    if not any(shown):
        return ""
    line = ""
    if piece.head_left or piece.head_right:
        line = f"{rule} RG 0.5 w {page.side:.2f} {head - 6:.2f} m {right:.2f} {head - 6:.2f} l S "
    return f"\n/Artifact <</Type /Pagination>> BDC q {line}{muted} rg {' '.join(filter(None, shown))} Q EMC\n"


def _text(lettering: _Lettering, text: str, x: float, y: float) -> str:
    runs = " ".join(f"/{font.name} {SIZE} Tf <{font.hex(run)}> Tj" for font, run in lettering.runs(text))
    return f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {runs} ET" if runs else ""


class _Lettering:
    """The theme's regular faces, headings' first: a character is set in the first that has it.

    What none has is left out: this is an artifact, and the title stands in full where the unit begins.
    """

    def __init__(self, theme: Theme, characters: set[str]) -> None:
        self.fonts: list[_Font] = []
        wanted = characters
        for family in dict.fromkeys((theme.fonts.heading, theme.fonts.body, theme.fonts.math)):
            path = _regular(family)
            there = {char for char in wanted if ord(char) in _charset(path)}
            if there:
                self.fonts.append(_Font(f"MathbookFurniture{len(self.fonts)}", path, "".join(sorted(there))))
            wanted = wanted - there

    def runs(self, text: str) -> Iterator[tuple[_Font, str]]:
        """Yield the text in pieces of one font each."""
        for font, chars in groupby(text, self._font_of):
            if font is not None:
                yield font, "".join(chars)

    def width(self, text: str) -> float:
        """Return the text's width in points."""
        return sum(font.width(run) for font, run in self.runs(text))

    def _font_of(self, char: str) -> _Font | None:
        return next((font for font in self.fonts if font.has(char)), None)


@lru_cache(maxsize=64)
def _charset(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


class _Font:
    """A font with the few characters that are needed, and the name by which pages know it."""

    def __init__(self, name: str, path: Path, characters: str) -> None:
        self.name = name
        self._data, self._names = _subset(path, characters)
        self._font = TTFont(io.BytesIO(self._data))
        self._cmap: dict[int, str] = self._font.getBestCmap() or {}
        self._advances = self._font["hmtx"].metrics
        self._em = int(getattr(self._font["head"], "unitsPerEm"))  # noqa: B009

    def has(self, char: str) -> bool:
        """Return whether the font has the character."""
        return ord(char) in self._cmap

    def _glyph(self, char: str) -> str:
        return self._cmap[ord(char)]

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
            ToUnicode=pdf.make_stream(write_unicode_map(self._texts())),
        )

    def _texts(self) -> dict[int, str]:
        return {self._font.getGlyphID(name): chr(code) for code, name in sorted(self._cmap.items())}


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

"""The font of formulas. The parser draws outlines, and names each by the number that its glyph has in the font's file:
so a glyph can be shown as text wherever the file that we have looks as the parser's.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from mathbook.formula.svg import ink

NO_TEXT = "\u200b"
"""The text of a glyph that stands for nothing by itself, such as a part of a long arrow."""

_ALIKE = 10.0
"""How far the parser's outline and the file's glyph may differ, in 1000 units an em: no eye sees a hundredth.
The parser brings the font with cubic outlines, whose hints left other side bearings."""


@dataclass(slots=True, eq=False)
class Typeface:
    """A math font's file, opened."""

    path: Path
    face: hb.Face
    font: hb.Font
    _characters: dict[int, str] = field(default_factory=dict)
    _shifts: dict[tuple[int, str], float | None] = field(default_factory=dict)

    def shift(self, glyph: int, outline: str) -> float | None:
        """Return how far to the right the glyph has to stand to cover the outline; None if it looks different."""
        key = glyph, outline
        if key not in self._shifts:
            self._shifts[key] = self._compared(glyph, outline)
        return self._shifts[key]

    def _compared(self, glyph: int, outline: str) -> float | None:
        extents = self.font.get_glyph_extents(glyph) if glyph < self.face.glyph_count else None
        if extents is None or self.face.upem != 1000:
            return None
        left, bottom, right, top = ink(outline)
        width, ceiling, floor = extents.width, extents.y_bearing, extents.y_bearing + extents.height
        if max(abs(right - left - width), abs(top - ceiling), abs(bottom - floor)) > _ALIKE:
            return None
        return float((left + right - width) / 2 - extents.x_bearing)

    def text(self, glyph: int) -> str:
        """Return the character that the glyph is a form of, italic letters as plain ones: what a person would type."""
        base = str(self.font.glyph_to_string(glyph)).partition(".")[0]
        return self._encoded().get(self.font.glyph_from_string(base) or 0, NO_TEXT)

    def _encoded(self) -> dict[int, str]:
        """Return the characters by the glyphs that show them; of several the first."""
        if not self._characters:
            for code in sorted(self.face.unicodes, reverse=True):
                self._characters[self.font.get_nominal_glyph(code) or 0] = _typed(chr(code))
        return self._characters


@lru_cache(maxsize=8)
def typeface(path: Path) -> Typeface:
    """Return the font, opened once in a process."""
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return Typeface(path, face, hb.Font(face))


def _typed(char: str) -> str:
    """Return a letter without its italics; bold, script and double-struck letters mean something by being so."""
    is_italic = unicodedata.name(char, "").startswith(("MATHEMATICAL ITALIC ", "PLANCK CONSTANT"))
    return unicodedata.normalize("NFKC", char) if is_italic else char

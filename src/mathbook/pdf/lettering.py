"""Text that the linker sets itself, where a layout engine would take too long: running heads, contents.

HarfBuzz shapes each line in the theme's faces; the glyphs that were used are cut out of them at the end.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import uharfbuzz as hb

from mathbook.document.theme import FontFace, FontFamily, Theme
from mathbook.frozen import frozen
from mathbook.pdf.piece import FaceUse

UNSEEN = "\u200b"
"""The text of a glyph that belongs to the glyph before it."""
MOST_LINES = 1 << 14
"""Lines whose glyphs a process keeps, about 0.5 kB each: those of a book of 1,000 examples, for who builds it again."""


@frozen
class Line:
    """A line of text: its width in points, and the operators that show it (ISO 32000-1, 9.4.3)."""

    width: float
    operators: str

    def at(self, x: float, y: float) -> str:
        """Return the operators that show it at a place in points; none for an empty line."""
        return f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {self.operators} ET" if self.operators else ""


class Lettering:
    """The theme's faces of one weight, headings' first: a character is set in the first that has it.

    What none has is left out; `has` tells. `prefix` begins the fonts' names in the pages' resources.
    """

    def __init__(self, theme: Theme, prefix: str, weight: int = 400) -> None:
        families = dict.fromkeys((theme.fonts.heading, theme.fonts.body, theme.fonts.math))
        faces = dict.fromkeys(_nearest(family, weight) for family in families)
        self._fonts = [_Font(f"{prefix}{number}", face) for number, face in enumerate(faces)]
        self._chosen: dict[str, _Font | None] = {}
        self._lines: dict[tuple[str, float], Line] = {}

    @property
    def first(self) -> str:
        """The hash of the file of the face that is asked first."""
        return self._fonts[0].file.digest

    def has(self, text: str) -> bool:
        """Return whether all characters can be set, from left to right."""
        return all(
            self._font_of(char) is not None and unicodedata.bidirectional(char) not in ("R", "AL") for char in text
        )

    def line(self, text: str, size: float) -> Line:
        """Return the text shaped, with kerning; the size is in points."""
        if (text, size) not in self._lines:
            self._lines[text, size] = self._line(text, size)
        return self._lines[text, size]

    def _line(self, text: str, size: float) -> Line:
        width, shown = 0.0, []
        for font, chars in groupby(text, self._font_of):
            if font is not None:
                advance, operators = font.shaped("".join(chars), size)
                width += advance
                shown.append(operators)
        return Line(width, " ".join(shown))

    def uses(self) -> dict[str, FaceUse]:
        """Return what was used of the faces, by the fonts' names."""
        return {font.name: font.use() for font in self._fonts if font.texts}

    def _font_of(self, char: str) -> _Font | None:
        if char not in self._chosen:
            self._chosen[char] = next(
                (font for font in self._fonts if font.face.font.get_nominal_glyph(ord(char))), None
            )
        return self._chosen[char]


def _nearest(family: FontFamily, weight: int) -> FontFace:
    upright = [face for face in family.faces if face.style == "normal"] or list(family.faces)
    return min(upright, key=lambda face: abs(face.weight - weight))


@frozen
class _Opened:
    """A font's file, opened."""

    face: hb.Face
    font: hb.Font


@lru_cache(maxsize=64)
def _opened(path: Path) -> _Opened:
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return _Opened(face, hb.Font(face))


@frozen
class _Shaped:
    """A text in glyphs: its width in 1000 units an em, the array that shows it (ISO 32000-1, table 109), the glyphs."""

    width: float
    shown: str
    glyphs: array[int]


@lru_cache(maxsize=MOST_LINES)
def _shaped(path: Path, text: str) -> _Shaped:
    """Return the text as a font's file shows it, with kerning and without ligatures."""
    face, buffer = _opened(path), _buffer(path, text)
    glyphs = array("H", [info.codepoint for info in buffer.glyph_infos])
    scale = 1000 / face.face.upem
    parts, width = [], 0.0
    for glyph, position in zip(glyphs, buffer.glyph_positions, strict=True):
        own = face.font.get_glyph_h_advance(glyph)
        correction = round((own - position.x_advance) * scale)
        parts.append(f"{glyph:04x}" + (f"> {correction} <" if correction else ""))
        width += own * scale - correction
    return _Shaped(width, f"[<{''.join(parts)}>]".replace("<>", ""), glyphs)


def _buffer(path: Path, text: str) -> hb.Buffer:
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(char) for char in text])
    buffer.guess_segment_properties()
    hb.shape(_opened(path).font, buffer, {"liga": False, "clig": False})
    return buffer


def _glyph_texts(path: Path, text: str) -> Iterator[tuple[int, str]]:
    """Yield the glyphs of a text, each with its own: a cluster's characters go to its first glyph."""
    infos = _buffer(path, text).glyph_infos
    starts = [info.cluster for info in infos]
    bounds = dict(zip(sorted(set(starts)), [*sorted(set(starts))[1:], len(text)], strict=True))
    seen: set[int] = set()
    for info in infos:
        start = info.cluster
        yield info.codepoint, UNSEEN if start in seen else text[start : bounds[start]]
        seen.add(start)


@dataclass(slots=True)
class _Font:
    """A face, the name by which pages know it, and the glyphs that were used with their texts."""

    name: str
    file: FontFace
    texts: dict[int, str] = field(default_factory=dict)

    @property
    def face(self) -> _Opened:
        return _opened(self.file.path)

    def shaped(self, text: str, size: float) -> tuple[float, str]:
        """Return the width in points, and the operators with the corrections that kerning makes."""
        line = _shaped(self.file.path, text)
        if not self.texts.keys() >= set(line.glyphs):
            for glyph, words in _glyph_texts(self.file.path, text):
                self.texts.setdefault(glyph, words)
        return line.width * size / 1000, f"/{self.name} {size:g} Tf {line.shown} TJ"

    def use(self) -> FaceUse:
        """Return the glyphs that were used, with the widths that they have by themselves."""
        scale = 1000 / self.face.face.upem
        widths = {glyph: round(self.face.font.get_glyph_h_advance(glyph) * scale, 2) for glyph in sorted(self.texts)}
        return FaceUse(self.file.digest, widths, self.texts)

"""How wide and how high text is, by the metrics of the fonts that stand in for those PowerPoint is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from mathbook.deck.runs import parsed_formula
from mathbook.deck.slides import Para, Run
from mathbook.document.theme import DeckTokens, FontFamily

LINE = 1.22
"""The height of a line in sizes: Calibri's ascent, descent and line gap."""
GAP = 0.45
"""The space after a paragraph, in sizes."""
INDENT = 20.0
"""The indent of a level, in points."""
SAFETY = 1.015
"""A renderer may round each advance up."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """A font's advance widths, in ems, and the width of a character that it lacks."""

    advances: dict[int, float]
    missing: float

    def width(self, text: str) -> float:
        """Return the text's width in ems."""
        return sum(self.advances.get(ord(char), self.missing) for char in text)


@lru_cache(maxsize=32)
def metrics_of(path: Path) -> Metrics:
    """Return the metrics of a font file."""
    font = TTFont(path, lazy=True)
    # unitsPerEm, read where it lies (OpenType, head table): the rest of the table is none of our business
    reader = font.reader
    assert reader is not None, "a font that was opened from a file has a reader"
    em = int.from_bytes(reader["head"][18:20], "big")
    widths = font["hmtx"].metrics
    cmap = font.getBestCmap() or {}
    return Metrics({code: widths[name][0] / em for code, name in cmap.items()}, 0.65)


def _face(family: FontFamily, *, bold: bool, italic: bool) -> Path:
    weight, style = 700 if bold else 400, "italic" if italic else "normal"
    near = sorted(family.faces, key=lambda face: (abs(face.weight - weight), face.style != style))
    return near[0].path


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures runs in the deck's fonts. `language` is what formulas are parsed for."""

    tokens: DeckTokens
    language: str

    def run_width(self, text: str, run: Run, size: float) -> float:
        """Return the width of the text in points."""
        family = self.tokens.code if run.code else self.tokens.body
        shrunk = size * 0.66 if run.baseline else size
        return metrics_of(_face(family, bold=run.bold, italic=run.italic)).width(text) * shrunk * SAFETY

    def lines(self, para: Para, width: float, size: float) -> int:
        """Return how many lines the paragraph takes."""
        room = max(width - self.indent(para), size)
        count, used = 1, 0.0
        for word, space in self._words(para.runs, size):
            if word < 0:
                count, used = count + 1, 0.0
            elif used and used + word > room:
                count, used = count + max(1, int(-(-word // room))), word % room if word > room else word
            else:
                used += word
            used += space
        return count

    def indent(self, para: Para) -> float:
        """Return how far the paragraph's text is from the left edge."""
        return INDENT * (para.level + (1 if para.mark else 0))

    def para_height(self, para: Para, width: float, size: float) -> float:
        """Return the paragraph's height in points, with the space after it."""
        tall = max((self._formula_height(run) for run in para.runs if run.formula), default=0.0)
        return (self.lines(para, width, size) * max(LINE, tall) + GAP) * size

    def _formula_height(self, run: Run) -> float:
        assert run.formula is not None
        parsed = parsed_formula(run.formula, self.language)
        return (parsed.ascent + parsed.descent) * 1.15

    def _words(self, runs: tuple[Run, ...], size: float) -> Iterator[tuple[float, float]]:
        """Yield (width of a word, width of the space after it); a word may go through several runs. -1 is a break."""
        word = 0.0
        for run in runs:
            if run.formula is not None:
                parsed = parsed_formula(run.formula, self.language)
                # the linear fallback may be wider than the formula itself
                word += max(parsed.width * size * 1.1, self.run_width(run.text, run, size))
                continue
            for text, end in _split(run.text):
                word += self.run_width(text, run, size)
                if end == "\v":
                    yield word, 0.0
                    yield -1.0, 0.0
                    word = 0.0
                elif end:
                    yield word, self.run_width(" ", run, size)
                    word = 0.0
        yield word, 0.0


def _split(text: str) -> Iterator[tuple[str, str]]:
    """Yield pieces of the text with the space, break or nothing that ends each."""
    start = 0
    for at, char in enumerate(text):
        if char in " \v":
            yield text[start:at], char
            start = at + 1
        elif char in "-–—/":
            yield text[start : at + 1], ""
            start = at + 1
    yield text[start:], ""

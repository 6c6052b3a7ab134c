"""How wide and how high text is, by the metrics of the fonts that stand in for those PowerPoint is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import field, replace
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont

from mathbook.deck.breaking import EMERGENCY, ORDINARY, pieces_between_breaks
from mathbook.deck.runs import parsed_formula, readable
from mathbook.deck.slides import Para, Run
from mathbook.document.theme import DeckTokens, FontFamily
from mathbook.frozen import frozen

LINE = 1.22
"""The height of a line in sizes: Calibri's ascent, descent and line gap."""
TALL_LINE = 1.45
"""The height of a line with Chinese, Japanese or Korean: the fonts that programs take for it are taller."""
GAP = 0.45
"""The space after a paragraph, in sizes."""
INDENT = 28.0
"""The indent of a level, in points: where a numbered paragraph's text begins, and the marks of the level below it."""
BULLET_HANG = 0.8
"""From a bullet to its text, in sizes."""
LEAST_HANG = 20.0
"""The same in points, at the least."""
_WIDEST = {"lower-alpha": "m.", "upper-alpha": "M.", "lower-roman": "viii.", "upper-roman": "VIII."}
"""The widest mark that a list of usual length has, where it is not in digits."""
NUMBER_GAP = 0.25
"""The least space between a number and its text, in sizes."""
TAB = 72.0
"""The widest that a tab can be: the distance of PowerPoint's own stops, in points."""
_ENDS_LINE = re.compile(r"[\v\n\t]").search
MOST_WORDS = 50_000
"""Words of one font whose widths are kept."""
SAFETY = 1.015
"""A renderer may round each advance up."""
CODE_IN_TEXT = 0.86
"""The size of code in a line, in sizes: monospaced letters look larger than others."""
CODE_LEADING = 0.9
"""The line spacing of code: monospaced fonts are made with more than a listing on a slide needs."""
SUNK = 0.17
"""How much lower than others a line with subscripts reaches, in sizes."""
SCRIPT = 0.66
"""The size of sub- and superscripts, in sizes."""


@frozen
class Metrics:
    """A font's advance widths, in ems. Words that were measured are kept: the same ones are tried at several sizes."""

    advances: dict[int, float]
    _known: dict[str, float] = field(default_factory=dict, compare=False, repr=False)

    def width(self, text: str) -> float:
        """Return the text's width in ems; of characters that the font lacks, what other fonts need at most."""
        width = self._known.get(text)
        if width is None:
            width = sum(self.advances.get(ord(char)) or _width_elsewhere(char) for char in text)
            if len(self._known) < MOST_WORDS:
                self._known[text] = width
        return width


def _width_elsewhere(char: str) -> float:
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return 0.0
    if category in ("Sm", "So") or is_wide(char):
        return 1.3 if ord(char) >= 0x1F000 else 1.0
    return 0.75


def is_wide(char: str) -> bool:
    """Tell whether the character is as wide as high (Unicode Standard Annex 11: wide and full-width)."""
    return unicodedata.east_asian_width(char) in "WF"


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
    return Metrics({code: widths[name][0] / em for code, name in cmap.items()})


def _face(family: FontFamily, *, bold: bool, italic: bool) -> Path:
    weight, style = 700 if bold else 400, "italic" if italic else "normal"
    near = sorted(family.faces, key=lambda face: (abs(face.weight - weight), face.style != style))
    return near[0].path


@frozen
class _Chunk:
    """What stands on one line: its width in points, its height in sizes, and the space that follows it.

    `ends_line` says that the next one begins a new line; `ends_if_wide`, that it does if this one needs several.
    """

    width: float
    tall: float
    space: float = 0.0
    ends_line: bool = False
    ends_if_wide: bool = False


_NOTHING = _Chunk(0.0, LINE)


@frozen
class Ruler:
    """Measures runs in the deck's fonts. `language` is what formulas are parsed for.

    What was measured is remembered: fitting asks for the same at several places.
    """

    tokens: DeckTokens
    language: str
    _fonts: dict[tuple[bool, bool, bool], Metrics] = field(default_factory=dict, compare=False, repr=False)
    _heights: dict[tuple[Para, float, float], list[float]] = field(default_factory=dict, compare=False, repr=False)

    def run_width(self, text: str, run: Run, size: float) -> float:
        """Return the width of the text in points."""
        look = run.code, run.bold, run.italic
        metrics = self._fonts.get(look)
        if metrics is None:
            family = self.tokens.code if run.code else self.tokens.body
            metrics = self._fonts[look] = metrics_of(_face(family, bold=run.bold, italic=run.italic))
        shrunk = size * (SCRIPT if run.baseline else 1) * (CODE_IN_TEXT if run.code else 1)
        shown = text.upper() if run.small_caps else text  # small capitals are no wider than these
        return metrics.width(shown) * shrunk * SAFETY

    def whole_width(self, run: Run, size: float) -> float:
        """Return the width of a run on one line, a formula's or its text's, whichever is shown, in points."""
        if run.formula is None:
            return self.run_width(run.text, run, size)
        words = sum(self.run_width(part.text, part, size) for part in readable(run, self.language))
        return max(parsed_formula(run.formula, self.language).width * size * 1.1, words)

    def heights(self, para: Para, width: float, size: float) -> list[float]:
        """Return the heights of the paragraph's lines, in sizes.

        Programs differ in where a line may end inside a word: the way with the most lines counts.
        """
        asked = para, width, size
        heights = self._heights.get(asked)  # once: to hash a paragraph takes a while
        if heights is None:
            heights = self._heights[asked] = self._measured(para, max(width - self.indent(para, size), size), size)
        return heights

    def _measured(self, para: Para, room: float, size: float) -> list[float]:
        if self._is_short(para.runs, room, size):
            return [LINE]
        used = {char for run in para.runs if run.formula is None for char in run.text + ("/" if run.link else "")}
        ways = dict.fromkeys("".join(sign for sign in signs if sign in used) for signs in ("", ORDINARY, EMERGENCY))
        return max((_filled(self._chunks(para.runs, size, signs), room, size) for signs in ways), key=sum)

    def _is_short(self, runs: tuple[Run, ...], room: float, size: float) -> bool:
        """Tell whether plain words, in letters of the usual height, stay well within one line."""
        for run in runs:
            if run.formula is not None or run.baseline < 0 or not run.text.isascii() or _ENDS_LINE(run.text):
                return False
        return sum([self.run_width(run.text, run, size) for run in runs]) < room * 0.99

    def lines(self, para: Para, width: float, size: float) -> int:
        """Return how many lines the paragraph takes."""
        return len(self.heights(para, width, size))

    def hang(self, para: Para, size: float) -> float:
        """Return how far the paragraph's text is from its mark, in points: the widest mark of two digits fits."""
        if not para.is_numbered:
            return max(BULLET_HANG * size, LEAST_HANG) if para.mark else 0.0
        widest = self.run_width(_WIDEST.get(para.style, para.mark.rjust(3, "0")), Run(""), size) + NUMBER_GAP * size
        return max(INDENT, widest)

    def indent(self, para: Para, size: float) -> float:
        """Return how far the paragraph's text is from the left edge, in points."""
        return INDENT * para.level + self.hang(para, size)

    def para_height(self, para: Para, width: float, size: float) -> float:
        """Return the paragraph's height in points, with the space after it."""
        return (sum(self.heights(para, width, size)) + GAP) * size

    def _formula_height(self, run: Run) -> float:
        assert run.formula is not None
        parsed = parsed_formula(run.formula, self.language)
        sunk = SUNK if any(part.baseline < 0 for part in readable(run, self.language)) else 0.0
        return max((parsed.ascent + parsed.descent) * 1.15, LINE + sunk)

    def _space(self, end: str | None, run: Run, size: float) -> float:
        if end == "\t":
            return TAB
        return self.run_width(" ", run, size) if end == " " else 0.0

    def _chunks(self, runs: tuple[Run, ...], size: float, signs: str) -> Iterator[_Chunk]:
        """Yield what no line may break inside; a word may go through several runs."""
        held = _NOTHING
        for run in runs:
            if run.formula is not None or run.link:
                apart = bool(run.link) and "/" in signs
                if apart:
                    yield held
                whole = self._with_whole(_NOTHING if apart else held, run, size)
                if apart:
                    yield whole
                held = _NOTHING if apart else whole
                continue
            for text, end in pieces_between_breaks(run.text, signs):
                tall = (TALL_LINE if any(map(is_wide, text)) else LINE) + (SUNK if run.baseline < 0 and text else 0)
                width = held.width + (self.run_width(text, run, size) if text else 0.0)
                held = _Chunk(width, max(held.tall, tall), self._space(end, run, size), end == "\v")
                if end is not None:
                    yield held
                    held = _NOTHING
        yield held

    def _with_whole(self, held: _Chunk, run: Run, size: float) -> _Chunk:
        """Return the chunk with a formula or a link at its end: LibreOffice keeps a link together if it can,
        and may end a line at either side of it.
        """
        tall = self._formula_height(run) if run.formula is not None else LINE
        width = held.width + self.whole_width(run, size)
        return replace(held, width=width, tall=max(held.tall, tall), ends_if_wide=bool(run.link))


def _filled(chunks: Iterator[_Chunk], room: float, size: float) -> list[float]:
    """Return the heights of the lines that are filled with the chunks, as PowerPoint and LibreOffice fill them."""
    lines, used = [LINE], 0.0
    for chunk in chunks:
        if used and used + chunk.width > room:
            lines.append(LINE)
            used = 0.0
        if chunk.width > room:
            # a word wider than the line is broken between any two letters, and a line may stay empty by one of them
            more, used = divmod(chunk.width, max(room - size, size))
            lines += [chunk.tall] * int(more)
        else:
            used += chunk.width
        lines[-1] = max(lines[-1], chunk.tall)
        used += chunk.space
        if chunk.ends_line or (chunk.ends_if_wide and chunk.width > room):
            lines.append(LINE)
            used = 0.0
    return lines

"""How large each piece of a slide is at a size of type."""

from __future__ import annotations

from dataclasses import field, replace
from typing import assert_never

from mathbook.deck.frame import Frame
from mathbook.deck.measure import CODE_IN_TEXT, CODE_LEADING, GAP, LINE, Ruler
from mathbook.deck.runs import parsed_formula
from mathbook.deck.slides import Code, Display, Grid, Para, Piece, Run, Shown, Words
from mathbook.diagnostics import Code as DiagnosticCode
from mathbook.diagnostics import Collector, Span
from mathbook.document.theme import DeckTokens
from mathbook.frozen import frozen

SPACE = 12.0
"""Points between pieces."""
LEAST_PICTURE = 215.0
"""A picture lower than this (in points) goes to the next slide."""
LEAST_SCALE = 0.55
"""A formula is never made smaller than this share of the body's size."""
CODE_SHARE = 0.73
"""Code's size, in body sizes."""
LEAST_CODE = 12.0
"""Code with long lines is made smaller, down to this size in points."""
CAPTION_GAP = 8.0
"""Points between a table and its caption."""
PADDING = 10.0
"""Points between a ground's edge and the text on it."""
CELL = 6.0
"""Points of a table cell's margin, at each side."""
NUMBER_ROOM = 90.0
"""Points at the right of a formula that its number takes."""
FORMULA_SLACK = 1.12
"""Programs set a formula in a font of theirs, which may be wider and higher than ours."""

ROUNDING = 1.001
"""How much larger a room is taken to be, so that no sum of heights that just fits in it is said not to."""


@frozen
class Fitter:
    """Knows the frame and the fonts; tells the author, through the collector, what can't be made to fit.

    Heights of pieces are remembered: fitting asks for the same at several places. They are known by the very piece,
    which is held so long: to compare tables takes as long as to measure them.
    """

    frame: Frame
    ruler: Ruler
    tokens: DeckTokens
    span: Span
    collector: Collector
    _heights: dict[tuple[int, float, float], tuple[Piece, float]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def piece_height(self, piece: Piece, width: float, size: float) -> float:
        """Return the piece's height in points; a picture's is the least that it needs."""
        if isinstance(piece, Display):  # the author may have to be told of it
            return max(self.display_size(piece, width, size)[1], size * LINE if piece.number else 0)
        asked = id(piece), width, size
        if asked not in self._heights:
            self._heights[asked] = piece, self._measured(piece, width, size)
        return self._heights[asked][1]

    def _measured(self, piece: Words | Shown | Grid | Code, width: float, size: float) -> float:
        match piece:
            case Words(paras=paras, boxed=boxed):
                inner = width - 2 * PADDING if boxed else width
                return sum(self.ruler.para_height(para, inner, size) for para in paras) + (2 * PADDING if boxed else 0)
            case Shown():
                return min(LEAST_PICTURE + self.caption_height(piece.caption, width), self.natural(piece, width))
            case Grid():
                return self._grid_height(piece, width, size)
            case Code():
                return self.code_height(piece, width, size)
            case _:
                assert_never(piece)

    def _grid_height(self, grid: Grid, width: float, size: float) -> float:
        widths = self.column_widths(grid, width, size)
        head = sum(self.height_of_row(row, widths, size, head=True) for row in grid.head)
        body = sum(self.height_of_row(row, widths, size, head=False) for row in grid.body)
        return head + body + (self.caption_height(grid.caption, width) + CAPTION_GAP if grid.caption else 0)

    def pieces_height(self, pieces: tuple[Piece, ...], width: float, size: float) -> float:
        """Return the height of pieces one below the other, in points."""
        return sum(self.piece_height(piece, width, size) for piece in pieces) + SPACE * max(len(pieces) - 1, 0)

    def fewest_slides(self, pieces: tuple[Piece, ...], height: float, size: float) -> float:
        """Return how many slides of this height are needed at the least, by words alone: each paragraph has a line.
        Nothing is measured, which takes a while for an agenda of 1,000 lines.
        """
        words = [piece for piece in pieces if isinstance(piece, Words)]
        if len(words) < len(pieces):  # a formula is told when it is measured, if it is too wide
            return 1.0
        lines = sum(len(piece.paras) for piece in words)
        return lines / max(height * ROUNDING / ((LINE + GAP) * size), 1.0)

    def display_size(self, piece: Display, width: float, size: float) -> tuple[float, float, float]:
        """Return a display formula's width, height and type size in points.

        Too wide or too high ones are made smaller, down to a floor; below it the author is told.
        """
        scale = self.display_scale(piece, width, size)
        if scale < LEAST_SCALE:
            self._tell_formula(piece)
        wide, high = self._display_box(piece)
        return wide * size * scale, high * size * scale + 8, size * scale

    def display_scale(self, piece: Display, width: float, size: float) -> float:
        """Return how much smaller than its size a display formula has to be, 1 if it fits."""
        wide, high = self._display_box(piece)
        room = width - (NUMBER_ROOM if piece.number else 0)
        return min(1.0, room / max(wide * size, 1), (self.frame.body.height - 8) / max(high * size, 1))

    def _display_box(self, piece: Display) -> tuple[float, float]:
        """Return a display formula's width and height in sizes."""
        parsed = parsed_formula(piece.formula, self.ruler.language, display=True)
        return parsed.width * FORMULA_SLACK, (parsed.ascent + parsed.descent) * FORMULA_SLACK

    def _tell_formula(self, piece: Display) -> None:
        span = piece.formula.span if piece.formula.span.file else self.span
        message = f"the formula {piece.formula.latex[:60]!r} is too wide for a slide"
        self.collector.error(DiagnosticCode.SLIDE_OVERFLOW, span, message, "break it into lines with aligned")

    def natural(self, piece: Shown, width: float) -> float:
        """Return the height at which a picture fills the width, at most the whole body, with its caption's."""
        picture = piece.picture
        caption = self.caption_height(piece.caption, width)
        wide = picture.height * width / picture.width
        return max(min(wide, picture.height * 1.5, self.frame.body.height - caption), 1.0) + caption

    def caption_height(self, caption: Para | None, width: float) -> float:
        """Return a caption's height in points, 0 if there is none."""
        return self.ruler.para_height(caption, width, self.tokens.caption_size) + 4 if caption else 0.0

    def code_size(self, code: Code, width: float, size: float) -> float:
        """Return the size of code beside text of this size, in points: small enough for its longest line, if it may."""
        large = max(round(size * CODE_SHARE), 13)
        widest = max((self.ruler.run_width(_text(line), _CODE, 1.0) for line in code.lines), default=0.0)
        fitting = int((width - 2 * PADDING) / max(self._code(widest), 0.001))
        return max(min(large, fitting), LEAST_CODE) if fitting >= LEAST_CODE else large

    def code_height(self, code: Code, width: float, size: float) -> float:
        """Return the height of code in points; a line that is too long even at the least size goes on in the next."""
        small = self.code_size(code, width, size)
        return sum(self.code_line_height(line, width, small) for line in code.lines) + 2 * PADDING

    def code_line_height(self, line: tuple[tuple[str, str], ...], width: float, small: float) -> float:
        """Return the height of one line of code at its own size, in points."""
        # the ruler shrinks code in a line of text; here it stands at its own size
        run, room = replace(_CODE, text=_text(line)), width - 2 * PADDING
        if self.ruler.run_width(run.text, run, self._code(small)) <= room:
            return small * LINE * CODE_LEADING
        # programs break code at signs of their own choice, so that lines may stay a third empty
        return self.ruler.lines(Para((run,)), room * 0.67, self._code(small)) * small * LINE * CODE_LEADING

    def _code(self, size: float) -> float:
        """Return the size at which code in a line of text is as large as code of this size on a ground of its own."""
        return size / CODE_IN_TEXT

    def column_widths(self, grid: Grid, width: float, size: float) -> list[float]:
        """Return the widths of a table's columns: what their longest cells want, shrunk in proportion to the room."""
        if grid.columns:
            return list(grid.columns)
        natural, least = self._wanted_widths(grid, size)
        if sum(natural) <= width:
            return natural
        if sum(least) > width:
            # not even the longest words fit: they are broken, the longest ones first
            least = _capped(least, width)
        spare = max(width - sum(least), 0.0)
        wanted = [max(wide - short, 0.0) for wide, short in zip(natural, least, strict=True)]
        return [short + spare * want / max(sum(wanted), 1) for short, want in zip(least, wanted, strict=True)]

    def _wanted_widths(self, grid: Grid, size: float) -> tuple[list[float], list[float]]:
        """Return what each column's cells want, and what their longest words need."""
        rows = (*grid.head, *grid.body)
        count = max(len(row) for row in rows)
        natural, least = [0.0] * count, [0.0] * count
        for row in rows:
            for at, cell in enumerate(row):
                shown = _bold(cell) if row in grid.head else cell
                natural[at] = max(natural[at], self._longest(shown, size, "\v") + 2 * CELL + 2)
                least[at] = max(least[at], self._longest(shown, size, " \v") + 2 * CELL + 2)
        return natural, least

    def _longest(self, cell: tuple[Run, ...], size: float, ends: str) -> float:
        """Return the width of the longest stretch without any of the ends, in points; one may go through several runs."""
        longest = held = 0.0
        for run in cell:
            first, *others = _parted(run.text, ends)
            held += self.ruler.run_width(first, run, size)
            for part in others:
                longest, held = max(longest, held), self.ruler.run_width(part, run, size)
        return max(longest, held)

    def row_height(self, row: tuple[tuple[Run, ...], ...], grid: Grid, width: float, size: float) -> float:
        """Return a table row's height in points."""
        return self.height_of_row(row, self.column_widths(grid, width, size), size, head=row in grid.head)

    def height_of_row(self, row: tuple[tuple[Run, ...], ...], widths: list[float], size: float, *, head: bool) -> float:
        """Return the height of a row between columns of these widths, in points."""
        heights = [self._cell_height(_bold(cell) if head else cell, widths[at], size) for at, cell in enumerate(row)]
        return max(heights, default=size * LINE) + 8

    def _cell_height(self, cell: tuple[Run, ...], width: float, size: float) -> float:
        return self.ruler.para_height(Para(cell), max(width - 2 * CELL, size), size) - GAP * size


_CODE = Run("", code=True)


def _text(line: tuple[tuple[str, str], ...]) -> str:
    return "".join(text for _, text in line)


def _bold(cell: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(replace(run, bold=True) for run in cell)


def _parted(text: str, ends: str) -> list[str]:
    for end in ends:
        text = text.replace(end, "\v")
    return text.split("\v")


def _capped(least: list[float], width: float) -> list[float]:
    """Return the widths with the largest cut to one width, so that their sum is the room."""
    low, high = 0.0, width
    for _ in range(30):
        cap = (low + high) / 2
        low, high = (cap, high) if sum(min(wide, cap) for wide in least) <= width else (low, cap)
    return [min(wide, low) for wide in least]

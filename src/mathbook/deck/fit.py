"""Drafts become slides: everything gets a place, and what doesn't fit goes on to the next slide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from mathbook.deck.frame import Box, Frame
from mathbook.deck.measure import GAP, LINE, Ruler
from mathbook.deck.runs import parsed_formula
from mathbook.deck.slides import Code, Display, Draft, Grid, Para, Piece, Placed, Run, Shown, Slide, Words
from mathbook.diagnostics import Code as DiagnosticCode
from mathbook.diagnostics import Collector, Span
from mathbook.document.theme import DeckTokens

SPACE = 12.0
"""Points between pieces."""
LEAST_PICTURE = 170.0
"""A picture lower than this (in points) goes to the next slide."""
LARGE = 1.27
"""How much larger a few words are set that have a slide to themselves."""
LEAST_SCALE = 0.55
"""A formula is never made smaller than this share of the body's size."""
CODE_SHARE = 0.73
"""Code's size, in body sizes."""
CAPTION_GAP = 8.0
"""Points between a table and its caption."""
PADDING = 10.0
"""Points between a ground's edge and the text on it."""
CELL = 6.0
"""Points of a table cell's margin, at each side."""


def fit(drafts: tuple[Draft, ...], fitter: Fitter) -> tuple[Slide, ...]:
    """Return slides on which nothing overflows. What can't be made to fit is told to the fitter's collector."""
    return tuple(slide for draft in drafts for slide in fitter.slides(draft))


@dataclass(frozen=True, slots=True)
class Fitter:
    """Knows the frame and the fonts; says what fits, and how large things are."""

    frame: Frame
    ruler: Ruler
    tokens: DeckTokens
    span: Span
    collector: Collector

    def slides(self, draft: Draft) -> Iterator[Slide]:
        """Yield the draft's slides: one at the largest size that fits, or several at the smallest."""
        room = self._room(draft)
        large = self.tokens.body_steps[0] * LARGE
        if self._is_statement(draft) and self._height(draft.pieces, room.width, large) <= room.height * 0.55:
            yield self._slide(draft, draft.title, draft.pieces, room, large)
            return
        for size in self.tokens.body_steps:
            if self._height(draft.pieces, room.width, size) <= room.height:
                yield self._slide(draft, draft.title, draft.pieces, room, size)
                return
        size = self.tokens.body_steps[-1]
        parts = list(self._parts(draft, room, size))
        for at, part in enumerate(parts, start=1):
            title = f"{draft.title} ({at}/{len(parts)})" if len(parts) > 1 else draft.title
            one = replace(draft, notes=draft.notes if at == 1 else (), aside=draft.aside if at == 1 else None)
            yield self._slide(one, title, part, room, size)

    def _is_statement(self, draft: Draft) -> bool:
        """True for a slide of a few words and nothing else."""
        plain = all(isinstance(piece, Words) and not piece.boxed for piece in draft.pieces)
        return plain and draft.layout in ("Title and Content", "Quote") and draft.aside is None

    def _room(self, draft: Draft) -> Box:
        regions = {
            "Title Slide": self.frame.subtitle,
            "Section Header": self.frame.section,
            "Quote": self.frame.section,
        }
        box = regions.get(draft.layout, self.frame.body)
        return replace(box, width=box.width - 190) if draft.aside else box

    def _slide(self, draft: Draft, title: str, pieces: tuple[Piece, ...], room: Box, size: float) -> Slide:
        placed = list(self._placed(pieces, room, size))
        if draft.aside:
            placed.append(Placed(draft.aside, room.left + room.width + 30, room.top, 160, 160, size))
        layout = draft.layout
        if layout == "Title and Content" and not any(isinstance(piece, Words) for piece in pieces):
            layout = "Title Only"
        return Slide(title, tuple(placed), draft.notes, layout)

    def _placed(self, pieces: tuple[Piece, ...], room: Box, size: float) -> Iterator[Placed]:
        """Yield the pieces one below the other; a picture takes the height that the others leave."""
        spare = room.height - self._height(pieces, room.width, size)
        pictures = sum(isinstance(piece, Shown) for piece in pieces)
        top = room.top
        for piece in pieces:
            height = self._piece_height(piece, room.width, size)
            if isinstance(piece, Shown):
                height += min(spare / pictures, self._natural(piece, room.width, size) - height)
            yield Placed(piece, room.left, top, room.width, height, size)
            top += height + SPACE

    def _height(self, pieces: tuple[Piece, ...], width: float, size: float) -> float:
        return sum(self._piece_height(piece, width, size) for piece in pieces) + SPACE * max(len(pieces) - 1, 0)

    def _piece_height(self, piece: Piece, width: float, size: float) -> float:
        match piece:
            case Words(paras=paras, boxed=boxed):
                inner = width - 2 * PADDING if boxed else width
                return sum(self.ruler.para_height(para, inner, size) for para in paras) + (2 * PADDING if boxed else 0)
            case Display():
                return self.display_size(piece, width, size)[1]
            case Shown():
                return min(LEAST_PICTURE + self.caption_height(piece.caption, width), self._natural(piece, width, size))
            case Grid():
                rows = sum(self.row_height(row, piece, width, size) for row in (*piece.head, *piece.body))
                return rows + (self.caption_height(piece.caption, width) + CAPTION_GAP if piece.caption else 0)
            case Code(lines=lines):
                return len(lines) * self.code_size(size) * LINE + 2 * PADDING
            case _:
                assert_never(piece)

    def display_size(self, piece: Display, width: float, size: float) -> tuple[float, float, float]:
        """Return a display formula's width, height and type size in points; too wide ones are made smaller."""
        parsed = parsed_formula(piece.formula, self.ruler.language, display=True)
        room = width - (90 if piece.number else 0)
        scale = min(1.0, room / max(parsed.width * size * 1.12, 1))
        if scale < LEAST_SCALE:
            message = f"the formula {piece.formula.latex[:60]!r} is too wide for a slide"
            span = piece.formula.span if piece.formula.span.file else self.span
            self.collector.error(DiagnosticCode.SLIDE_OVERFLOW, span, message, "break it into lines with aligned")
        type_size = size * scale
        return parsed.width * type_size * 1.12, (parsed.ascent + parsed.descent) * type_size * 1.12 + 8, type_size

    def _natural(self, piece: Shown, width: float, size: float) -> float:
        """Return the height at which a picture fills the width, at most the whole body."""
        picture = piece.picture
        caption = self.caption_height(piece.caption, width)
        return (
            min(picture.height * width / picture.width, picture.height * 1.5, self.frame.body.height - caption)
            + caption
        )

    def caption_height(self, caption: Para | None, width: float) -> float:
        """Return a caption's height in points, 0 if there is none."""
        return self.ruler.para_height(caption, width, self.tokens.caption_size) + 4 if caption else 0.0

    def code_size(self, size: float) -> float:
        """Return the size of code beside text of this size, in points."""
        return max(round(size * CODE_SHARE), 13)

    def column_widths(self, grid: Grid, width: float, size: float) -> list[float]:
        """Return the widths of a table's columns: what their longest cells want, shrunk in proportion to the room."""
        rows = (*grid.head, *grid.body)
        count = max(len(row) for row in rows)
        natural, least = [0.0] * count, [0.0] * count
        for row in rows:
            for at, cell in enumerate(row):
                bold = row in grid.head
                wide = sum(self._run_width(run, size, bold) for run in cell) + 2 * CELL + 2
                natural[at] = max(natural[at], wide)
                least[at] = max(least[at], self._longest_word(cell, size, bold) + 2 * CELL + 2)
        if sum(natural) <= width:
            return natural
        spare = max(width - sum(least), 0.0)
        wanted = [wide - short for wide, short in zip(natural, least, strict=True)]
        return [short + spare * want / max(sum(wanted), 1) for short, want in zip(least, wanted, strict=True)]

    def _run_width(self, run: Run, size: float, bold: bool) -> float:
        if run.formula is not None:
            parsed = parsed_formula(run.formula, self.ruler.language)
            return max(parsed.width * size * 1.1, self.ruler.run_width(run.text, run, size))
        return self.ruler.run_width(run.text, replace(run, bold=run.bold or bold), size)

    def _longest_word(self, cell: tuple[Run, ...], size: float, bold: bool) -> float:
        words = [
            self._run_width(replace(run, text=word), size, bold)
            for run in cell
            for word in (run.text.split() if run.formula is None else [run.text])
        ]
        return max(words, default=0.0)

    def row_height(self, row: tuple[tuple[Run, ...], ...], grid: Grid, width: float, size: float) -> float:
        """Return a table row's height in points."""
        widths = self.column_widths(grid, width, size)
        cells = [
            self.ruler.para_height(Para(cell), max(widths[at] - 2 * CELL, size), size) - GAP * size
            for at, cell in enumerate(row)
        ]
        return max(cells, default=size * LINE) + 8

    def _parts(self, draft: Draft, room: Box, size: float) -> Iterator[tuple[Piece, ...]]:
        """Yield what goes on each slide, divided at natural places."""
        held: list[Piece] = []
        for piece in self._divided(draft.pieces, room, size):
            trial = _merged([*held, piece])
            if held and self._height(trial, room.width, size) > room.height:
                yield _merged(held)
                held = []
            held.append(piece)
            if self._height((piece,), room.width, size) > room.height + 0.5:
                message = f"something on the slide {draft.title!r} is too large for one slide"
                self.collector.error(DiagnosticCode.SLIDE_OVERFLOW, self.span, message, "divide it in the manuscript")
        if held:
            yield _merged(held)

    def _divided(self, pieces: tuple[Piece, ...], room: Box, size: float) -> Iterator[Piece]:
        """Yield the pieces in the smallest parts that may stand alone."""
        for piece in pieces:
            match piece:
                case Words(paras=paras, boxed=boxed):
                    yield from (Words((para,), boxed) for whole in paras for para in self._sentences(whole, room, size))
                case Grid(body=body) if self._piece_height(piece, room.width, size) > room.height:
                    yield from self._row_groups(piece, body, room, size)
                case Code(lines=lines) if self._piece_height(piece, room.width, size) > room.height:
                    most = int((room.height - 2 * PADDING) / (self.code_size(size) * LINE))
                    yield from (Code(lines[at : at + most], piece.output) for at in range(0, len(lines), most))
                case _:
                    yield piece

    def _row_groups(
        self, grid: Grid, body: tuple[tuple[tuple[Run, ...], ...], ...], room: Box, size: float
    ) -> Iterator[Grid]:
        """Yield parts of a long table, each with the head."""
        held: list[tuple[tuple[Run, ...], ...]] = []
        for row in body:
            trial = replace(grid, body=(*held, row))
            if held and self._piece_height(trial, room.width, size) > room.height:
                yield replace(grid, body=tuple(held))
                held = []
            held.append(row)
        yield replace(grid, body=tuple(held))

    def _sentences(self, para: Para, room: Box, size: float) -> Iterator[Para]:
        """Yield the paragraph, or its sentences if it alone is too high for a slide."""
        if self.ruler.para_height(para, room.width, size) <= room.height:
            yield para
            return
        held: list[Run] = []
        for run in para.runs:
            held.append(run)
            if run.text.rstrip().endswith((".", "?", "!")) and run.formula is None:
                yield replace(para, runs=tuple(held))
                held = []
        if held:
            yield replace(para, runs=tuple(held))


def _merged(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with neighbouring words in one."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, Words) and isinstance(last, Words) and last.boxed == piece.boxed:
            merged[-1] = Words((*last.paras, *piece.paras), last.boxed)
        else:
            merged.append(piece)
    return tuple(merged)

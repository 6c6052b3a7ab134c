"""Drafts become slides: everything gets a place, and what doesn't fit goes on to the next slide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from mathbook.deck.divide import parts
from mathbook.deck.fitter import SPACE, Fitter
from mathbook.deck.frame import Box
from mathbook.deck.slides import Code, Display, Draft, Grid, Piece, Placed, Shown, Slide, Words
from mathbook.diagnostics import Code as DiagnosticCode
from mathbook.frozen import frozen

AIR = 8.0
"""Points between a title and a table, code or a formula that comes first."""
LARGE = 1.27
"""How much larger a few words are set that have a slide to themselves."""


def fit(drafts: tuple[Draft, ...], fitter: Fitter) -> tuple[Slide, ...]:
    """Return slides on which nothing overflows. What can't be made to fit is told to the fitter's collector."""
    fit_one = _Fit(fitter)
    return tuple(slide for draft in drafts for slide in fit_one.slides(draft))


@frozen
class _Fit:
    """Finds the type size of a slide, the places on it, and where it goes on."""

    fitter: Fitter

    def slides(self, draft: Draft) -> Iterator[Slide]:
        """Yield the draft's slides: one at the largest size that fits, or several at the smallest."""
        room = self._room(draft)
        steps = self._steps(draft, room)
        large = steps[0] * LARGE
        if self._is_statement(draft, room, large) and self._fits(draft.pieces, room, large, share=0.55):
            yield self._slide(draft, draft.title, draft.pieces, room, large)
            return
        for size in steps:
            if self._fits(draft.pieces, room, size):
                yield self._slide(draft, draft.title, draft.pieces, room, size)
                return
        yield from self._several(draft, room, steps)

    def _steps(self, draft: Draft, room: Box) -> tuple[float, ...]:
        """Return the sizes to try, largest first: a picture is worth a slide more rather than the smallest type."""
        steps = self.fitter.tokens.body_steps
        if len(steps) == 1 or len(draft.pieces) == 1 or not any(isinstance(piece, Shown) for piece in draft.pieces):
            return steps
        size = steps[-2]
        shares = parts(draft.pieces, self.fitter, room.width, room.height, size)
        return steps[:-1] if all(self._fits(part, room, size) for part in shares) else steps

    def _several(self, draft: Draft, room: Box, steps: tuple[float, ...]) -> Iterator[Slide]:
        common, shares = self._shares(draft.pieces, room, steps)
        for at, pieces in enumerate(shares, start=1):
            size = self._size_alone(pieces, room, common)
            if self._height(pieces, room, size) > room.height + 0.5:
                self._tell(f"{_named(pieces)} on the slide {draft.title!r} is too large for one slide")
            title = f"{draft.title} ({at}/{len(shares)})" if len(shares) > 1 else draft.title
            one = replace(draft, notes=draft.notes if at == 1 else (), aside=draft.aside if at == 1 else None)
            yield self._slide(one, title, pieces, room, size)

    def _shares(
        self, pieces: tuple[Piece, ...], room: Box, steps: tuple[float, ...]
    ) -> tuple[float, list[tuple[Piece, ...]]]:
        """Return the largest size at which no more slides are needed than at the smallest, and what is on each."""
        *larger, smallest = steps
        few = parts(pieces, self.fitter, room.width, room.height, smallest)
        for size in larger:
            if self.fitter.fewest_slides(pieces, room.height, size) > len(few):
                continue
            shares = parts(pieces, self.fitter, room.width, room.height, size)
            if len(shares) <= len(few) and all(self._fits(part, room, size) for part in shares):
                return size, shares
        return smallest, few

    def _size_alone(self, pieces: tuple[Piece, ...], room: Box, common: float) -> float:
        """Return the size of one of several slides: as large as fits, but for tables and code, which go on elsewhere."""
        if any(isinstance(piece, Grid | Code) for piece in pieces):
            return common
        fitting = (size for size in self.fitter.tokens.body_steps if self._fits(pieces, room, size))
        return next(fitting, common)

    def _tell(self, message: str) -> None:
        self.fitter.collector.error(
            DiagnosticCode.SLIDE_OVERFLOW, self.fitter.span, message, "divide it in the manuscript"
        )

    def _is_statement(self, draft: Draft, room: Box, size: float) -> bool:
        """True for a slide of words and formulas that are as large as they are at this size, and nothing else."""
        plain = all(
            (isinstance(piece, Words) and not piece.boxed)
            or (isinstance(piece, Display) and self.fitter.display_scale(piece, room.width, size) == 1)
            for piece in draft.pieces
        )
        return plain and draft.layout in ("Title and Content", "Quote") and draft.aside is None

    def _room(self, draft: Draft) -> Box:
        box = self.fitter.frame.content(draft.layout)
        return replace(box, width=box.width - 190) if draft.aside else box

    def _fits(self, pieces: tuple[Piece, ...], room: Box, size: float, share: float = 1.0) -> bool:
        """Return whether the pieces are no higher than this share of the room."""
        high = room.height * share
        return self.fitter.fewest_slides(pieces, high, size) <= 1 and self._height(pieces, room, size) <= high

    def _height(self, pieces: tuple[Piece, ...], room: Box, size: float) -> float:
        return self.fitter.pieces_height(pieces, room.width, size)

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
        spare = room.height - self._height(pieces, room, size)
        pictures = sum(isinstance(piece, Shown) for piece in pieces)
        # words have air above their letters, other things get some
        top = room.top + (0 if not pieces or isinstance(pieces[0], Words) or pictures else min(max(spare, 0), AIR))
        for piece in pieces:
            height = self.fitter.piece_height(piece, room.width, size)
            if isinstance(piece, Shown):
                height += min(spare / pictures, self.fitter.natural(piece, room.width) - height)
            yield Placed(self._settled(piece, room, size), room.left, top, room.width, height, size)
            top += height + SPACE

    def _settled(self, piece: Piece, room: Box, size: float) -> Piece:
        """Return a table with the widths of its columns, and all else as it is."""
        if isinstance(piece, Grid):
            return replace(piece, columns=tuple(self.fitter.column_widths(piece, room.width, size)))
        return piece


def _named(pieces: tuple[Piece, ...]) -> str:
    """Return what an author calls the first of the pieces."""
    match pieces[0]:
        case Words():
            return "a paragraph"
        case Display(formula=formula):
            return f"the formula {formula.latex[:60]!r}"
        case Shown(alt=alt):
            return f"the picture {alt[:60]!r} with its caption"
        case Grid():
            return "a row of the table"
        case Code():
            return "a line of code"
        case _:
            assert_never(pieces[0])

"""Columns side by side: each is fitted as a slide of its own width, all at one size of type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mathbook.deck.arrange import with_columns
from mathbook.deck.fit import fit
from mathbook.deck.fitter import SPACE, Fitter
from mathbook.deck.frame import Box, Frame
from mathbook.deck.layouts import SHARES, column_boxes
from mathbook.deck.slides import Draft, Para, Piece, Placed, Side, Slide, Words
from mathbook.frozen import frozen

LEAST = 90.0
"""Columns lower than this (in points) go to the next slide."""
_PLAIN = "Title Only"


@frozen
class Region(Frame):
    """A frame of which only one region is to be filled."""

    region: Box

    @property
    def body(self) -> Box:
        """The region."""
        return self.region


def fit_beside(draft: Draft, fitter: Fitter) -> tuple[Slide, ...]:
    """Return the slides of a draft that has columns."""
    return tuple(_Columns(draft, fitter).slides())


@frozen
class _Columns:
    draft: Draft
    fitter: Fitter

    def slides(self) -> Iterator[Slide]:
        """Yield the slides: what stands above, the columns, what stands below, each where it still fits."""
        body = self._body
        size = self._size(body)
        above = self._fitted(self.draft.pieces, body, size)
        top = _bottom(above[-1]) + SPACE if above else body.top
        last = _across(above[-1].placed) if above else ()
        if above and body.top + body.height - top < self._need():
            top, last = body.top, ()
        done = [_across(slide.placed) for slide in (above[:-1] if last else above)]
        rows = list(self._rows(Box(body.left, top, body.width, body.top + body.height - top), size))
        done += [(*(last if at == 0 else ()), *row) for at, row in enumerate(rows)]
        done = self._with_below(done, size)
        count = len(done)
        for at, placed in enumerate(done, start=1):
            title = f"{self.draft.title} ({at}/{count})" if count > 1 else self.draft.title
            yield Slide(title, placed, self.draft.notes if at == 1 else (), self.draft.layout)

    @property
    def _body(self) -> Box:
        return self.fitter.frame.beside(self.draft.layout)

    def _need(self) -> float:
        """Return the least height that the columns should have, in points."""
        return LEAST if any(side.pieces for side in self.draft.columns) else 0.0

    def _size(self, body: Box) -> float:
        """Return the size at which all columns fit on the slide, or the smallest."""
        sizes = [
            placed.size
            for pieces, box in (*self._sides(body), (self.draft.pieces, body))
            for slide in self._fitted(pieces, box, self.fitter.tokens.body_steps[0])
            for placed in slide.placed
        ]
        return min(sizes, default=self.fitter.tokens.body_steps[0])

    def _sides(self, room: Box) -> list[tuple[tuple[Piece, ...], Box]]:
        shares = tuple(side.share for side in self.draft.columns)
        if not any(shares):
            shares = SHARES.get(self.draft.layout, shares)
        boxes = (replace(box, top=room.top, height=room.height) for box in column_boxes(self.fitter.frame, shares))
        return [(_headed(side), box) for side, box in zip(self.draft.columns, boxes, strict=True)]

    def _rows(self, room: Box, size: float) -> Iterator[tuple[Placed, ...]]:
        """Yield what all columns have on each slide."""
        columns = [self._fitted(pieces, box, size) for pieces, box in self._sides(room)]
        for at in range(max(len(slides) for slides in columns)):
            yield tuple(
                replace(placed, column=number, is_head=at == first == 0 and self.draft.columns[number].head is not None)
                for number, slides in enumerate(columns)
                if at < len(slides)
                for first, placed in enumerate(slides[at].placed)
            )

    def _fitted(self, pieces: tuple[Piece, ...], box: Box, largest: float) -> tuple[Slide, ...]:
        frame = self.fitter.frame
        steps = tuple(step for step in self.fitter.tokens.body_steps if step <= largest)
        inside = replace(
            self.fitter,
            frame=Region(frame.width, frame.height, box),
            tokens=replace(self.fitter.tokens, body_steps=steps),
        )
        draft = Draft(self.draft.title, with_columns(pieces, box.width), layout=_PLAIN)
        return fit((draft,), inside) if pieces else ()

    def _with_below(self, done: list[tuple[Placed, ...]], size: float) -> list[tuple[Placed, ...]]:
        if not self.draft.below:
            return done
        body = self._body
        top = max((placed.top + placed.height for placed in done[-1]), default=body.top) + SPACE
        rest = Box(body.left, top, body.width, body.top + body.height - top)
        if rest.height >= LEAST / 2:
            silent = replace(self.fitter, collector=type(self.fitter.collector)())
            under = replace(self, fitter=silent)._fitted(self.draft.below, rest, size)
            if len(under) == 1 and not silent.collector.has_errors:
                return [*done[:-1], (*done[-1], *_across(under[0].placed))]
        return [*done, *(_across(slide.placed) for slide in self._fitted(self.draft.below, body, size))]


def _across(placed: tuple[Placed, ...]) -> tuple[Placed, ...]:
    """Return the pieces as such that belong to no column."""
    return tuple(replace(one, column=-1) for one in placed)


def _headed(side: Side) -> tuple[Piece, ...]:
    """Return the column's pieces, its heading first."""
    if side.head is None:
        return side.pieces
    bold = Para(tuple(replace(run, bold=True) for run in side.head.runs))
    return (Words((bold,)), *side.pieces)


def _bottom(slide: Slide) -> float:
    return max(placed.top + placed.height for placed in slide.placed)

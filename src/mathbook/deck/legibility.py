"""How small a deck's type is: what the build reports, so that nobody has to look for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from mathbook.deck.fitter import Fitter
from mathbook.deck.slides import Code, Display, Grid, Placed, Shown, Slide, Words


def smallest_type(slides: tuple[Slide, ...], fitter: Fitter) -> float:
    """Return the size of the smallest type on the slides in points, 0 if there is none; footers and scripts apart."""
    return min((size for slide in slides for placed in slide.placed for size in _sizes(placed, fitter)), default=0.0)


def _sizes(placed: Placed, fitter: Fitter) -> Iterator[float]:
    piece = placed.piece
    match piece:
        case Words():
            yield placed.size
        case Display():
            yield fitter.display_size(piece, placed.width, placed.size)[2]
        case Shown():
            yield from [fitter.tokens.caption_size] if piece.caption else []
        case Grid():
            yield placed.size
            yield from [fitter.tokens.caption_size] if piece.caption else []
        case Code():
            yield fitter.code_size(piece, placed.width, placed.size)
        case _:
            assert_never(piece)

"""What appears click by click: a list item with all that is in it, any other block as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from mathbook.deck.slides import Code, Display, Grid, Para, Piece, Shown, Words


def revealed(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the pieces with each paragraph of the first level, and each other piece, at a click of its own."""
    return tuple(_revealed(piece) for piece in pieces)


def _revealed(piece: Piece) -> Piece:
    match piece:
        case Words(paras=paras, boxed=True):
            # the ground comes with the words
            return replace(piece, paras=tuple(_para(para, first=at == 0) for at, para in enumerate(paras)))
        case Words(paras=paras):
            return replace(piece, paras=tuple(_para(para, first=para.level == 0) for para in paras))
        case Display() | Shown() | Grid() | Code():
            return replace(piece, reveal="click")
        case _:
            assert_never(piece)


def _para(para: Para, *, first: bool) -> Para:
    return replace(para, reveal="click" if first else "with")

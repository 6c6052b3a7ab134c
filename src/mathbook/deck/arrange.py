"""What a draft's layout asks for: columns for a layout that has two, a layout for a draft that has columns."""

from __future__ import annotations

from dataclasses import replace

from mathbook.deck.layouts import BESIDE
from mathbook.deck.slides import Draft, Grid, Piece, Shown, Side, Words


def arranged(draft: Draft) -> Draft:
    """Return the draft with a layout that holds its columns, and with columns if its layout has some.

    The author's choice of a layout stands; columns that it has no room for are text boxes on it.
    """
    if draft.columns:
        return draft if draft.layout else replace(draft, layout=_layout_for(draft.columns))
    if draft.layout in BESIDE and len(draft.pieces) > 0:
        return replace(draft, pieces=(), columns=_sides(draft))
    return draft


WIDEST = 1.9
"""A picture that is as many times as wide as high, or more, stands better below its words than beside them."""


def beside_words(draft: Draft) -> Draft | None:
    """Return the draft with its one picture beside its words; None if it has other things, or the author's layout."""
    pictures = [piece for piece in draft.pieces if isinstance(piece, Shown)]
    text = tuple(piece for piece in draft.pieces if isinstance(piece, Words))
    if draft.chosen or draft.aside or len(pictures) != 1 or not text or len(text) + 1 != len(draft.pieces):
        return None
    if draft.layout != "Title and Content" or pictures[0].picture.width > WIDEST * pictures[0].picture.height:
        return None
    sides = (Side(text, 0.44), Side((pictures[0],), 0.56))
    if draft.pieces[0] is pictures[0]:
        sides = (sides[1], sides[0])
    return replace(draft, pieces=(), columns=sides, layout="Two Content")


def _layout_for(sides: tuple[Side, ...]) -> str:
    if len(sides) != 2:
        return "Title Only"
    return "Comparison" if all(side.head for side in sides) else "Two Content"


def _sides(draft: Draft) -> tuple[Side, Side]:
    """Return what goes into each column: text beside the rest, or half beside half."""
    text = tuple(piece for piece in draft.pieces if isinstance(piece, Words))
    rest = tuple(piece for piece in draft.pieces if not isinstance(piece, Words))
    if draft.layout == "Picture with Caption":
        return Side(rest), Side(text)
    if text and rest:
        return Side(text), Side(rest)
    one, other = _halves(draft.pieces)
    return Side(one), Side(other)


def _halves(pieces: tuple[Piece, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the pieces in two halves; words that stand alone are parted between paragraphs of the first level."""
    if len(pieces) == 1 and isinstance(words := pieces[0], Words):
        starts = [at for at, para in enumerate(words.paras) if at and para.level == 0 and (para.mark or not at)]
        middle = min(starts, key=lambda at: abs(at - len(words.paras) / 2), default=len(words.paras))
        return (replace(words, paras=words.paras[:middle]),), tuple(
            replace(words, paras=part) for part in (words.paras[middle:],) if part
        )
    middle = (len(pieces) + 1) // 2
    return pieces[:middle], pieces[middle:]


def with_columns(pieces: tuple[Piece, ...], width: float) -> tuple[Piece, ...]:
    """Return the pieces with tables' columns as wide as their authors want, where the room has this width in points."""
    return tuple(
        replace(piece, columns=tuple(share * width for share in piece.shares))
        if isinstance(piece, Grid) and piece.shares
        else piece
        for piece in pieces
    )

"""The slides as text, a line a piece: what `mathbook dump slides` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from mathbook.deck.outline import outline
from mathbook.deck.slides import Code, Display, Draft, Grid, Piece, Run, Shown, Words
from mathbook.document.edition import Edition
from mathbook.document.select import edition_for, for_format


def dump_slides(edition: Edition) -> str:
    """Return the drafts of all slides as text."""
    units = (for_format(unit, "deck") for unit in edition_for(edition, "deck").units)
    return "\n".join(line for unit in units for draft in outline(unit, edition.meta.language) for line in _lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    yield f"[{draft.layout}] {draft.title}"
    for piece in draft.pieces:
        yield from (f"  {line}" for line in _piece(piece))
    if draft.aside:
        yield f"  aside: {draft.aside.alt}"
    for line in draft.notes:
        yield f"  notes: {line}"


def _piece(piece: Piece) -> Iterator[str]:
    match piece:
        case Words(paras=paras, boxed=boxed):
            for para in paras:
                mark = f"{para.mark} " if para.mark else ""
                yield f"{'box ' if boxed else ''}{'  ' * para.level}{mark}{_said(para.runs)}"
        case Display(formula=formula, number=number):
            yield f"formula {formula.latex!r}{f' ({number})' if number else ''}"
        case Shown(alt=alt):
            yield f"picture {alt!r}"
        case Grid(head=head, body=body):
            for row in (*head, *body):
                yield "table " + " | ".join(_said(cell) for cell in row)
        case Code(lines=lines):
            for line in lines:
                yield "code " + "".join(words for _, words in line)
        case _:
            assert_never(piece)


def _said(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)

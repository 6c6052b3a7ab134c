"""The slides as text, a line a piece: what `mathbook dump slides` prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from mathbook.deck.outline import outline
from mathbook.deck.slides import Code, Display, Draft, Grid, Para, Piece, Reveal, Run, Shown, Side, Words
from mathbook.document.edition import Edition
from mathbook.document.select import edition_for, for_format


def dump_slides(edition: Edition) -> str:
    """Return the drafts of all slides as text."""
    units = (for_format(unit, "deck") for unit in edition_for(edition, "deck").units)
    return "\n".join(line for unit in units for draft in outline(unit, edition.meta.language) for line in _lines(draft))


def _lines(draft: Draft) -> Iterator[str]:
    yield f"[{draft.layout}] {draft.title}"
    yield from (f"  {line}" for piece in draft.pieces for line in _piece(piece))
    for column in draft.columns:
        yield from (f"  {line}" for line in _column(column))
    yield from (f"  {line}" for piece in draft.below for line in _piece(piece))
    if draft.aside:
        yield f"  aside: {draft.aside.alt}"
    for line in draft.notes:
        yield f"  notes: {line}"


def _column(side: Side) -> Iterator[str]:
    yield f"column{f' of {side.share:.0%}' if side.share else ''}"
    if side.head:
        yield f"  head {_para(side.head)}"
    yield from (f"  {line}" for piece in side.pieces for line in _piece(piece))


def _piece(piece: Piece) -> Iterator[str]:
    match piece:
        case Words(paras=paras, boxed=boxed):
            yield from (f"{'box ' if boxed else ''}{_para(para)}" for para in paras)
        case Display(formula=formula, number=number, reveal=reveal):
            yield f"{_shown(reveal)}formula {formula.latex!r}{f' ({number})' if number else ''}"
        case Shown(alt=alt, caption=caption, reveal=reveal):
            yield f"{_shown(reveal)}picture {alt!r}"
            yield from _caption(caption)
        case Grid(head=head, body=body, caption=caption, reveal=reveal):
            for kind, rows in (("head", head), ("row", body)):
                yield from (f"{_shown(reveal)}{kind} {' | '.join(_said(cell) for cell in row)}" for row in rows)
            yield from _caption(caption)
        case Code(lines=lines, output=output, reveal=reveal):
            kind = "output" if output else "code"
            yield from (f"{_shown(reveal)}{kind} {''.join(words for _, words in line)}".rstrip() for line in lines)
        case _:
            assert_never(piece)


def _caption(caption: Para | None) -> Iterator[str]:
    if caption:
        yield f"caption {_para(caption)}"


def _para(para: Para) -> str:
    mark = f"{para.mark} " if para.mark else ""
    return f"{_shown(para.reveal)}{'  ' * para.level}{mark}{_said(para.runs)}"


def _shown(reveal: Reveal) -> str:
    """Return when something appears, if not with its slide."""
    return {"": "", "click": "(click) ", "with": "(with) "}[reveal]


def _said(runs: tuple[Run, ...]) -> str:
    """Return the words; a line that is broken in them is shown as a slash between spaces."""
    return "".join(run.text for run in runs).replace("\v", " / ")

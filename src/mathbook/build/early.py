"""What linkers need, made while units are still compiled: by workers, when a book is built for the first time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from concurrent.futures import BrokenExecutor, Future
from dataclasses import replace

from mathbook.build.linking import Workshop, memo_of_linking
from mathbook.build.outputs import Output
from mathbook.document.edition import Edition
from mathbook.document.memo import Gathering
from mathbook.document.theme import Theme
from mathbook.formats import FormatRow

Early = Mapping[str, "tuple[Output, Future[Gathering]]"]
"""What workers make for each file, by its name."""


def begin_early(asked: Iterable[Output], workshop: Workshop) -> Early:
    """Have workers begin with it, for books whose formats have something to make early."""
    books = [output for output in asked if output.edition.scope == "book" and output.row.has_door("early")]
    if not books or workshop.workers < 2:
        return {}
    with contextlib.suppress(BrokenExecutor), workshop.pools.of(workshop.workers, len(books), workshop.theme) as pool:
        return {one.name: (one, pool.submit(_made_there, one.row, _bare(one), workshop.theme)) for one in books}
    return {}


def take_early(early: Early, workshop: Workshop) -> None:
    """Have the linkers know what was made; what a worker that died doesn't give back they make themselves."""
    for output, future in early.values():
        with contextlib.suppress(BrokenExecutor):
            memo = memo_of_linking(output, workshop.cache)
            future.result().pour_into(memo)
            memo.save()


def _bare(output: Output) -> Edition:
    return replace(output.edition, units=(), labels=())


def _made_there(row: FormatRow, edition: Edition, theme: Theme) -> Gathering:
    gathered = Gathering()
    with contextlib.suppress(Exception):  # it is met again where it is told
        row.door("early")(edition, theme, gathered)
    return gathered

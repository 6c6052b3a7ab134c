"""The proof of a long file by several workers: each finds out of some of its units what the judge will ask for."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from pathlib import Path

from mathbook.build.pools import Pools
from mathbook.document.edition import Edition
from mathbook.document.memo import Gathering, Memo
from mathbook.document.stretch import Stretch
from mathbook.document.theme import Theme
from mathbook.formats import FormatRow
from mathbook.frozen import frozen
from mathbook.verify.ahead import Part, likely, look_at, part_of
from mathbook.verify.answers import Hidden

FEW = 40
"""So many units are proved by one process alone."""
_PARTS = 3
"""Parts for each worker: some take longer than others, and to open the file takes a while, too."""


@frozen
class Provers:
    """Who helps: so many workers of the pools, which are for the theme."""

    workers: int
    pools: Pools
    theme: Theme


@frozen
class File:
    """A finished file, its format, its edition with the units' fingerprints, and the edition that it must not tell."""

    path: Path
    row: FormatRow
    edition: Edition
    prints: tuple[str, ...]
    hidden: Hidden | None


def prove_ahead(file: File, stretches: Sequence[Stretch], memo: Memo, provers: Provers) -> None:
    """Have the memo know what the workers find out of units and of the stretches that are likely to say them."""
    found = likely(file.edition, stretches, memo) if provers.workers > 1 else {}
    if len(found) <= FEW:
        return
    size = -(-len(found) // (provers.workers * _PARTS))
    units = list(found)
    some = [units[at : at + size] for at in range(0, len(units), size)]
    parts = [part_of({unit: found[unit] for unit in one}, file.edition, file.prints, file.hidden) for one in some]
    # what a worker that dies doesn't give back is found out by the judge
    with contextlib.suppress(BrokenExecutor), provers.pools.of(provers.workers, len(parts), provers.theme) as pool:
        for gathered in pool.map(_look_at, [(file.path, file.row, part) for part in parts]):
            gathered.pour_into(memo)


def _look_at(task: tuple[Path, FormatRow, Part]) -> Gathering:
    path, row, part = task
    gathered = Gathering()
    with row.door("stretches")(path) as stretches:
        look_at(part, row.content, [stretches[number] for number in part.numbers], gathered)
    return gathered

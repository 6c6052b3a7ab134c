"""A finished file's stretches: by its room's own door, or made of what it says and known by a hash of that."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from mathbook.document.fingerprint import fingerprint
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.passage import BENEATH, Passage
from mathbook.document.stretch import Stretch
from mathbook.formats import formats


@dataclass(slots=True)
class Read:
    """How many stretches were read."""

    count: int = 0


@contextlib.contextmanager
def stretches_of(file: Path, name: str, memo: Memo = FORGETFUL) -> Iterator[Sequence[Stretch]]:
    """Give the stretches of a file, as a build has them."""
    row = formats()[name]
    if row.has_door("stretches"):
        with row.door("stretches")(file, memo) as stretches:
            yield stretches
    else:
        yield stretched(list(row.door("read_back")(file)), name)


def stretched(found: Sequence[Passage], name: str, read: Read | None = None) -> list[Stretch]:
    """Return passages as stretches, a page, document or slide each."""
    groups = (list(group) for _, group in groupby(found, _whole_place))
    return [_stretch(group, name, read or Read()) for group in groups]


def _whole_place(passage: Passage) -> str:
    return passage.place.removesuffix(BENEATH).removesuffix(", notes")


def _stretch(passages: Sequence[Passage], name: str, read: Read) -> Stretch:
    place = _whole_place(passages[0])
    if name == "pdf":  # its parts begin with titles
        passages = [replace(passage, unit="") for passage in passages]
    unit = passages[0].unit if name == "deck" else ""
    own = ["" if passage.unit == unit else passage.unit for passage in passages]
    told = [(p.role, p.words, p.formulas, p.links, p.pictures, p.level, p.place.removeprefix(place)) for p in passages]

    def reading() -> Sequence[Passage]:
        read.count += 1
        return passages

    return Stretch(fingerprint((told, own)), (place,), unit, reading)

"""Earlier editions, and what has changed since one."""

from __future__ import annotations

from mathbook.frozen import frozen


@frozen
class PastUnit:
    """A unit as it was: its words line by line, and those that only instructors got. `number` is empty for matter.

    Where only a fingerprint is known, there are no lines. `seed` is the fingerprint of the seed that it rested on.
    """

    id: str
    number: str
    title: str
    lines: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    revised: str = ""
    seed: str = ""
    fingerprint: str = ""
    title_in_latex: str = ""
    """The title with its formulas as they are written: so earlier versions of mathbook kept it."""


@frozen
class PastEdition:
    """An edition as it was, or as it is now: what can be compared of it."""

    edition: str
    date: str
    units: tuple[PastUnit, ...]


@frozen
class Revision:
    """A unit that was there and is there, and differs: for each place the words before and the words after."""

    before: PastUnit
    after: PastUnit
    words: tuple[tuple[str, str], ...]


@frozen
class Changes:
    """What happened between two editions. `same` counts the units in which nothing did."""

    since: PastEdition
    new: tuple[PastUnit, ...]
    revised: tuple[Revision, ...]
    withdrawn: tuple[PastUnit, ...]
    same: int

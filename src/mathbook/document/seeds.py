"""The source record that an example rests on."""

from __future__ import annotations

from mathbook.frozen import frozen


@frozen
class Seed:
    """Who said what, where and when. `claims` is in the book's own words; `start` is in seconds (0 if none)."""

    id: str
    title: str
    who: str
    where: str
    claims: str
    when: str = ""
    link: str = ""
    start: int = 0
    rights: str = ""
    provenance: str = ""

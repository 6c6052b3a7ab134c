"""A resolved unit in short: all that a build needs to know of one that it neither compiles nor proves."""

from __future__ import annotations

from typing import get_args

from mathbook.document.book import FormatName, Unit
from mathbook.document.fingerprint import fingerprint
from mathbook.document.nodes import Link
from mathbook.document.select import for_format, is_shown
from mathbook.document.walk import found_in
from mathbook.frozen import frozen


@frozen
class Sketch:
    """A unit's fingerprint; that of what each format shows of it, without those that show nothing; and where its links
    lead, each once: the id of a unit, and the target.
    """

    print: str
    shows: tuple[tuple[FormatName, str], ...]
    leads: tuple[tuple[str, str], ...]

    def shown(self, content: FormatName) -> str:
        """Return the fingerprint of what the format shows, or nothing if it shows nothing."""
        return dict(self.shows).get(content, "")

    def leads_out_of(self, unit: str) -> bool:
        """Return whether a link leads to another unit than this one, which is the sketch's own."""
        return any(to != unit for to, _ in self.leads)


def sketch_of(unit: Unit) -> Sketch:
    """Return the sketch of a unit of an edition."""
    whole = fingerprint(unit)
    shows = []
    for content in get_args(FormatName):
        selected = for_format(unit, content)
        if is_shown(unit, selected):
            shows.append((content, whole if selected is unit else fingerprint(selected)))
    return Sketch(whole, tuple(shows), tuple(dict.fromkeys(leads_of(unit))))


def leads_of(unit: Unit) -> tuple[tuple[str, str], ...]:
    """Return where the links of the unit lead within the book."""
    links = found_in((unit.title, unit.blocks), Link)
    return tuple(dict.fromkeys((link.unit, link.target) for link in links if link.unit))

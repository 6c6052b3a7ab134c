"""Front and back matter that is made: a unit that an author began is gone on with, else a new one is put at its place.

A file `back/03-bibliography.md` decides where the bibliography stands, what it is called and what is said before the
entries; without such a file it stands where it stands in most books.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from mathbook.diagnostics import NOWHERE
from mathbook.document.book import Example, Matter, MatterKind, Unit
from mathbook.document.nodes import Block, Text
from mathbook.document.words import say

_SLUGS: dict[str, MatterKind] = {
    "whats-new": "news",
    "glossary": "glossary",
    "index": "index",
    **dict.fromkeys(("bibliography", "references", "works-cited"), "bibliography"),
}
_TITLES: dict[MatterKind, str] = {"news": "What’s new", "bibliography": "Bibliography", "index": "Index"}
_PLACES: dict[MatterKind, Literal["front", "back"]] = {"news": "front", "bibliography": "back", "index": "back"}


def with_kinds(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Return the units; of front and back matter that is gone on with, the kind is filled in."""
    return tuple(
        replace(unit, kind=_SLUGS[unit.slug]) if isinstance(unit, Matter) and unit.slug in _SLUGS else unit
        for unit in units
    )


def unit_of(units: tuple[Unit, ...], kind: MatterKind) -> str:
    """Return the id of the unit of this kind, or the one that it would get."""
    there = next((unit.id for unit in units if isinstance(unit, Matter) and unit.kind == kind), "")
    taken = {unit.id for unit in units}
    return there or (kind if kind not in taken else f"the-{kind}")


def with_matter(
    units: tuple[Unit, ...], kind: MatterKind, blocks: tuple[Block, ...], language: str
) -> tuple[Unit, ...]:
    """Return the units with the blocks at the end of the unit of this kind; nothing is made of no blocks."""
    if not blocks:
        return units
    there = next((unit for unit in units if isinstance(unit, Matter) and unit.kind == kind), None)
    if there:
        longer = replace(there, blocks=(*there.blocks, *blocks))
        return tuple(longer if unit is there else unit for unit in units)
    name = unit_of(units, kind)
    made = Matter(name, name, _PLACES[kind], (Text(say(_TITLES[kind], language)),), blocks, NOWHERE, kind=kind)
    at = len(units)
    if made.place == "front":
        at = next((at for at, unit in enumerate(units) if isinstance(unit, Example) or unit.place == "back"), at)
    return (*units[:at], made, *units[at:])


def with_index_last(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Return the units with the index behind all others: no page that it names may depend on its own length."""
    return tuple(sorted(units, key=lambda unit: isinstance(unit, Matter) and unit.kind == "index"))

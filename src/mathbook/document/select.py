"""The last choice before a unit is compiled: what a format shows of the edition, and of a unit."""

from __future__ import annotations

from dataclasses import replace

from mathbook.document.book import FormatName, Unit
from mathbook.document.edition import Edition
from mathbook.document.nodes import Block, Conditional, Image
from mathbook.document.walk import Spread, found_in, map_tree


def edition_for(edition: Edition, format_name: FormatName) -> Edition:
    """Return the edition without the units of which this format shows nothing: an index has no place in a deck."""
    units = tuple(unit for unit in edition.units if is_shown(unit, for_format(unit, format_name)))
    return replace(edition, units=units)


def is_shown(unit: Unit, selected: Unit) -> bool:
    """Return whether a format shows a unit of which this is left: not if nothing is."""
    return not unit.blocks or bool(selected.blocks)


def for_format(unit: Unit, format_name: FormatName) -> Unit:
    """Return the unit as the format shows it: conditionals taken out, pictures kept that are still used.

    Only an e-book shows what the glossary says beside its words. If that is all of it, it is the same unit.
    """
    if unit.terms and format_name != "epub":
        unit = replace(unit, terms=())
    blocks = blocks_for_format(unit.blocks, format_name)
    if blocks is unit.blocks:
        return unit
    used = {image.source for image in found_in(blocks, Image)}
    return replace(unit, blocks=blocks, pictures=tuple(p for p in unit.pictures if p.source in used))


def blocks_for_format(blocks: tuple[Block, ...], format_name: FormatName) -> tuple[Block, ...]:
    """Return the blocks as the format shows them, conditionals taken out; the same tuple if there are none."""

    def choose(node: object) -> object:
        if not isinstance(node, Conditional):
            return node
        assert not node.audiences, "the edition takes audiences out"
        applies = not node.formats or format_name in node.formats
        return Spread(node.children if applies == node.shown else ())

    # to look for conditionals takes half as long as to go through a tree that has none
    return map_tree(blocks, choose) if found_in(blocks, Conditional) else blocks

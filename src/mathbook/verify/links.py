"""Where the links of a PDF lead: its readers tell the links of a page, and not which words each of them belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mathbook.verify.glance import Glance
from mathbook.verify.proof import Finding
from mathbook.verify.wanted import Wanted

_INSIDE = re.compile(r"page (\d+) at ")

Places = Mapping[str, Sequence[str]]
"""The pages of a unit's blocks."""


def misled(wanted: Sequence[Wanted], places: Sequence[Places], seen: Iterable[Glance]) -> Iterator[Finding]:
    """Yield the links that are on no page of their block, or lead to another page than where their target stands."""
    links: dict[str, set[str]] = {}
    for glance in seen:
        for place, _ in glance.said:
            links.setdefault(place, set()).update(glance.links.get(place, ()))
    links_of = [one.links for one in wanted]
    asked = {link[1:] for its in links_of for _, link in its if link.startswith("#")}
    targets = _targets(wanted, places, asked, {place: number for number, place in enumerate(links, start=1)})
    for one, its, blocks in zip(wanted, links_of, places, strict=True):
        for block, link in its:
            pages = blocks.get(block, [])
            there = set().union(*(links[page] for page in pages))
            if pages and not _leads_there(link, there, targets):
                yield Finding("missing", one.unit, "link", link, place=pages[0])


def _leads_there(link: str, there: set[str], targets: Mapping[str, set[int]]) -> bool:
    """Return whether one of a page's links is the one that is wanted. Some targets are no blocks: any page will do."""
    if not link.startswith("#"):
        return link in there
    reached = {int(inside[1]) for address in there if (inside := _INSIDE.match(address))}
    return link[1:] not in targets or bool(targets[link[1:]] & reached)


def _targets(
    wanted: Sequence[Wanted], places: Sequence[Places], asked: set[str], numbers: Mapping[str, int]
) -> dict[str, set[int]]:
    """Return the pages on which those units and labelled blocks stand that are asked for, counted from 1."""
    targets: dict[str, set[int]] = defaultdict(set)
    for one, blocks in zip(wanted, places, strict=True):
        for block, pages in blocks.items() if asked else ():
            name = block.removeprefix(f"{one.unit}/") or one.unit
            if name in asked:
                targets[name].update(numbers[page] for page in pages)
    return targets

"""Where the links of a PDF lead: its readers tell the links of a page, and not which words each of them belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mathbook.document.passage import Passage
from mathbook.verify.proof import Finding, Proof
from mathbook.verify.wanted import Wanted

_INSIDE = re.compile(r"page (\d+) at ")

_Places = dict[tuple[str, str], list[str]]
"""The pages of each unit's blocks."""


def misled(
    wanted: Sequence[Wanted], proofs: Sequence[Proof], groups: Sequence[Sequence[Passage]], found: Iterable[Passage]
) -> Iterator[Finding]:
    """Yield the links that are on no page of their block, or lead to another page than where their target stands."""
    links: dict[str, set[str]] = {}
    for passage in found:
        links.setdefault(passage.place, set()).update(passage.links)
    places = _places(wanted, proofs, groups)
    targets = _targets(places, {place: number for number, place in enumerate(links, start=1)})
    for one in wanted:
        for block, link in one.links:
            pages = places.get((one.unit, block), [])
            there = set().union(*(links[page] for page in pages))
            if pages and not _leads_there(link, there, targets):
                yield Finding("missing", one.unit, "link", link, place=pages[0])


def _leads_there(link: str, there: set[str], targets: Mapping[str, set[int]]) -> bool:
    """Return whether one of a page's links is the one that is wanted. Some targets are no blocks: any page will do."""
    if not link.startswith("#"):
        return link in there
    reached = {int(inside[1]) for address in there if (inside := _INSIDE.match(address))}
    return link[1:] not in targets or bool(targets[link[1:]] & reached)


def _places(wanted: Sequence[Wanted], proofs: Sequence[Proof], groups: Sequence[Sequence[Passage]]) -> _Places:
    return {
        (one.unit, block): list(dict.fromkeys(group[at].place for at in numbers))
        for one, proof, group in zip(wanted, proofs, groups, strict=True)
        for block, numbers in proof.places
    }


def _targets(places: _Places, numbers: Mapping[str, int]) -> dict[str, set[int]]:
    """Return the pages on which units and labelled blocks stand, counted from 1."""
    targets: dict[str, set[int]] = defaultdict(set)
    for (unit, block), pages in places.items():
        targets[block.removeprefix(f"{unit}/") or unit].update(numbers[page] for page in pages)
    return targets

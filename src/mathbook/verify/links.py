"""Where the links of a PDF lead: its readers tell the links of a page, and not which words each of them belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mathbook.document.passage import Passage
from mathbook.verify.align import Match
from mathbook.verify.finding import Finding

_INSIDE = re.compile(r"page (\d+) at ")


def misled(matches: Mapping[str, Sequence[Match]], found: Iterable[Passage]) -> Iterator[Finding]:
    """Yield the expected links that are on no page where their words stand, or lead to another page than theirs."""
    links: dict[str, set[str]] = {}
    for passage in found:
        links.setdefault(passage.place, set()).update(passage.links)
    numbers = {place: number for number, place in enumerate(links, start=1)}
    targets = _targets(matches, numbers)
    for match in (match for of_unit in matches.values() for match in of_unit if match.found):
        wanted, places = match.expected, dict.fromkeys(passage.place for passage in match.found)
        there = set().union(*(links[place] for place in places))
        reached = {int(inside[1]) for link in there if (inside := _INSIDE.match(link))}
        for link in wanted.links:
            leads = targets.get(link[1:], reached) & reached if link.startswith("#") else {link} & there
            if not leads and (not link.startswith("#") or link[1:] in targets):
                yield Finding("missing", wanted.unit, "link", link, place=next(iter(places)))


def _targets(matches: Mapping[str, Sequence[Match]], numbers: Mapping[str, int]) -> dict[str, set[int]]:
    """Return the pages on which units and labelled blocks stand, counted from 1."""
    targets: dict[str, set[int]] = defaultdict(set)
    for unit, of_unit in matches.items():
        for match in of_unit:
            label = match.expected.block.removeprefix(f"{unit}/") or unit
            targets[label].update(numbers[passage.place] for passage in match.found)
    return targets

"""What a judgement says to people."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from mathbook.verify.proof import Finding

if TYPE_CHECKING:  # a build needs sentences, and none of the libraries that files of unknown kinds are opened with
    from mathbook.verify.examine import Examined

LONGEST = 160
"""Characters of a passage that are shown; of longer ones the part around the first difference."""


def lines(examined: Examined, names: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines about one file; `names` are the units' names by their ids ("Example 3: Interview questions")."""
    counted = f"; {examined.compared} passages compared" if examined.compared else ""
    yield f"{examined.verdict:<12} {examined.file}  ({examined.why}{counted})"
    for aged in examined.aged:
        yield f"    {names.get(aged.unit) or aged.title or aged.unit}: {AGED[aged.how]}"
    for unit in dict.fromkeys(finding.unit for finding in examined.findings):
        yield f"    {names.get(unit) or unit or 'outside of the examples'}"
        for finding in examined.findings:
            if finding.unit == unit:
                yield f"        {sentence(finding)}"


AGED = {
    "older": "older than the manuscript",
    "newer": "newer than the manuscript",
    "missing": "not in this file",
    "withdrawn": "in this file, and no longer in the manuscript",
}
"""What is said of a unit that a file has in another form than the manuscript."""


def record(examined: Examined) -> dict[str, Any]:
    """Return what was found out as a JSON-ready record."""
    return asdict(examined)


def sentence(finding: Finding) -> str:
    """Return the finding in one line, with the words that differ in brackets: [-wanted-]{+found+}."""
    if finding.what == "part":
        return f"{finding.place} {finding.found}"
    at = f" on {finding.place}" if finding.place else ""
    match finding.fault:
        case "missing":
            return f"missing {finding.what}: {shortened(finding.wanted)}"
        case "extra":
            return f"{finding.what} that doesn't belong here{at}: {shortened(finding.found)}"
        case "moved":
            return f"{finding.what} in another place{at}: {shortened(finding.wanted or finding.found)}"
        case "different":
            return f"{finding.what} differs{at}: {marked(finding.wanted, finding.found)}"


def marked(wanted: str, found: str) -> str:
    """Return the words of both, those that only one has in brackets: [-wanted-] and {+found+}."""
    one, two = wanted.split(), found.split()
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    pieces = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(_around(one[a:b], first=a == 0, last=b == len(one)))
            continue
        pieces += [f"[-{' '.join(one[a:b])}-]"] if b > a else []
        pieces += [f"{{+{' '.join(two[c:d])}+}}"] if d > c else []
    return " ".join(filter(None, pieces)) or f"[-{wanted}-]{{+{found}+}}"


_NEAR = 5


def _around(words: list[str], *, first: bool, last: bool) -> str:
    """Return equal words, only those near a difference if there are many."""
    if len(words) <= 2 * _NEAR:
        return " ".join(words)
    begin = [] if first else words[:_NEAR]
    end = [] if last else words[-_NEAR:]
    return " ".join([*begin, "…", *end])


def shortened(text: str) -> str:
    """Return the text, cut if it is long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"

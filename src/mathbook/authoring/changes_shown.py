"""Changes between editions, as lines for people and as a record for programs."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from mathbook.document.past import Changes, PastUnit, Revision

NEAR = 6
"""Words that are shown on either side of a change."""


def lines_of_changes(changes: Changes) -> Iterator[str]:
    """Yield the changes as lines for people, words that differ in [-brackets-] {+and braces+}."""
    dated = f", {changes.since.date}" if changes.since.date else ""
    yield f"since {changes.since.edition}{dated}:"
    for unit in changes.new:
        yield f"new        {_name(unit)}"
    for revision in changes.revised:
        moved = f" ({revision.after.revised})" if revision.after.revised != revision.before.revised else ""
        yield f"revised    {_name(revision.after)}{moved}"
        yield from (f"    {marked_words(before, after)}" for before, after in revision.words)
    for unit in changes.withdrawn:
        yield f"withdrawn  {_name(unit)}"
    yield f"{changes.same} as they were"


def _name(unit: PastUnit) -> str:
    return f"{unit.number}. {unit.title}" if unit.number else unit.title


def marked_words(before: str, after: str) -> str:
    """Return one line of two, what went and what came marked, and long stretches that stayed left out."""
    old, new = before.split(), after.split()
    pieces: list[str] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces += _shortened(old[a:b], first=not pieces, last=b == len(old))
        pieces += [f"[-{' '.join(old[a:b])}-]"] if kind in ("delete", "replace") else []
        pieces += [f"{{+{' '.join(new[c:d])}+}}"] if kind in ("insert", "replace") else []
    return " ".join(pieces)


def _shortened(words: list[str], *, first: bool, last: bool) -> list[str]:
    """Return words that stayed: of many, those next to what changed."""
    if first:
        return words if len(words) <= NEAR else ["…", *words[-NEAR:]]
    if last:
        return words if len(words) <= NEAR else [*words[:NEAR], "…"]
    return words if len(words) <= 2 * NEAR else [*words[:NEAR], "…", *words[-NEAR:]]


def record_of_changes(changes: Changes) -> dict[str, Any]:
    """Return the changes, ready for JSON."""

    def brief(unit: PastUnit) -> dict[str, str]:
        return {"id": unit.id, "number": unit.number, "title": unit.title}

    def revision(one: Revision) -> dict[str, Any]:
        words = [{"before": before, "after": after} for before, after in one.words]
        return {**brief(one.after), "revised": one.after.revised, "words": words}

    return {
        "since": {"edition": changes.since.edition, "date": changes.since.date},
        "new": [brief(unit) for unit in changes.new],
        "revised": [revision(one) for one in changes.revised],
        "withdrawn": [brief(unit) for unit in changes.withdrawn],
        "same": changes.same,
    }

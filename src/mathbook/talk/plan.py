"""What an updated deck consists of, slide by slide: which stay, which are new, which were withdrawn, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mathbook.document.talk import TalkRecord
from mathbook.frozen import frozen
from mathbook.talk.align import likeness, slide_pairs
from mathbook.talk.edits import Edited

TAKEN_OVER = 0.8
"""How much a speaker's own slide and a new one of the manuscript must have in common to be the same."""


@frozen
class Entry:
    """A slide of the result: the speaker's of this number, the manuscript's of this number, or both (merged)."""

    speaker: int | None
    fresh: int | None
    written: int | None = None


@frozen
class Plan:
    """The entries in order; the written slides (by number) that the manuscript withdrew and the speaker left as they
    were; new slides that are left out, since the speaker took their example out.
    """

    entries: tuple[Entry, ...]
    withdrawn: tuple[int, ...]
    unwanted: tuple[int, ...]


def planned(base: TalkRecord, fresh: TalkRecord, done: Edited, pairs: dict[int, int]) -> Plan:
    """Return the plan; `pairs` tell which written slide is which of the manuscript's now."""
    touched = {edit.slide - 1 for edit in done.edits}
    withdrawn = tuple(
        at
        for at, was in sorted(done.origins.items())
        if was not in pairs and at not in touched and _effects_kept(base, done, at)
    )
    kept = [at for at in range(len(done.slides)) if at not in withdrawn]
    present = {pairs[was]: at for at, was in done.origins.items() if was in pairs}
    new = [at for at in range(len(fresh.slides)) if at not in set(pairs.values())]
    taken_over = _taken_over(fresh, done, new)
    new = [at for at in new if at not in taken_over.values()]
    unwanted = tuple(at for at in new if _unit_was_taken_out(fresh.slides[at][0], base, done))
    arriving = [at for at in new if at not in unwanted]
    order = [was for at, was in sorted(done.origins.items()) if at in set(kept)]
    speaker_ordered = order != sorted(order)
    spine = _by_speaker(kept, done, pairs) if speaker_ordered else _by_manuscript(kept, present, done, pairs)
    entries = [
        replace(entry, fresh=taken_over.get(entry.speaker)) if entry.speaker in taken_over else entry for entry in spine
    ]
    for at in arriving:
        entries.insert(_place(at, entries), Entry(None, at))
    return Plan(tuple(entries), tuple(done.origins[at] for at in withdrawn), unwanted)


def _taken_over(fresh: TalkRecord, done: Edited, new: list[int]) -> dict[int, int]:
    """Return which of the speaker's own slides are in the manuscript now: the author took a proposal over."""
    mine = [(at, done.slides[at]) for at in done.own]
    pairs = slide_pairs([("?", slide) for _, slide in mine], [fresh.slides[at] for at in new])
    return {mine[a][0]: new[b] for a, b in pairs.items() if likeness(mine[a][1], fresh.slides[new[b]][1]) >= TAKEN_OVER}


def _effects_kept(base: TalkRecord, done: Edited, at: int) -> bool:
    return done.slides[at].effects <= base.slides[done.origins[at]][1].effects or done.rewritten


def _unit_was_taken_out(unit: str, base: TalkRecord, done: Edited) -> bool:
    written = [at for at, (name, _) in enumerate(base.slides) if name == unit]
    return bool(written) and not set(written) & set(done.origins.values())


def _entry(at: int, done: Edited, pairs: dict[int, int]) -> Entry:
    was = done.origins.get(at)
    return Entry(at, None if was is None else pairs.get(was), was)


def _by_speaker(kept: list[int], done: Edited, pairs: dict[int, int]) -> Iterator[Entry]:
    return (_entry(at, done, pairs) for at in kept)


def _by_manuscript(kept: list[int], present: dict[int, int], done: Edited, pairs: dict[int, int]) -> Iterator[Entry]:
    """Yield the slides in the manuscript's order; a slide that it doesn't know stays behind the one before it."""
    followers: dict[int, list[int]] = {}
    known = set(present.values())
    last = -1
    for at in kept:
        if at in known:
            last = at
        else:
            followers.setdefault(last, []).append(at)
    for at in (-1, *(present[one] for one in sorted(present))):
        if at >= 0:
            yield _entry(at, done, pairs)
        yield from (_entry(one, done, pairs) for one in followers.get(at, ()))


def _place(fresh: int, entries: list[Entry]) -> int:
    """Return where a new slide goes: behind the nearest slide that comes before it in the manuscript."""
    before = [(entry.fresh, at) for at, entry in enumerate(entries) if entry.fresh is not None and entry.fresh < fresh]
    return max(before)[1] + 1 if before else 0

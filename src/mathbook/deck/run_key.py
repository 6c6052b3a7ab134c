"""The key of a run of slides: a hash of all in a deck that decides what is read on them.

It is made of the keys of the slides, wherever they stand in the deck. What these were is remembered under a hash of the
run's bytes, since to look at each member of each slide takes longer than to hash all of them in one go.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise

from mathbook.archive.zip_range import ZipRange
from mathbook.archive.zip_reader import ZipReader
from mathbook.deck.safe_archive import relations_name
from mathbook.deck.slide_key import LENGTH, SlideKeys, told_by_content
from mathbook.document.memo import Memo

_FOLDERS = ("ppt/slides/", "ppt/notesSlides/")
"""Where slides and notes stand in the decks that we write."""


@dataclass(slots=True)
class RunKeys:
    """Tells runs of slides of one deck from others; `starts` are the parts that runs begin with."""

    deck: ZipReader
    slides: SlideKeys
    memo: Memo
    starts: Collection[str]
    _ranges: dict[str, ZipRange] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.deck.is_plain:
            self._ranges = dict(_ranges(self.deck, self.starts))

    def of(self, parts: Sequence[str]) -> str:
        """Return the key of the slides with these parts, or nothing if there is something odd about their members."""
        members = self._ranges.get(parts[0])
        if members is None or not set(parts) | {relations_name(part) for part in parts} <= set(members.names):
            return self._key(parts)
        told = (self.slides.ours, *parts, members.digest(self.deck).hex())
        name = f"run-{sha256(json.dumps(told).encode()).hexdigest()}"
        key = self._remembered(name)
        if key is None:
            key = self._key(parts)
            if key and members.is_gapless(self.deck):
                self.memo.keep(name, json.dumps([key, self._outside(parts, members)]).encode())
        return key

    def _key(self, parts: Sequence[str]) -> str:
        keys = [self.slides.of(part) for part in parts]
        return sha256("\n".join(keys).encode()).hexdigest()[:LENGTH] if all(keys) else ""

    def _remembered(self, name: str) -> str | None:
        """Return the key that these bytes had, if what stands elsewhere and belongs to it is as it was."""
        kept = self.memo.recall(name)
        if kept is None:
            return None
        key, outside = json.loads(kept)
        return key if all(self._told(target) == told for target, told in outside.items()) else None

    def _outside(self, parts: Sequence[str], members: ZipRange) -> dict[str, str]:
        """Return what the keys have of members that stand elsewhere: of pictures, which other slides may have, too."""
        related = (self.slides.related(part) or {} for part in parts)
        targets = {target for one in related for target in one.values() if told_by_content(target)}
        return {target: self._told(target) for target in sorted(targets.difference(members.names))}

    def _told(self, target: str) -> str:
        told = self.slides.behind(target)
        return "" if told is None else told.hex()


def _ranges(deck: ZipReader, starts: Collection[str]) -> Iterator[tuple[str, ZipRange]]:
    """Yield each of the parts with the members from there to the next of them, or to what is no slide's."""
    names, entries = list(deck.entries), list(deck.entries.values())
    cuts = [at for at, name in enumerate(names) if name in starts or not name.startswith(_FOLDERS)]
    for begin, end in pairwise([*cuts, len(names)]):
        if names[begin] in starts:
            yield names[begin], ZipRange(names[begin:end], entries[begin:end])

"""Slides that were read before, in this deck or an earlier one: what was found on them is remembered."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mathbook.document.fingerprint import fingerprint
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.passage import Passage, Spot

Read = Callable[[], Iterable[Passage]]
_PICTURE = re.compile(rb"[<:]pic[\s/>]")


@dataclass(frozen=True, slots=True)
class SlideMemo:
    """The slides of one deck, and the memory of what was read on slides like them. Places and parts aren't kept."""

    archive: zipfile.ZipFile
    memo: Memo
    ours: bool
    """Whether what is beneath the slides is read."""

    def passages(self, part: str, related: Mapping[str, str], place: str, read: Read) -> Iterator[Passage]:
        """Yield what is on the slide; it is read if it isn't as one that was read before."""
        if self.memo is FORGETFUL:
            yield from read()
            return
        key = f"slide-{self._digest(self.archive.read(part), related)}"
        kept = self.memo.recall(key)
        if kept is not None:
            yield from (_passage(record, part, place) for record in json.loads(kept))
            return
        passages = list(read())
        yield from passages
        self.memo.keep(key, json.dumps([_record(passage, place) for passage in passages]).encode("ascii"))

    def _digest(self, data: bytes, related: Mapping[str, str]) -> str:
        """Return a hash of all that is read for a slide: itself, its notes, its pictures, where its links lead. Of a
        picture that it shows as one, the bytes are read; of others the checksums.
        """
        told: list[object] = [data, int(self.ours)]
        pictured = _PICTURE.search(data)
        for name, target in sorted(related.items()):
            member = self.archive.NameToInfo.get(target)
            read = member and ("/notesSlides/" in target or (pictured and not target.endswith(".xml")))
            told.append((name, target, member.CRC if member else None, self.archive.read(target) if read else None))
        return fingerprint(told)


def _record(passage: Passage, place: str) -> list[object]:
    pieces = passage.spot.pieces if passage.spot else None
    said = passage.role, passage.words, passage.formulas, passage.links, passage.pictures
    return [*said, passage.place.removeprefix(place), pieces]


def _passage(record: list[object], part: str, place: str) -> Passage:
    role, words, formulas, links, pictures, suffix, pieces = record
    said = Passage(role, words, tuple(formulas), tuple(links), tuple(pictures))  # type: ignore[arg-type]
    spot = None if pieces is None else Spot(part, tuple(pieces))  # type: ignore[arg-type]
    return replace(said, place=f"{place}{suffix}", spot=spot)

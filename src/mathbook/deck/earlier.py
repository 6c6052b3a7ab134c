"""The deck that was linked before: what is remembered of it, so that what comes out the same is copied."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from mathbook.archive.member import Chunk
from mathbook.archive.older_zip import Neighbours, OlderZip
from mathbook.deck.bundle import Bundle
from mathbook.document.before import Before
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.pagination import PrintPage

_PLACES = "places"


class Told(NamedTuple):
    """What the linker has to know of a unit whose slides it doesn't unpack: its title, which of its slides have notes,
    the names of its pictures, and what the slides say.
    """

    title: str
    notes: tuple[bool, ...]
    files: tuple[str, ...]
    said: Chunk


class Ground(NamedTuple):
    """What decides, with the pictures that are there already, the bytes of a unit's section: its fragment's key, how
    many slides and notes come before it, and a hash of its pages in print.
    """

    key: str
    slides: int
    notes: int
    pages: str


class Place(NamedTuple):
    """The pictures that were put with a section, and where it stands."""

    put: tuple[str, ...]
    members: Neighbours


def told_of(bundle: Bundle) -> Told:
    """Return what is told of the bundle."""
    notes = tuple(slide.notes is not None for slide in bundle.slides)
    return Told(bundle.title, notes, tuple(name for name, _ in bundle.files), bundle.said)


def hash_of_pages(pages: Sequence[PrintPage]) -> str:
    """Return a hash of a unit's pages in print, nothing if it has none."""
    return blake2b(repr(pages).encode(), digest_size=12).hexdigest() if pages else ""


@dataclass(slots=True)
class Earlier:
    """Where the sections of the earlier `deck` stand, and those of this one, which is written in a `setting`."""

    memo: Memo = FORGETFUL
    setting: Sequence[str] = ()
    deck: OlderZip | None = None
    _before: dict[Ground, Place] = field(default_factory=dict)
    _now: list[tuple[Ground, Place]] = field(default_factory=list)

    def __post_init__(self) -> None:
        kept = json.loads(self.memo.recall(_PLACES) or b"{}") if self.deck else {}
        if kept.get("setting") == list(self.setting):
            self._before = {Ground(*ground): Place(tuple(put), Neighbours(*at)) for ground, (put, at) in kept["places"]}

    def place_of(self, ground: Ground) -> Place | None:
        """Return where the section stands in the earlier deck, if it does."""
        return self._before.get(ground)

    def told(self, key: str) -> Told | None:
        """Return what was told of the fragment."""
        if (kept := self.memo.recall(f"told:{key}")) is None:
            return None
        line, _, said = kept.partition(b"\n")
        title, notes, files, length = json.loads(line)
        return Told(title, tuple(one == "1" for one in notes), tuple(files), (said[:length], said[length:]))

    def keep(self, ground: Ground, told: Told, place: Place) -> None:
        """Remember a section of this deck."""
        content, packed = told.said
        notes = "".join("1" if one else "0" for one in told.notes)
        line = json.dumps([told.title, notes, told.files, len(content)]).encode("ascii")
        self.memo.keep(f"told:{ground.key}", b"".join((line, b"\n", content, packed)))
        self.keep_place(ground, place)

    def keep_place(self, ground: Ground, place: Place) -> None:
        """Remember where a section stands in this deck."""
        self._now.append((ground, place))

    def finish(self) -> None:
        """Have the memo know this deck."""
        kept = {"setting": self.setting, "places": self._now}
        self.memo.keep(_PLACES, json.dumps(kept, separators=(",", ":")).encode("ascii"))


@contextmanager
def opened(before: Before | None, setting: Sequence[str]) -> Iterator[Earlier]:
    """Give what is known of the deck before this one. `setting` is what decides the bytes of all sections, beside what
    each has of its own.
    """
    if before is None:
        yield Earlier()
    elif before.file is None:
        yield Earlier(before.memo, setting)
    else:
        with before.file.open("rb") as file:
            yield Earlier(before.memo, setting, OlderZip.of(file))

"""What a person did to a deck: the edited deck beside the record of how it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mathbook.document.talk import Line, ShapeKind, TalkRecord, TalkSlide
from mathbook.frozen import frozen
from mathbook.talk.align import Spot, line_pairs, same, slide_pairs, spots, unknown
from mathbook.talk.deck_file import DeckFile

NOTE = "[mathbook]"
"""Begins the notes that `update` leaves on a slide: they are no words of the speaker's."""


@frozen
class Edit:
    """A line that was changed, added (`old` is None) or taken out (`new` is None).

    `slide` is the edited slide's number from 1, `base` the written one's from 0. `after` is the written line before an
    added one; lines that were added together have the same.
    """

    slide: int
    base: int
    unit: str
    kind: ShapeKind
    old: Spot | None
    new: Spot | None
    after: Spot | None = None

    @property
    def line(self) -> Line:
        """The line as it is now, or as it was."""
        spot = self.new or self.old
        assert spot
        return spot.line


@frozen
class Edited:
    """A deck's slides as they are now, which written slide each of them is, and what was done to the lines."""

    slides: tuple[TalkSlide, ...]
    origins: dict[int, int]
    edits: tuple[Edit, ...]
    rewritten: bool

    @property
    def own(self) -> tuple[int, ...]:
        """The numbers, from 0, of slides that the speaker put in."""
        return tuple(at for at in range(len(self.slides)) if at not in self.origins)

    def removed(self, base: TalkRecord) -> tuple[int, ...]:
        """Return the numbers, from 0, of written slides that were taken out."""
        kept = set(self.origins.values())
        return tuple(at for at in range(len(base.slides)) if at not in kept)


def edited(file: DeckFile, base: TalkRecord) -> Edited:
    """Return what was done to the deck since it was written."""
    now = tuple(file.slide(part) for part in file.slide_parts())
    written = base.slides
    pairs = slide_pairs(written, unknown(now))
    found = tuple(
        edit
        for was, at in sorted(pairs.items(), key=lambda pair: pair[1])
        for edit in slide_edits(written[was], now[at], at + 1, was, rewritten=file.from_libreoffice)
    )
    return Edited(now, {at: was for was, at in pairs.items()}, found, file.from_libreoffice)


def slide_edits(
    written: tuple[str, TalkSlide], now: TalkSlide, number: int, base: int, *, rewritten: bool
) -> Iterator[Edit]:
    """Yield what was done to one slide."""
    unit, slide = written
    if slide.digest == now.digest and _notes(slide) == _notes(now):
        return
    before, after = spots(slide), spots(now)
    pairs = list(line_pairs(before, after, rewritten=rewritten))
    origin = {id(new): old for old, new in pairs if old and new}
    for old, new in pairs:
        if old and new:
            if not same(old.kind, old.line, new.line, rewritten=rewritten):
                yield Edit(number, base, unit, old.kind, old, new)
        elif old:
            yield Edit(number, base, unit, old.kind, old, None)
    for new in (new for old, new in pairs if new and not old and not new.line.text.startswith(NOTE)):
        yield Edit(number, base, unit, new.kind, None, new, _before(new, after, origin))


def _before(new: Spot, after: Sequence[Spot], origin: dict[int, Spot]) -> Spot | None:
    """Return the written line that the added one stands behind, in its own kind of shape or in the title."""
    known = [spot for spot in after[: _index(new, after)] if id(spot) in origin]
    alike = [spot for spot in known if spot.kind == new.kind or (new.kind != "notes" and spot.kind == "title")]
    return origin[id(alike[-1])] if alike else None


def _index(spot: Spot, among: Sequence[Spot]) -> int:
    return next(at for at, one in enumerate(among) if one is spot)


def _notes(slide: TalkSlide) -> tuple[Line, ...]:
    return tuple(line for shape in slide.shapes if shape.kind == "notes" for line in shape.lines)

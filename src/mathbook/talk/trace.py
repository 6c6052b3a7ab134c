"""From a changed line of a deck to the place in the manuscript that says it, and the change that it wants there."""

from __future__ import annotations

from collections.abc import Iterator

from mathbook.document.nodes import Formula
from mathbook.document.talk import MARK, Line, ShapeKind, TalkRecord
from mathbook.formula.errors import FormulaError
from mathbook.frozen import frozen
from mathbook.talk.align import Spot, line_pairs, normal, slide_pairs, spots
from mathbook.talk.edits import Edit
from mathbook.talk.merge import merged
from mathbook.talk.places import Place, PlaceKind, canonical
from mathbook.talk.rewrite import Splice, latex_rewritten, rewritten
from mathbook.talk.sources import Sources
from mathbook.talk.told import short

_KINDS: dict[ShapeKind, tuple[PlaceKind, ...]] = {
    "title": ("text", "record"),
    "text": ("text", "record", "code"),
    "notes": ("text", "record", "code", "cell"),
    "table": ("cell",),
    "formula": ("formula",),
    "picture": (),
    "footer": (),
}


@frozen
class Found:
    """A change that can be made: in which file, what, and what the slide must then say (empty: no longer says `old`).

    `fresh` is the number, from 0, of the slide in the deck that the manuscript makes now.
    """

    edit: Edit
    file: str
    line: int
    splices: tuple[Splice, ...]
    wanted: str
    old: str
    fresh: int


@frozen
class Lost:
    """A change that can't be made, and why; `conflict` if the manuscript says something else there now."""

    edit: Edit
    reason: str
    conflict: bool = False


@frozen
class Today:
    """The record that a deck was written with, the one it would be written with now, and which slide is which."""

    base: TalkRecord
    fresh: TalkRecord
    slides: dict[int, int]

    def lines(self, slide: int, *, rewritten: bool = False) -> dict[Spot, Spot | None]:
        """Return for the lines of a written slide what they are now."""
        if slide not in self.slides:
            return {}
        old = spots(self.base.slides[slide][1])
        new = spots(self.fresh.slides[self.slides[slide]][1])
        return {one: two for one, two in line_pairs(old, new, rewritten=rewritten) if one}


def today(base: TalkRecord, fresh: TalkRecord) -> Today:
    """Return the two records, compared."""
    return Today(base, fresh, slide_pairs(base.slides, fresh.slides))


def squeezed(text: str) -> str:
    """Return the text with single ordinary spaces."""
    return " ".join(text.split())


def traced(edit: Edit, now: Today, sources: Sources) -> Found | Lost | None:
    """Return the change of a changed line; None if the manuscript says it already."""
    assert edit.old and edit.new
    if not _KINDS[edit.kind]:
        what = (
            "the footer comes from book.yaml"
            if edit.kind == "footer"
            else "pictures and their descriptions are not read back"
        )
        return Lost(edit, what)
    if edit.base not in now.slides:
        return Lost(edit, "the manuscript no longer has this slide", conflict=True)
    spot = now.lines(edit.base).get(edit.old)
    if spot is None:
        return Lost(edit, "the manuscript no longer has this line", conflict=True)
    was, written, said = faces(edit.old.line, spot.line, edit.new.line)
    if normal(written) == normal(said):
        return None
    wanted = said if normal(written) == normal(was) else merged(was, said, written)
    if wanted is None:
        return Lost(edit, f"the manuscript was changed here, too: {short(written)!r}", conflict=True)
    return _placed(edit, spot, written, wanted, now, sources)


def faces(base: Line, fresh: Line, now: Line) -> tuple[str, str, str]:
    """Return the three lines in the face in which the edited one is: with formulas, or as plain text."""
    plain = base.plain and MARK in base.text and MARK not in now.text
    if plain:
        return base.plain, fresh.plain or fresh.text, now.text
    return base.text, fresh.text, now.text


def _placed(edit: Edit, spot: Spot, written: str, wanted: str, now: Today, sources: Sources) -> Found | Lost:
    if "?" in {formula[:1] for formula in wanted.split(MARK)[1::2]}:
        return Lost(edit, "the formula holds something that mathbook doesn't write")
    fresh = now.slides[edit.base]
    reason = "it is not written in the manuscript: mathbook says it"
    for place, old, new in candidates(edit, spot, written, wanted, now, sources):
        if new is None:
            reason = "numbers, labels and marks are written by mathbook"
            continue
        start, end = sources.segment(place)
        splices = _splices(place, sources.texts[place.span.file][start:end], old, new)
        if splices is not None:
            moved = tuple(Splice(one.start + start, one.end + start, one.text) for one in splices)
            return Found(edit, place.span.file, place.span.line, moved, wanted, written, fresh)
        reason = f"it comes from a reference or from markup; change it at {place.span.file}:{place.span.line}"
    return Lost(edit, reason)


def _splices(place: Place, source: str, old: str, new: str) -> tuple[Splice, ...] | None:
    if place.kind == "formula":
        return _formula(place, source, old.strip(MARK), new.strip(MARK))
    return rewritten(
        source, old, new, dict(place.formulas), code=place.kind in ("code", "record"), cell=place.kind == "cell"
    )


def _formula(place: Place, source: str, old: str, new: str) -> tuple[Splice, ...] | None:
    """Return the change of a display formula's source: the least that makes it the new one, or all of it."""
    for written in (latex_rewritten(source, old, new), new):
        try:
            says = canonical(Formula(written, place.definitions), "en", display=True)
        except FormulaError:
            continue
        if says.replace(" ", "") == new.replace(" ", ""):
            return (Splice(0, len(source), written),)
    return None


def candidates(
    edit: Edit, spot: Spot, written: str, wanted: str, now: Today, sources: Sources
) -> Iterator[tuple[Place, str, str | None]]:
    """Yield places that say the line, with what each says and shall say; None where only its label would change."""
    unit = now.fresh.slides[now.slides[edit.base]][0]
    places = [place for place in sources.places.get(unit, ()) if place.kind in _KINDS[edit.kind]]
    equal = [(place, face) for place in places if (face := _equal(place, written)) is not None]
    if equal:
        place, face = equal[min(_rank(now.slides[edit.base], spot, now), len(equal) - 1)]
        yield place, face, wanted
    else:
        yield from _within(places, written, wanted)


def _equal(place: Place, written: str) -> str | None:
    return next((face for face in place.faces if squeezed(face) == squeezed(written)), None)


def _within(places: list[Place], written: str, wanted: str) -> Iterator[tuple[Place, str, str | None]]:
    """Yield places of which the line is a part (a first sentence), then those that are a part of the line (a label)."""
    line, new = squeezed(written), squeezed(wanted)
    parts: list[tuple[int, Place, str, str | None]] = []
    for place in places:
        for face in dict.fromkeys(map(squeezed, place.faces)):
            if line in face:
                yield place, face, face.replace(line, new, 1)
                break
            if len(face) > 2 and face in line:
                before, _, after = line.partition(face)
                kept = new.startswith(before) and new.endswith(after) and len(new) >= len(before) + len(after)
                parts.append((len(face), place, face, new[len(before) : len(new) - len(after)] if kept else None))
                break
    for _, place, face, made in sorted(parts, key=lambda part: -part[0]):
        yield place, face, made


def _rank(fresh: int, spot: Spot, now: Today) -> int:
    """Return how many lines of the same kind and words come before this one in its unit."""
    slides = now.fresh.slides
    unit = slides[fresh][0]
    before = [one for name, slide in slides[:fresh] if name == unit for one in spots(slide)]
    here = spots(slides[fresh][1])
    before += here[: here.index(spot)]
    return sum(one.kind == spot.kind and normal(one.line.text) == normal(spot.line.text) for one in before)

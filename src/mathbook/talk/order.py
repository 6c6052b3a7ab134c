"""Slides in another order: the blocks of an example that make them, in that order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mathbook.diagnostics import Stop
from mathbook.document.talk import TalkRecord
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.talk.align import normal, slide_pairs
from mathbook.talk.edits import Edited
from mathbook.talk.fresh import fresh_deck
from mathbook.talk.sources import Sources, sources_of
from mathbook.talk.told import Told
from mathbook.talk.trace import Today, today


@frozen
class Move:
    """The slides of one unit in the order in which the speaker shows them, by their numbers when written."""

    unit: str
    slide: int
    slides: tuple[int, ...]


def reordered(
    project: Project, record: TalkRecord, done: Edited, texts: Mapping[str, str]
) -> tuple[dict[str, str], list[Told], list[Told]]:
    """Return the files with their blocks in the order of the slides, what moved, and what can't be moved.

    `texts` are the files as other edits change them.
    """
    moved: dict[str, str] = {}
    home: list[Told] = []
    left: list[Told] = []
    for move in _moves(record, done):
        titles = "”, “".join(record.slides[at][1].title for at in move.slides)
        what = f"slides in another order: “{titles}”"
        if not move.unit or len({record.slides[at][0] for at in move.slides}) > 1:
            left.append(Told(move.slide, what, reason="examples keep their order: their numbers are their names"))
            continue
        changed = _changed(replace(project, texts={**texts, **moved}), record, move)
        if changed is None:
            left.append(Told(move.slide, what, reason="these slides are not each made of blocks of their own"))
        else:
            moved[changed[0]] = changed[1]
            home.append(Told(move.slide, what, where=changed[0]))
    return moved, home, left


def _moves(record: TalkRecord, done: Edited) -> Iterator[Move]:
    """Yield the units of which slides stand in another order, and once all of the deck if units are mixed."""
    order = [(at, done.origins[at]) for at in sorted(done.origins)]
    units = [record.slides[was][0] for _, was in order]
    runs = [unit for at, unit in enumerate(units) if at == 0 or units[at - 1] != unit]
    written = [unit.id for unit in record.units if unit.id in units]
    if runs != written:
        first = next(
            at
            for (at, was), (_, other) in zip(order, sorted(order, key=lambda one: one[1]), strict=True)
            if was != other
        )
        yield Move("", first + 1, tuple(was for _, was in order if record.slides[was][0] != units[0])[:4])
        return
    for unit in written:
        slides = [(at, was) for at, was in order if record.slides[was][0] == unit]
        if [was for _, was in slides] != sorted(was for _, was in slides):
            ordered = sorted(was for _, was in slides)
            first = next(at for (at, was), other in zip(slides, ordered, strict=True) if was != other)
            yield Move(unit, first + 1, tuple(was for _, was in slides))


def _changed(project: Project, record: TalkRecord, move: Move) -> tuple[str, str] | None:
    """Return the file and its new text, if a deck built from it shows the slides in this order; else None."""
    fresh = fresh_deck(project, record, record.date)
    now, sources = today(record, fresh.record), sources_of(project, fresh.edition)
    wanted = [now.slides[was] for was in move.slides if was in now.slides]
    made = _permuted(wanted, move.unit, now, sources)
    if made is None:
        return None
    file, text = made
    try:
        built = fresh_deck(replace(project, texts={**project.texts, file: text}), record, record.date).record
    except Stop:
        return None
    pairs = slide_pairs(fresh.record.slides, built.slides)
    places = [pairs.get(at, -1) for at in wanted]
    return made if -1 not in places and places == sorted(places) else None


def _permuted(wanted: Sequence[int], unit: str, now: Today, sources: Sources) -> tuple[str, str] | None:
    """Return the unit's file with the blocks of these slides in this order."""
    starts = {at: line for at in wanted if (line := _first_line(at, unit, now, sources))}
    files = {place.span.file for place in sources.places[unit] if place.block}
    if len(files) != 1 or len(set(starts.values())) < len(starts):
        return None
    (file,) = files
    lines = sources.texts[file].split("\n")
    ordered = sorted(starts.values())
    ends = dict(zip(ordered, [*(line - 1 for line in ordered[1:]), len(lines)], strict=True))
    chunks = ["\n".join(lines[starts[at] - 1 : ends[starts[at]]]).strip("\n") for at in wanted if at in starts]
    head = "\n".join(lines[: ordered[0] - 1]).rstrip("\n")
    return file, "\n\n".join([head, *chunks]) + "\n"


def _first_line(slide: int, unit: str, now: Today, sources: Sources) -> int:
    """Return the line where the first block begins that the slide is made of; 0 if none is."""
    shown = now.fresh.slides[slide][1]
    said = {normal(line.text) for shape in shown.shapes if shape.kind != "footer" for line in shape.lines}
    title = normal(shown.title)
    blocks = [
        place.block
        for place in sources.places[unit]
        if place.block
        and (normal(place.said) in said or (len(place.plain) > 2 and title.endswith(normal(place.plain))))
    ]
    return min(blocks, default=0)

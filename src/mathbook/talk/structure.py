"""Lines that were added to a deck, or taken out of it: what that means for the manuscript's lists and notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mathbook.talk.align import Spot, normal
from mathbook.talk.edits import Edit
from mathbook.talk.places import Place
from mathbook.talk.rewrite import Splice, markdown
from mathbook.talk.sources import Sources
from mathbook.talk.trace import Found, Lost, Today, candidates

_MARKER = re.compile(r"^(\s*)([-*+]|\d+[.)]|[A-Za-z][.)]|#\.)(\s+)")
_FENCE = re.compile(r"^\s*:::")


def removed(edit: Edit, now: Today, sources: Sources) -> Found | Lost | None:
    """Return the change for a line that was taken out; None if the manuscript doesn't have it any more, either."""
    assert edit.old
    spot = now.lines(edit.base).get(edit.old)
    if spot is None:
        return None
    if normal(spot.line.text) != normal(edit.old.line.text):
        return Lost(edit, "it was taken out of the deck, and the manuscript has changed it", conflict=True)
    place = _place_of(edit, spot, now, sources)
    if place is None or not (place.item or place.notes):
        what = {"notes": "prose of the handout", "picture": "a picture", "table": "a table"}.get(edit.kind, "a line")
        return Lost(edit, f"{what} is not taken out of the book because a talk goes without it")
    splice = _without(sources.texts[place.span.file], place)
    if splice is None:
        return Lost(edit, f"more than this line hangs on it; take it out at {place.span.file}:{place.span.line}")
    return Found(edit, place.span.file, place.span.line, (splice,), "", spot.line.text, now.slides[edit.base])


def _place_of(edit: Edit, spot: Spot, now: Today, sources: Sources) -> Place | None:
    """Return the place that says just this line."""
    found = next(candidates(edit, spot, spot.line.text, spot.line.text, now, sources), None)
    if found is None:
        return None
    place, says, _ = found
    words = re.sub(r"^(• |\d+\. |— )", "", " ".join(spot.line.text.split()))
    return place if normal(says) in (normal(spot.line.text), normal(words)) else None


def _without(text: str, place: Place) -> Splice | None:
    """Return the splice that takes a paragraph out, with its list mark; None if something is nested in it."""
    lines = text.split("\n")
    first = place.span.line - 1
    end = _end(lines, first)
    marker = _MARKER.match(lines[first]) if place.item else None
    if place.item and (not marker or _has_more(lines, end, len(marker[0]))):
        return None
    in_notes_alone = (
        place.notes and first and _FENCE.match(lines[first - 1]) and end < len(lines) and _FENCE.match(lines[end])
    )
    if in_notes_alone:
        first, end = first - 1, end + 1
    blank_after = end < len(lines) and not lines[end].strip()
    blank_before = first > 0 and not lines[first - 1].strip()
    if blank_after and (blank_before or not place.item):
        end += 1
    return Splice(_offset(lines, first), _offset(lines, end), "")


def _has_more(lines: Sequence[str], end: int, indent: int) -> bool:
    """True if indented text follows an item's first paragraph: it belongs to the item."""
    following = next((line for line in lines[end:] if line.strip()), "")
    return following.startswith(" " * indent) and not _FENCE.match(following)


def _end(lines: Sequence[str], first: int) -> int:
    """Return the number of the line behind the paragraph that begins on line `first`."""
    at = first + 1
    while at < len(lines) and lines[at].strip() and not _FENCE.match(lines[at]) and not _MARKER.match(lines[at]):
        at += 1
    return at


def _offset(lines: Sequence[str], at: int) -> int:
    return min(sum(len(line) + 1 for line in lines[:at]), sum(len(line) + 1 for line in lines) - 1)


def added(edits: Sequence[Edit], now: Today, sources: Sources) -> Found | Lost | None:
    """Return the change for lines that were added together behind one line; None if the manuscript has them."""
    first = edits[0]
    if first.base not in now.slides:
        return Lost(first, "the manuscript no longer has this slide", conflict=True)
    if first.kind in ("picture", "table", "formula", "footer"):
        what = {"picture": "pictures", "table": "cells", "formula": "formulas"}.get(first.kind, "footers")
        return Lost(first, f"{what} that were added are not read back")
    there = {normal(line.text) for line in _lines_now(first, now)}
    new = [edit for edit in edits if normal(edit.line.text) not in there]
    if not new:
        return None
    return _added_notes(new, now, sources) if first.kind == "notes" else _added_lines(new, now, sources)


def _lines_now(edit: Edit, now: Today) -> list:  # type: ignore[type-arg]
    slide = now.fresh.slides[now.slides[edit.base]][1]
    return [line for shape in slide.shapes if shape.kind == edit.kind for line in shape.lines]


def _added_lines(edits: Sequence[Edit], now: Today, sources: Sources) -> Found | Lost:
    anchor = _anchor(edits[0], now, sources)
    if anchor is None:
        return Lost(edits[0], "the line before it is not found in the manuscript")
    text = sources.texts[anchor.span.file]
    lines = text.split("\n")
    first = anchor.span.line - 1
    end = _end(lines, first)
    marker = _MARKER.match(lines[first]) if anchor.item else None
    if marker and _has_more(lines, end, len(marker[0])):
        return Lost(edits[0], f"more than one line hangs on the item before it ({anchor.span.file}:{anchor.span.line})")
    if marker:
        insertion = "".join(
            f"{mark}{_one(edit)}\n" for mark, edit in zip(_marks(marker, len(edits)), edits, strict=True)
        )
    else:
        bulleted = any(edit.line.marked for edit in edits) or not anchor.whole
        insertion = "".join(f"{'- ' if bulleted else chr(10)}{_one(edit)}\n" for edit in edits)
        insertion = f"\n{insertion}" if bulleted else insertion
        insertion += "" if end < len(lines) and not lines[end].strip() else "\n"
    at = _offset(lines, end)
    return _found(edits, anchor.span.file, end, Splice(at, at, insertion), now)


def _marks(marker: re.Match[str], count: int) -> list[str]:
    """Return the marks of the items that follow an item."""
    number = re.match(r"\d+", marker[2])
    if not number:
        return [marker[0]] * count
    start = int(number[0])
    return [f"{marker[1]}{start + step}{marker[2][len(number[0]) :]}{marker[3]}" for step in range(1, count + 1)]


def _one(edit: Edit) -> str:
    return markdown(" ".join(edit.line.text.split()))


def _found(edits: Sequence[Edit], file: str, line: int, splice: Splice, now: Today) -> Found:
    wanted = "\n".join(edit.line.text for edit in edits)
    return Found(edits[0], file, line + 1, (splice,), wanted, "", now.slides[edits[0].base])


def _anchor(edit: Edit, now: Today, sources: Sources) -> Place | None:
    """Return the place of the line that the added one stands behind."""
    if edit.after is None:
        return None
    spot = now.lines(edit.base).get(edit.after)
    if spot is None:
        return None
    behind = Edit(edit.slide, edit.base, edit.unit, edit.after.kind, edit.after, edit.after)
    found = next(candidates(behind, spot, spot.line.text, spot.line.text, now, sources), None)
    return found[0] if found else None


def _added_notes(edits: Sequence[Edit], now: Today, sources: Sources) -> Found | Lost:
    """Return the change for new notes: behind the slide's own notes, or in a block of notes of their own."""
    unit, slide = now.fresh.slides[now.slides[edits[0].base]]
    said = {normal(line.text) for shape in slide.shapes for line in shape.lines}
    here = [one for one in sources.places.get(unit, ()) if _is_said(one, said)]
    own = [place for place in here if place.notes]
    words = "\n\n".join(_one(edit) for edit in edits)
    if own:
        text = sources.texts[own[-1].span.file]
        lines = text.split("\n")
        end = _end(lines, own[-1].span.line - 1)
        at = _offset(lines, end)
        return _found(edits, own[-1].span.file, end, Splice(at, at, f"\n{words}\n"), now)
    blocks = [place for place in here if place.block]
    if not blocks:
        return Lost(edits[0], "nothing on this slide is written in one place of the manuscript")
    return _notes_behind(blocks[-1], words, edits, now, sources)


def _is_said(place: Place, said: set[str]) -> bool:
    """True if a line says the place's words, perhaps behind a label."""
    faces = [normal(face) for face in place.faces]
    return any(face in said or (len(face) > 8 and any(line.endswith(face) for line in said)) for face in faces)


def _notes_behind(last: Place, words: str, edits: Sequence[Edit], now: Today, sources: Sources) -> Found:
    """Return a block of notes behind the block that holds the slide's last place."""
    lines = sources.texts[last.span.file].split("\n")
    following = sorted(
        place.block
        for place in sources.places[last.unit]
        if place.span.file == last.span.file and place.block > last.block
    )
    end = following[0] - 1 if following else len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    at = _offset(lines, end)
    before = "" if end < len(lines) or lines[-1:] == [""] else "\n"
    return _found(edits, last.span.file, end, Splice(at, at, f"{before}\n::: notes\n{words}\n:::\n"), now)

"""Which slide of one deck is which of another, and which line of a slide."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher

from mathbook.document.talk import MARK, Line, ShapeKind, TalkSlide
from mathbook.frozen import frozen

_FORMULA = re.compile(f"{MARK}[^{MARK}]*{MARK}")
_COUNT = re.compile(r"( · \d+| \(\d+/\d+\))+$")
LIKENESS = 0.5
"""Two slides with less in common than this are different slides; two lines may differ more."""


def normal(text: str) -> str:
    """Return the text as it is compared: compatibility characters resolved, spaces single, formulas without any."""
    words = _FORMULA.sub(lambda found: re.sub(r"\s", "", found[0]), text)
    return " ".join(unicodedata.normalize("NFKC", words).split())


@frozen
class Spot:
    """A line of a slide: in which kind of shape, which shape, and which line of it."""

    kind: ShapeKind
    line: Line
    shape: int
    row: int


def spots(slide: TalkSlide) -> tuple[Spot, ...]:
    """Return all lines of a slide."""
    return tuple(
        Spot(shape.kind, line, at, row) for at, shape in enumerate(slide.shapes) for row, line in enumerate(shape.lines)
    )


def same(kind: ShapeKind, one: Line, two: Line, *, rewritten: bool) -> bool:
    """True if the lines say the same. `rewritten` by LibreOffice, formulas are compared by their symbols."""
    if normal(one.text) == normal(two.text):
        return kind != "picture" or rewritten or not one.plain or not two.plain or one.plain == two.plain
    if kind == "formula":
        return rewritten and _symbols(one) == _symbols(two)
    if kind == "picture":
        return False
    faces = {normal(face) for face in (two.text, two.plain) if face}
    return any(normal(face) in faces for face in (one.text, one.plain) if face)


def _symbols(line: Line) -> str:
    return normal(line.plain).replace(" ", "").replace("∣", "|")


def like(one: str, two: str) -> float:
    """Return from 0 to 1 how much two lines have in common."""
    return SequenceMatcher(None, normal(one).split(), normal(two).split(), autojunk=False).ratio()


def line_pairs(
    old: Sequence[Spot], new: Sequence[Spot], *, rewritten: bool
) -> Iterator[tuple[Spot | None, Spot | None]]:
    """Yield the lines of two slides, kind by kind: (old, new), (old, None) for one gone, (None, new) for one added."""
    kinds = dict.fromkeys(spot.kind for spot in (*old, *new))
    for kind in kinds:
        first, second = ([spot for spot in listed if spot.kind == kind] for listed in (old, new))
        if kind == "table" and len(first) == len(second):
            yield from zip(first, second, strict=True)
            continue
        yield from _paired(first, second, lambda a, b: same(a.kind, a.line, b.line, rewritten=rewritten))


def _paired(
    old: list[Spot], new: list[Spot], agree: Callable[[Spot, Spot], bool]
) -> Iterator[tuple[Spot | None, Spot | None]]:
    keys = [next((at for at, one in enumerate(old) if agree(one, spot)), -1 - n) for n, spot in enumerate(new)]
    firsts = [next(at for at, one in enumerate(old) if one is spot or agree(one, spot)) for spot in old]
    for kind, a, b, c, d in SequenceMatcher(None, firsts, keys, autojunk=False).get_opcodes():
        if kind == "equal" or b - a == d - c:
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from _most_alike(old[a:b], new[c:d])


def _most_alike(old: list[Spot], new: list[Spot]) -> Iterator[tuple[Spot | None, Spot | None]]:
    """Yield pairs, in order, that have the most in common; the rest alone."""
    best: dict[tuple[int, int], tuple[float, tuple[tuple[int, int], ...]]] = {}
    for a in range(len(old), -1, -1):
        for b in range(len(new), -1, -1):
            options: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())]
            if a < len(old):
                options.append(best[a + 1, b])
            if b < len(new):
                options.append(best[a, b + 1])
            if a < len(old) and b < len(new) and (score := like(old[a].line.text, new[b].line.text)) >= 0.3:
                rest = best[a + 1, b + 1]
                options.append((score + rest[0], ((a, b), *rest[1])))
            best[a, b] = max(options, key=lambda option: option[0])
    pairs = dict(best[0, 0][1])
    taken = set(pairs.values())
    yield from ((one, new[pairs[at]] if at in pairs else None) for at, one in enumerate(old))
    yield from ((None, one) for at, one in enumerate(new) if at not in taken)


Slides = Sequence[tuple[str, TalkSlide]]
"""Slides with the ids of their units; an empty id where the file doesn't say, and for the opening."""


def slide_pairs(old: Slides, new: Slides) -> dict[int, int]:
    """Return for slides of the old deck which slide of the new one each is; each is taken once.

    The same words decide first, then the same title, then likeness, then that one of each is left between others;
    slides whose units are both known to differ never match.
    """
    pairs: dict[int, int] = {}
    _pair_equal(old, new, pairs, _by_words)
    _pair_equal(old, new, pairs, _by_title, in_order=True)
    _pair_alike(old, new, pairs)
    _pair_between(old, new, pairs)
    _pair_equal(old, new, pairs, _by_title)
    return pairs


def _by_words(slide: TalkSlide) -> str:
    return "\n".join(normal(words) for words in slide.words)


def _by_title(slide: TalkSlide) -> str:
    return normal(slide.title)


def _pair_equal(
    old: Slides, new: Slides, pairs: dict[int, int], key: Callable[[TalkSlide], str], *, in_order: bool = False
) -> None:
    taken = set(pairs.values())
    waiting: dict[str, list[int]] = {}
    for at, (_, slide) in enumerate(new):
        if at not in taken:
            waiting.setdefault(key(slide), []).append(at)
    for at, (unit, slide) in enumerate(old):
        there = waiting.get(key(slide), []) if at not in pairs and key(slide) else []
        fitting = [one for one in there if _may_be(unit, new[one][0])]
        alone = len(fitting) == 1 and not in_order
        near = fitting[0] if alone else _nearest(at, fitting, pairs, in_order) if fitting else None
        if near is not None:
            pairs[at] = near
            there.remove(near)


def _nearest(at: int, there: list[int], pairs: dict[int, int], in_order: bool) -> int | None:
    """Return the one that keeps the order: between what the slides before and behind were paired with; else the first.

    With `in_order` there is no other.
    """
    before = pairs[max(one for one in pairs if one < at)] if any(one < at for one in pairs) else -1
    behind = pairs[min(one for one in pairs if one > at)] if any(one > at for one in pairs) else sys.maxsize
    between = [one for one in there if before < one < behind]
    return between[0] if between else None if in_order else there[0]


def _may_be(one: str, two: str) -> bool:
    return one == two or two == "?" or one == "?"


def _pair_alike(old: Slides, new: Slides, pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    left = [at for at in range(len(new)) if at not in taken]
    scored = sorted(
        (
            (-score, abs(a - b), a, b)
            for a, (unit, slide) in enumerate(old)
            if a not in pairs
            for b in left
            if _may_be(unit, new[b][0]) and (score := likeness(slide, new[b][1])) >= LIKENESS
        )
    )
    for _, _, a, b in scored:
        if a not in pairs and b not in taken:
            pairs[a] = b
            taken.add(b)


def _pair_between(old: Slides, new: Slides, pairs: dict[int, int]) -> None:
    """Pair a slide with the one that stands in its place, if both are made of the same kinds of shapes."""
    taken = set(pairs.values())
    for at, (unit, slide) in enumerate(old):
        place = pairs.get(at - 1, -1 if at == 0 else None)
        if at in pairs or place is None or place + 1 >= len(new) or place + 1 in taken:
            continue
        follows = pairs.get(at + 1) == place + 2 or (at + 1 == len(old) and place + 2 == len(new))
        if follows and _may_be(unit, new[place + 1][0]) and _kinds(slide) == _kinds(new[place + 1][1]):
            pairs[at] = place + 1
            taken.add(place + 1)


def _kinds(slide: TalkSlide) -> tuple[str, ...]:
    return tuple(shape.kind for shape in slide.shapes if shape.kind not in ("footer", "notes"))


def likeness(one: TalkSlide, two: TalkSlide) -> float:
    """Return from 0 to 1 how much two slides have in common: their words, or words and title."""
    words = like(" ".join(one.words), " ".join(two.words))
    titles = like(_COUNT.sub("", one.title), _COUNT.sub("", two.title))
    return max(words, (words + titles) / 2) if words else 0.0


def unknown(slides: Sequence[TalkSlide]) -> Slides:
    """Return the slides of a file that doesn't say of which units they are."""
    return [("?", slide) for slide in slides]

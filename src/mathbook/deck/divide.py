"""What is too long for one slide is divided at natural places: between pieces, paragraphs, rows, lines, sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from mathbook.deck.fitter import PADDING, SPACE, Fitter
from mathbook.deck.slides import Code, Grid, Para, Piece, Run, Words
from mathbook.frozen import frozen

Pieces = tuple[Piece, ...]

INSIDE = 0.4
"""What a break inside one piece costs, beside a slide that is full, which costs 1."""
EVEN = 8
"""So many slides at a long list's end are as full as each other; those before are as full as can be, so that what is
added at its end changes none of them.
"""


@frozen
class Atom:
    """What stays together, its height in points, and whether it goes on with the piece that the one before ended in."""

    pieces: Pieces
    height: float
    goes_on: bool = False


def parts(pieces: Pieces, fitter: Fitter, width: float, height: float, size: float) -> list[Pieces]:
    """Return what goes on each slide: as few slides as can be, about as much on each, whole pieces where that is easy.

    A paragraph that ends in a colon stays with what follows it.
    """
    divider = _Divider(fitter, width, height, size)
    atoms = divider.atoms(pieces)
    full = divider.full_slides(atoms) if len(pieces) == 1 else []
    begin = full[-1][1] if full else 0
    return [
        merged(tuple(piece for atom in atoms[start:end] for piece in atom.pieces))
        for start, end in (*full, *((begin + start, begin + end) for start, end in divider.slides(atoms[begin:])))
    ]


def merged(pieces: Pieces) -> Pieces:
    """Return the pieces with neighbouring words in one."""
    done: list[Piece] = []
    for piece in pieces:
        last = done[-1] if done else None
        if isinstance(piece, Words) and isinstance(last, Words) and last.boxed == piece.boxed:
            done[-1] = Words((*last.paras, *piece.paras), last.boxed)
        else:
            done.append(piece)
    return tuple(done)


@frozen
class _Divider:
    """Divides for slides of this width and height (in points), at this size of type."""

    fitter: Fitter
    width: float
    height: float
    size: float

    def full_slides(self, atoms: list[Atom]) -> list[tuple[int, int]]:
        """Return (start, end) of the atoms of slides that are as full as can be, but for the last few."""
        done, start, used = [], 0, 0.0
        for at, atom in enumerate(atoms):
            more = atom.height + (self._between(atoms[at - 1].pieces[-1], atom.pieces[0]) if at > start else 0.0)
            if at > start and used + more > self.height:
                done.append((start, at))
                start, used, more = at, 0.0, atom.height
            used += more
        return done[: max(len(done) + 1 - EVEN, 0)]

    def slides(self, atoms: list[Atom]) -> list[tuple[int, int]]:
        """Return (start, end) of each slide's atoms: of all ways with the fewest slides the one that costs least.

        What a slide costs grows with the square of its height, so that even ones are cheaper than a full one and a rest.
        """
        best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
        for end in range(1, len(atoms) + 1):
            best.append(min(self._ways(atoms, end, best)))
        breaks = [len(atoms)]
        while breaks[-1] > 0:
            breaks.append(best[breaks[-1]][2])
        return list(pairwise(reversed(breaks)))

    def _ways(
        self, atoms: list[Atom], end: int, best: list[tuple[int, float, int]]
    ) -> Iterator[tuple[int, float, int]]:
        """Yield (slides, cost, start of the last one) for the ways to place the atoms before `end`."""
        used = 0.0
        for start in range(end - 1, -1, -1):
            below = atoms[start + 1] if start + 1 < end else None
            used += atoms[start].height + (self._between(atoms[start].pieces[-1], below.pieces[0]) if below else 0.0)
            if below and used > self.height:
                return
            slides, cost, _ = best[start]
            inside = INSIDE if start and atoms[start].goes_on else 0.0
            yield slides + 1, cost + (used / self.height) ** 2 + inside, start

    def _between(self, above: Piece, below: Piece) -> float:
        """Return the space between two pieces; words of one kind become one, whose padding counts once."""
        if isinstance(above, Words) and isinstance(below, Words) and above.boxed == below.boxed:
            return -2 * PADDING if above.boxed else 0.0
        return SPACE

    def atoms(self, pieces: Pieces) -> list[Atom]:
        """Return the smallest parts that may stand alone."""
        done: list[Atom] = []
        for piece, goes_on in self._divided(pieces):
            atom = Atom((piece,), self.fitter.piece_height(piece, self.width, self.size), goes_on)
            if done and _leads(done[-1].pieces[-1]):
                before = done[-1]
                both = before.height + self._between(before.pieces[-1], piece) + atom.height
                if both <= self.height:
                    done[-1] = Atom((*before.pieces, piece), both, before.goes_on)
                    continue
            done.append(atom)
        return done

    def _divided(self, pieces: Pieces) -> Iterator[tuple[Piece, bool]]:
        """Yield the pieces, or parts of them, and whether a part goes on with the one before."""
        for piece in pieces:
            for at, part in enumerate(self._parts(piece)):
                yield part, at > 0 and not _begins(part)

    def _parts(self, piece: Piece) -> Iterator[Piece]:
        match piece:
            case Words(paras=paras, boxed=boxed):
                yield from (Words((part,), boxed) for para in paras for part in self._paras(para, boxed))
            case Grid() if self._is_high(piece):
                yield from self._row_groups(piece)
            case Code() if self._is_high(piece):
                yield from self._line_groups(piece)
            case _:
                yield piece

    def _is_high(self, piece: Piece) -> bool:
        return self.fitter.piece_height(piece, self.width, self.size) > self.height

    def _row_groups(self, grid: Grid) -> Iterator[Grid]:
        """Yield parts of a long table, each with the head, all with the same columns."""
        widths = self.fitter.column_widths(grid, self.width, self.size)
        whole = replace(grid, columns=tuple(widths), body=())
        room = self.height - self.fitter.piece_height(whole, self.width, self.size)
        heights = [self.fitter.height_of_row(row, widths, self.size, head=False) for row in grid.body]
        for start, end in _runs_within(heights, room):
            yield replace(whole, body=grid.body[start:end])

    def _line_groups(self, code: Code) -> Iterator[Code]:
        """Yield parts of a long listing, whole lines each, all at one size."""
        small = self.fitter.code_size(code, self.width, self.size)
        heights = [self.fitter.code_line_height(line, self.width, small) for line in code.lines]
        for start, end in _runs_within(heights, self.height - 2 * PADDING):
            yield replace(code, lines=_without_edges(code.lines[start:end]))

    def _paras(self, para: Para, boxed: bool) -> Iterator[Para]:
        """Yield the paragraph, or parts of it if it alone is too high for a slide."""
        rest = para
        while self._is_high(Words((rest,), boxed)):
            first, others = _cut(rest, lambda part: not self._is_high(Words((part,), boxed)))
            if others is None:
                break
            yield first
            rest = others
        yield rest


def _begins(piece: Piece) -> bool:
    """Tell whether the piece is a paragraph of its own, as good a place for a break as one between pieces."""
    return isinstance(piece, Words) and not piece.boxed and not piece.paras[0].mark and not piece.paras[0].level


def _without_edges(lines: tuple[tuple[tuple[str, str], ...], ...]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return lines of code without the empty ones at both ends: a slide's end is space enough. One line stays."""
    said = [at for at, line in enumerate(lines) if "".join(text for _, text in line).strip()]
    return lines[said[0] : said[-1] + 1] if said else lines[:1]


def _leads(piece: Piece) -> bool:
    """Tell whether the piece is a paragraph that announces what follows."""
    return isinstance(piece, Words) and _said(piece.paras[-1]).rstrip().endswith(":")


def _said(para: Para) -> str:
    return "".join(run.text for run in para.runs)


def _runs_within(heights: list[float], room: float) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of as few stretches as can be, each within the room and all about as high."""
    few = len(list(_stretches(heights, room)))
    low, high = 0.0, room
    for _ in range(7):
        middle = (low + high) / 2
        low, high = (low, middle) if len(list(_stretches(heights, middle))) <= few else (middle, high)
    yield from _stretches(heights, high)


def _stretches(heights: list[float], room: float) -> Iterator[tuple[int, int]]:
    start, used = 0, 0.0
    for at, height in enumerate(heights):
        if at > start and used + height > room:
            yield start, at
            start, used = at, 0.0
        used += height
    yield start, len(heights)


def _cut(para: Para, fits: Callable[[Para], bool]) -> tuple[Para, Para | None]:
    """Return the longest beginning of the paragraph that fits, if it may be to the end of a sentence, and the rest."""
    tokens = [replace(run, text=text) for run in para.runs for text in _tokens(run)]
    low, high = 1, len(tokens)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(replace(para, runs=tuple(tokens[:middle]))) else (low, middle - 1)
    if low >= len(tokens):
        return para, None
    ends = [at for at in range(low // 2, low) if re.search(r"[.?!…]\W*$", tokens[at].text)]
    at = ends[-1] + 1 if ends else low
    # what goes on has no mark of its own, and stands where the first part's text did
    beside = para.level + 1 if para.mark else para.level
    rest = replace(para, runs=_joined(tokens[at:]), mark="", at=0, level=beside)
    return replace(para, runs=_joined(tokens[:at])), rest


def _tokens(run: Run) -> list[str]:
    """Return the run's words, each with the space after it; a formula and a line break are one."""
    return [run.text] if run.formula is not None else re.findall(r"[^\s]*\s+|[^\s]+", run.text)


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of one look in one."""
    done: list[Run] = []
    for run in runs:
        if done and run.formula is None and done[-1].formula is None and replace(done[-1], text=run.text) == run:
            done[-1] = replace(run, text=done[-1].text + run.text)
        else:
            done.append(run)
    return tuple(done)

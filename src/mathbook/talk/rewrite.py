"""Changed words put into the source that they came from, the author's markup around them kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from mathbook.document.talk import MARK
from mathbook.formula.latex_signs import SIGNS, letter
from mathbook.frozen import frozen

_SAID = re.compile(rf"{MARK}[^{MARK}]*{MARK}|[^\W\d_]+|\d+|\s+|.", re.DOTALL)
_WRITTEN = re.compile(
    r"\$[^$]+\$|\]\{[^{}]*\}|\]\([^()\s]*\)|\\[A-Za-z]+|\\.|---|--|\.\.\.|[^\W\d_]+|\d+|\s+|.", re.DOTALL
)
_LATEX = re.compile(r"\\[A-Za-z]+|\\.|\d+|[^\s]")
_ALIKE = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‘": "'",
    "’": "'",
    "−": "-",
    "∣": "|",
    "···": "…",
    "...": "…",
    "--": "–",
    "---": "—",
}
_SPECIAL = re.compile(r"([\\`*_\[\]$<^~])")
_PAIRED = ("***", "**", "*", "$", "`", "_")


@frozen
class Piece:
    """A token: where it stands, and what it is compared by."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """What replaces text from `start` to `end`."""

    start: int
    end: int
    text: str


def rewritten(
    source: str,
    old: str,
    new: str,
    formulas: Mapping[str, str] | None = None,
    *,
    code: bool = False,
    cell: bool = False,
) -> tuple[Splice, ...] | None:
    """Return the changes to `source` that turn what it says from `old` to `new`; None if they can't be placed.

    `formulas` are the source's formulas with their forms in `old` (between marks). With `code` nothing is escaped.
    """
    here = _source_pieces(source, formulas or {}, code)
    was, becomes = _pieces(old), _pieces(new)
    at = _aligned(was, here)
    splices: list[Splice] = []
    for a, b, c, d in _differences(was, becomes):
        text = new[becomes[c].start : becomes[d - 1].end] if d > c else ""
        shown = text if code else markdown(text, cell=cell)
        if b - a == 1 and d - c == 1 and text.startswith(MARK) and was[a].key.startswith(MARK) and a in at:
            written = source[here[at[a]].start : here[at[a]].end]
            before = old[was[a].start : was[a].end].strip(MARK)
            shown = f"${latex_rewritten(written.strip('$'), before, text.strip(MARK))}$"
        made = _placed(was, a, b, shown, at, here)
        if made is None:
            return None
        splices += _widened(source, made)
    return tuple(splices)


def _placed(
    was: Sequence[Piece], a: int, b: int, text: str, at: Mapping[int, int], here: Sequence[Piece]
) -> list[Splice] | None:
    """Return the splices for one change: what is taken out, and `text` in the place of the first of it."""
    if any(one not in at and was[one].key != " " for one in range(a, b)):
        return None  # it comes from something else than words: a reference, a number
    gone = [here[at[one]] for one in range(a, b) if one in at]
    if gone:
        first, *rest = gone
        return [Splice(first.start, first.end, text), *(Splice(piece.start, piece.end, "") for piece in rest)]
    if a - 1 in at:
        end = here[at[a - 1]].end
        return [Splice(end, end, text)]
    if b in at:
        start = here[at[b]].start
        return [Splice(start, start, text)]
    return None


def _widened(source: str, splices: list[Splice]) -> list[Splice]:
    """Return the splices; if they empty what stands between two marks, the marks go as well."""
    if any(splice.text for splice in splices):
        return splices
    words = [splice for splice in splices if source[splice.start : splice.end].strip()] or splices
    start, end = words[0].start, words[-1].end
    for mark in _PAIRED:
        if source[:start].endswith(mark) and source[end:].startswith(mark):
            ends = (Splice(start - len(mark), start, ""), Splice(end, end + len(mark), ""))
            return sorted([*splices, *ends])
    return splices


def _aligned(was: Sequence[Piece], here: Sequence[Piece]) -> dict[int, int]:
    """Return where in the source each token of the words stands: as many as can be, in order, words before signs."""
    best = [[0] * (len(here) + 1) for _ in range(len(was) + 1)]
    for a in range(len(was) - 1, -1, -1):
        key, weight, row, below = was[a].key, _weight(was[a].key), best[a], best[a + 1]
        for b in range(len(here) - 1, -1, -1):
            taken = below[b + 1] + weight if here[b].key == key else 0
            row[b] = max(taken, below[b], row[b + 1])
    at: dict[int, int] = {}
    a = b = 0
    while a < len(was) and b < len(here):
        if was[a].key == here[b].key and best[a][b] == best[a + 1][b + 1] + _weight(was[a].key):
            at[a] = b
            a, b = a + 1, b + 1
        elif best[a + 1][b] >= best[a][b + 1]:
            a += 1
        else:
            b += 1
    return at


def _differences(was: Sequence[Piece], becomes: Sequence[Piece]) -> Iterator[tuple[int, int, int, int]]:
    """Yield what differs: from a to b in the old tokens, from c to d in the new ones; runs of changed words as one."""
    a = c = 0
    held: tuple[int, int, int, int] | None = None
    for one, two in [*sorted(_aligned(was, becomes).items()), (len(was), len(becomes))]:
        if one > a or two > c:
            joins = held is not None and a - held[1] == 1 and was[held[1]].key == " "
            if held is not None and not joins:
                yield _trimmed(held, was, becomes)
            held = (held[0], one, held[2], two) if held is not None and joins else (a, one, c, two)
        a, c = one + 1, two + 1
    if held is not None:
        yield _trimmed(held, was, becomes)


def _trimmed(
    span: tuple[int, int, int, int], was: Sequence[Piece], becomes: Sequence[Piece]
) -> tuple[int, int, int, int]:
    """Return the difference without what is the same at its beginning and its end."""
    a, b, c, d = span
    while a < b and c < d and was[b - 1].key == becomes[d - 1].key:
        b, d = b - 1, d - 1
    while a < b and c < d and was[a].key == becomes[c].key:
        a, c = a + 1, c + 1
    return a, b, c, d


def _weight(key: str) -> int:
    return 1 if key == " " else 4 if key[:1].isalnum() or key.startswith(MARK) else 2


def _pieces(text: str) -> list[Piece]:
    return [Piece(found.start(), found.end(), _key(found[0])) for found in _SAID.finditer(text)]


def _key(token: str) -> str:
    if token.isspace():
        return " "
    return re.sub(r"\s", "", token) if token.startswith(MARK) else _ALIKE.get(token, token)


def _source_pieces(source: str, formulas: Mapping[str, str], code: bool) -> list[Piece]:
    return list(_source_tokens(source, 0, formulas, code))


def _source_tokens(source: str, offset: int, formulas: Mapping[str, str], code: bool) -> Iterator[Piece]:
    for found in (_SAID if code else _WRITTEN).finditer(source):
        token, start = found[0], offset + found.start()
        if token.startswith("$") and len(token) > 1:
            inside = token[1:-1]
            known = formulas.get(inside) or formulas.get(inside.strip()) or formulas.get(" ".join(inside.split()))
            if known:
                yield Piece(start, offset + found.end(), _key(known))
            else:
                yield Piece(start, start + 1, "$")
                yield from _source_tokens(inside, start + 1, {}, code)
                yield Piece(offset + found.end() - 1, offset + found.end(), "$")
        else:
            yield Piece(start, offset + found.end(), _written_key(token) if not code else _key(token))


def _written_key(token: str) -> str:
    if token.startswith("\\") and len(token) > 1:
        return _characters().get(token, token[1:] if len(token) == 2 else token)
    return _key(token)


@lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    """Return LaTeX commands with the characters they show."""
    greek = [chr(code) for code in (*range(0x391, 0x3AA), *range(0x3B1, 0x3CA)) if code != 0x3A2]
    commands = {letter(char).strip(): char for char in greek}
    return {**commands, **{command: _ALIKE.get(char, char) for char, command in SIGNS.items()}}


def latex_rewritten(written: str, old: str, new: str) -> str:
    """Return a formula's source with what differs between `old` and `new` changed in it; `new` if that can't be placed.

    `old` and `new` are the formula as it comes back from a deck, before and after; the source is the author's own.
    """
    here = [Piece(found.start(), found.end(), found[0]) for found in _LATEX.finditer(written)]
    was, becomes = (
        [Piece(found.start(), found.end(), found[0]) for found in _LATEX.finditer(text)] for text in (old, new)
    )
    at = _aligned(was, here)
    splices: list[Splice] = []
    for a, b, c, d in _differences(was, becomes):
        text = new[becomes[c].start : becomes[d - 1].end] if d > c else ""
        made = _placed(was, a, b, text, at, here)
        if made is None:
            return new
        splices += made
    return new if overlap(splices) else spliced(written, splices)


def markdown(words: str, *, cell: bool = False) -> str:
    """Return words as Markdown that says just them; formulas between marks become `$…$`."""
    parts = words.split(MARK)
    return "".join(f"${part}$" if at % 2 else _escaped(part, cell) for at, part in enumerate(parts))


def _escaped(words: str, cell: bool) -> str:
    text = _SPECIAL.sub(r"\\\1", words)
    text = re.sub(r"(?<!\w)@(?=\w)", r"\\@", text)
    text = text.replace("|", "\\|") if cell else text
    return re.sub("[“”]", '"', re.sub("[’‘]", "'", text))


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """Return the text with the splices made; they don't overlap."""
    made: list[str] = []
    at = 0
    for splice in sorted(splices):
        made += [text[at : splice.start], splice.text]
        at = splice.end
    return "".join([*made, text[at:]])


def overlap(splices: Sequence[Splice]) -> bool:
    """True if two of the splices want the same text."""
    ordered = sorted(splices)
    return any(two.start < one.end for one, two in pairwise(ordered))

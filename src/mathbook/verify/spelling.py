"""Words as they are compared: without what layout adds or takes, and with all forms in which a passage may stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from mathbook.document.book import FormatName
from mathbook.document.passage import DIVIDES, FORMULA_MARK, NOTE_MARK, PAGES_MARK, Passage, Role
from mathbook.frozen import frozen

_DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Which way words run (UAX 9)."""
_UNSEEN = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufffe\x02"
    + _DIRECTIONS
    + "".join(map(chr, range(0xFE00, 0xFE10)))  # which form of a sign is shown
)
_HYPHENS = "-\u2010\u2011"
_NOWHERE = re.compile(f"[{re.escape(_UNSEEN)}]+")
_NOT_IN_PRINT = re.compile(f"[{re.escape(_UNSEEN + _HYPHENS)}]+")
_MARK = r"(?:\[\w+\])?(?:[•–—▪◦‣·*]|(?:[A-Z]?\d+|[A-Za-z]{1,2}|[ivxlcdm]+|[IVXLCDM]+)[.)])?"
"""What a footnote, and in it a list or a quotation, may put before its words: a sign, or a number and a full stop."""
PROVED = "□"
"""Stands at the end of a proof."""
_END = r"(?:□|◻|\u25a1)?(?:\(\d+/\d+\))?(?:·\d+)?"
"""What may stand after the words: a proof's end, the count of a slide that goes on, the count of a title."""
_BEGUN = re.compile(rf"{_MARK}\(?")
_ENDED = re.compile(rf"\)?{_END}")


@lru_cache(maxsize=65536)
def spelled(text: str, format_name: FormatName) -> str:
    """Return the text without spaces and invisible characters, its characters taken apart (UAX 15).

    In print ligatures are opened and hyphens go, too: a line's end may have put them there. In a deck letters of
    formulas (𝑥) are the same as plain ones, and so are two vertical bars.
    """
    taken_apart = unicodedata.normalize("NFD" if format_name == "epub" else "NFKD", text)
    if format_name == "deck":
        taken_apart = taken_apart.replace(DIVIDES, "|")
    unwanted = _NOT_IN_PRINT if format_name == "pdf" else _NOWHERE
    return unwanted.sub("", "".join(taken_apart.split()))


def found_text(passage: Passage, format_name: FormatName) -> str:
    """Return what a found passage says, its formulas by their symbols, or the picture that it is."""
    return _text(passage, passage.formulas, format_name)


def expected_text(passage: Passage, format_name: FormatName) -> str:
    """Return what an expected passage says, its formulas in their usual form."""
    return _text(passage, passage.formulas, format_name).replace(NOTE_MARK, "").replace(PAGES_MARK, "")


def expected_texts(passage: Passage, format_name: FormatName) -> set[str]:
    """Return what an expected passage says with its formulas in each of their forms."""
    forms = max((len(readings) for readings in passage.readings), default=1)
    chosen = (tuple(readings[min(at, len(readings) - 1)] for readings in passage.readings) for at in range(forms))
    return {_text(passage, formulas, format_name).replace(NOTE_MARK, "") for formulas in chosen}


def linear_text(passage: Passage, format_name: FormatName) -> str:
    """Return what an expected passage says with its formulas in a line, as in a speaker's notes."""
    formulas = tuple(readings[min(1, len(readings) - 1)] for readings in passage.readings)
    return _text(passage, formulas, format_name).replace(NOTE_MARK, "")


def _text(passage: Passage, formulas: tuple[str, ...], format_name: FormatName) -> str:
    if passage.role == "equation":
        return spelled("".join(formulas), format_name)
    if passage.role == "figure":
        return "".join(f"\ue011{picture}" for picture in passage.pictures)
    if FORMULA_MARK not in passage.words:  # most have none
        return spelled(passage.words, format_name)
    left = iter(formulas)
    parts = passage.words.split(FORMULA_MARK)
    filled = parts[0] + "".join(next(left, "") + part for part in parts[1:])
    return spelled(filled, format_name)


@lru_cache(maxsize=65536)
def pattern(passage: Passage, format_name: FormatName) -> re.Pattern[str]:
    """Return what a found text must match as a whole to be this passage."""
    core = _core(passage, format_name)
    label = re.escape(spelled(passage.label, format_name))
    if passage.role == "equation":
        return re.compile(f"{_MARK}{core}(?:{label})?")
    before = f"(?:(?i:{label})[:.]?)?" if label else "" if passage.role == "cell" else _MARK
    return re.compile(rf"{before}\(?{core}\)?{_END}", re.DOTALL)


def is_said(passage: Passage, text: str, format_name: FormatName) -> bool:
    """Return whether a found text is this passage: whether it matches the passage's pattern, which takes long to make
    and is not made where a look at the text tells.
    """
    return forms_of(passage, format_name).have(text)


@frozen
class Forms:
    """The forms of a passage: the piece that each of them has, and all pieces one behind the other, with what may stand
    for each; no pieces, if only the pattern tells them.
    """

    passage: Passage
    format: FormatName
    fixed: str
    pieces: tuple[tuple[str, ...], ...]
    label: str

    def have(self, text: str) -> bool:
        """Return whether a found text is the passage."""
        if self.fixed not in text:
            return False
        if not self.pieces:
            return bool(pattern(self.passage, self.format).fullmatch(text))
        for start, end in _runs(self.pieces, text):
            if (told := _is_around(text[:start], text[end:], self.passage.role, self.label)) is not False:
                return told or bool(pattern(self.passage, self.format).fullmatch(text))
        return False


def _runs(pieces: Sequence[tuple[str, ...]], text: str) -> Iterator[tuple[int, int]]:
    """Yield where in the text the pieces stand one behind the other, in whatever form."""
    first, *others = pieces
    for start, begun in _places(first, text):
        ends = {begun}
        for forms in others:
            ends = {end + len(form) for end in ends for form in forms if text.startswith(form, end)}
        yield from ((start, end) for end in ends)


def _places(forms: Iterable[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where in the text one of the forms begins and ends."""
    for form in forms:
        at = text.find(form)
        while at >= 0:
            yield at, at + len(form)
            at = text.find(form, at + 1)


def _is_around(before: str, behind: str, role: Role, label: str) -> bool | None:
    """Return whether that may stand around a passage's words; None if only its pattern can tell."""
    if role == "equation":
        return behind in ("", label) and is_mark(before)
    if not _ENDED.fullmatch(behind):
        return False
    if not label:
        return before in ("", "(") if role == "cell" else _BEGUN.fullmatch(before) is not None
    bare, called = before.removesuffix("("), ("", label, f"{label}:", f"{label}.")
    if bare in called:
        return True
    if len(before) > len(label) + 2:
        return False  # letters may be large or small, not more or fewer
    alike = {before.lower(), bare.lower()} & {one.lower() for one in called}
    return bool(alike) if label.isascii() and before.isascii() else None


@lru_cache(maxsize=65536)
def forms_of(passage: Passage, format_name: FormatName) -> Forms:
    """Return the forms of a passage that is expected."""
    pieces = tuple(_merged(_pieces(passage, format_name)))
    if not any(map(any, pieces)):  # it says nothing
        pieces = ()
    return Forms(passage, format_name, fixed_part(passage, format_name), pieces, spelled(passage.label, format_name))


def _pieces(passage: Passage, format_name: FormatName) -> Iterator[tuple[str, ...]]:
    if passage.role == "figure":
        yield (expected_text(passage, format_name),)
        return
    words = FORMULA_MARK if passage.role == "equation" else passage.words
    if NOTE_MARK in words or PAGES_MARK in words:
        return
    readings = iter(passage.readings)
    first, *parts = (spelled(part, format_name) for part in words.split(FORMULA_MARK))
    yield (first,)
    for part in parts:
        yield tuple(dict.fromkeys(spelled(form, format_name) for form in next(readings, ()))) or ("",)
        yield (part,)


def _merged(pieces: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the pieces, those together that have one form and stand one behind the other."""
    fixed = ""
    for forms in pieces:
        if len(forms) == 1:
            fixed += forms[0]
            continue
        yield from ((fixed,),) if fixed else ()
        yield forms
        fixed = ""
    yield from ((fixed,),) if fixed else ()


def has_other_forms(passage: Passage) -> bool:
    """Return whether the passage may stand in several forms: pages of an index, formulas with several readings."""
    return PAGES_MARK in passage.words or any(len(readings) != 1 for readings in passage.readings)


def note_pattern(passages: Iterable[Passage], format_name: FormatName) -> re.Pattern[str]:
    """Return what stands behind a footnote's number and before the next one's, or the end: the passages together."""
    inner = "".join(_core(passage, format_name) for passage in passages)
    return re.compile(rf"(?:^|\d+\.){inner}(?=$|\d+\.)", re.DOTALL)


def _core(passage: Passage, format_name: FormatName) -> str:
    if passage.role == "figure":
        return re.escape(expected_text(passage, format_name))
    words = FORMULA_MARK if passage.role == "equation" else passage.words
    readings = iter(passage.readings)
    parts = (_words(part, format_name) for part in words.split(FORMULA_MARK))
    core = next(parts)
    for part in parts:
        forms = "|".join(re.escape(spelled(form, format_name)) for form in next(readings, ("",)))
        core += f"(?:{forms}){part}"
    return core


def _words(part: str, format_name: FormatName) -> str:
    escaped = re.escape(spelled(part, format_name))
    return escaped.replace(NOTE_MARK, r"\d*").replace(PAGES_MARK, r"(?:,(?:[ivxlcdm]+|\d+))+")


@lru_cache(maxsize=65536)
def fixed_part(passage: Passage, format_name: FormatName) -> str:
    """Return the longest piece that every text has which is this passage: without it no pattern need be tried."""
    if passage.role == "figure":
        return expected_text(passage, format_name)
    pieces = re.split(f"[{FORMULA_MARK}{NOTE_MARK}{PAGES_MARK}]", passage.words)
    return max((spelled(piece, format_name) for piece in pieces), key=len) if passage.role != "equation" else ""


_FACING = str.maketrans("”’)]}>»", "“‘([{<«")


def sorted_letters(text: str, without_digits: bool = False) -> str:
    """Return the text's characters sorted: a right-to-left line may be painted in the order of the eye.

    Brackets and quotation marks are the same whichever way they face: readers turn them round on such a line.
    """
    letters = text.casefold().translate(_FACING)
    return "".join(sorted(char for char in letters if not (without_digits and char.isdigit())))


def is_mark(text: str) -> bool:
    """True if the text is nothing but what a list or a footnote puts before its words."""
    return re.fullmatch(_MARK, text) is not None


def is_right_to_left(text: str) -> bool:
    """True if the text has letters that are read from right to left."""
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)

"""Words are in a dictionary, or in the project's own list: manuscript/words.txt, one word a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.book import Book
from mathbook.document.nodes import Text
from mathbook.document.walk import walk
from mathbook.project import Project

WORDS = "words.txt"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_ENDS = (".", "!", "?", ":", "…")
_SHORTEST = 3
"""Letters from which on a word is looked up."""


class NoDictionary(Exception):
    """There is nothing to look words up in; the message says why, and what to do."""


def check_spelling(book: Book, project: Project, collector: Collector) -> None:
    """Tell of each unknown word once, at its first place. Raises NoDictionary.

    Not looked at are formulas, code, and (but for German) names: words with a capital inside a sentence.
    """
    dictionary = dictionary_of(book.meta.language)
    own = {line.strip().casefold() for line in _own_words(project).splitlines() if not line.startswith("#")}
    reader = _Reader(project, names_have_capitals=not book.meta.language.startswith("de"))
    found: dict[str, list[tuple[str, Span]]] = {}
    for unit in book.units:
        for text in (node for node in walk((unit.title, unit.blocks)) if isinstance(node, Text)):
            for word, span in reader.words(text):
                if word.casefold() not in own and plain_word(word) not in own:
                    found.setdefault(plain_word(word), []).append((word, span))
    for plain in dictionary.unknown(found):
        _tell(found[plain], dictionary.correction(plain), collector)


def dictionary_of(language: str) -> Any:
    """Return a dictionary that has `unknown(words)` and `correction(word)`. Raises NoDictionary."""
    try:
        from spellchecker import SpellChecker
    except ImportError:
        raise NoDictionary("--spell needs a dictionary; type: pip install 'mathbook[spell]'") from None
    short = language.partition("-")[0].lower()
    known = sorted(SpellChecker.languages())
    if short not in known:
        raise NoDictionary(f"there is no dictionary for the book's language, {language}; there are: {', '.join(known)}")
    return SpellChecker(language=short, distance=1)


def plain_word(word: str) -> str:
    """Return the word as dictionaries have it: in small letters, without the genitive's ending."""
    return re.sub(r"'s$", "", word.casefold().replace("’", "'"))


def _own_words(project: Project) -> str:
    path = project.manuscript / WORDS
    return path.read_text("utf-8", errors="replace") if path.is_file() else ""


def _tell(found: list[tuple[str, Span]], better: str | None, collector: Collector) -> None:
    word, span = found[0]
    more = f" ({len(found)} times)" if len(found) > 1 else ""
    near = f"did you mean {better}? " if better and better != plain_word(word) else ""
    hint = f"{near}if the word is right, put it into manuscript/{WORDS}"
    collector.warning(Code.SPELLING, span, f"{word!r} is not in the dictionary{more}", hint)


@dataclass(slots=True)
class _Reader:
    """Finds words, and their places: a text knows where it begins, and its file has the lines."""

    project: Project
    names_have_capitals: bool
    _files: dict[str, list[str]] = field(default_factory=dict)

    def words(self, text: Text) -> Iterator[tuple[str, Span]]:
        """Yield the words of the text that are to be looked up."""
        begins = True
        place = text.span
        for match in _WORD.finditer(text.text):
            word, before = match[0], text.text[: match.start()].rstrip()
            begins = before.endswith(_SENTENCE_ENDS) if before else begins
            is_name = word[0].isupper() and not begins and self.names_have_capitals
            begins = False
            if len(word) >= _SHORTEST and not is_name and not any(char.isupper() for char in word[1:]):
                place = self._place(word, place)
                yield word, place

    def _place(self, word: str, after: Span) -> Span:
        """Return where the word stands, at that place or behind it; the place itself if it can't be seen there."""
        if after.file not in self._files:
            path = self.project.root / after.file
            written = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []
            self._files[after.file] = written
        lines = self._files[after.file]
        for number in range(after.line, min(after.line + 40, len(lines) + 1)):
            start = after.column - 1 if number == after.line else 0
            at = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)".replace("’", "['’]")).search(lines[number - 1], start)
            if at:
                return Span(after.file, number, at.start() + 1)
        return after

"""The index: each word with the places where it stands; in print the linker puts pages in their stead."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mathbook.document.nodes import (
    Block,
    BulletList,
    Conditional,
    DefinitionItem,
    DefinitionList,
    Inline,
    Link,
    Paragraph,
    Term,
    Text,
)
from mathbook.document.plain import plain
from mathbook.edition.terms import Use

LONG = 30
"""Entries of an index that is divided by letters."""


@dataclass(slots=True)
class _Entry:
    shown: tuple[Inline, ...]
    uses: list[Use] = field(default_factory=list)
    below: dict[str, _Entry] = field(default_factory=dict)


def index_blocks(uses: Iterable[Use], names: Mapping[str, str], language: str) -> tuple[Block, ...]:
    """Return the index of the words that are used; nothing if none is. `names` says what each unit is called.

    In print each place is a link of its own, whose words the linker replaces by the page; in the e-book each unit is
    named once. A deck has no index: nobody turns its leaves.
    """
    entries: dict[str, _Entry] = {}
    for use in uses:
        _file(entries, use, language)
    if not entries:
        return ()
    pages = Conditional(True, ("pdf",), (), _lists(entries, names, language, once=False))
    return pages, Conditional(True, ("epub",), (), _lists(entries, names, language, once=True))


def _file(entries: dict[str, _Entry], use: Use, language: str) -> None:
    """Put the use under its entry: `matrix!Toeplitz` stands below "matrix"."""
    filed = use.term.entry.split("!") if use.term.entry != plain(use.term.children, language) else ()
    words = [part.strip() for part in filed if part.strip()] or [use.term.entry]
    for depth, word in enumerate(words):
        key = " ".join(word.casefold().split())
        shown = _shown(use.term, language) if len(words) == 1 else (Text(word),)
        entry = entries.setdefault(key, _Entry(shown))
        if plain(shown, language)[:1].islower():
            entry.shown = shown  # a word at the beginning of a sentence has a capital that isn't its own
        if depth == len(words) - 1:
            entry.uses.append(use)
        entries = entry.below


def _shown(term: Term, language: str) -> tuple[Inline, ...]:
    return term.children if plain(term.children, language) == term.entry else (Text(term.entry),)


def _lists(entries: dict[str, _Entry], names: Mapping[str, str], language: str, *, once: bool) -> tuple[Block, ...]:
    if len(entries) < LONG:
        return (_list(entries, names, language, once),)
    letters: dict[str, dict[str, _Entry]] = {}
    for key in _sorted(entries):
        letters.setdefault(_letter(key), {})[key] = entries[key]
    items = (
        DefinitionItem((Text(letter),), ((_list(those, names, language, once),),)) for letter, those in letters.items()
    )
    return (DefinitionList(tuple(items)),)


def _list(entries: dict[str, _Entry], names: Mapping[str, str], language: str, once: bool) -> BulletList:
    return BulletList(tuple(_item(entries[key], names, language, once) for key in _sorted(entries)))


def _item(entry: _Entry, names: Mapping[str, str], language: str, once: bool) -> tuple[Block, ...]:
    places: dict[str, Use] = {}
    for use in entry.uses:
        places.setdefault(use.unit if once else use.anchor, use)
    line: list[Inline] = [*entry.shown]
    for use in places.values():
        line += [Text(", "), Link((Text(names[use.unit]),), f"#{use.anchor}", unit=use.unit)]
    below = (_list(entry.below, names, language, once),) if entry.below else ()
    return (Paragraph(tuple(line)), *below)


def _sorted(entries: Iterable[str]) -> list[str]:
    return sorted(entries, key=lambda key: (_letters(key), key))


def _letters(key: str) -> str:
    """Return the key's letters and digits without accents: what it is filed by."""
    bare = unicodedata.normalize("NFKD", key)
    return "".join(char for char in bare if char.isalnum() or char == " ").strip()


def _letter(key: str) -> str:
    first = _letters(key)[:1]
    return first.upper() if first.isalpha() else "#"

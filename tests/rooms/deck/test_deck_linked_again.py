"""A deck that is linked from the one before is, byte for byte, the deck that is linked from nothing."""

from __future__ import annotations

import os
import random
import zipfile
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import overload

import pytest
from deck_files import META, THEME, edition_of, load
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.archive.member import Member, deflated, flushed, stored
from mathbook.deck import around
from mathbook.deck.bundle import Bundle, SlidePart, pack, unpack
from mathbook.deck.finish import with_gap
from mathbook.deck.link import link
from mathbook.deck.printed import PAGE
from mathbook.deck.seal import seal
from mathbook.diagnostics import Span
from mathbook.document.before import Before
from mathbook.document.book import Example
from mathbook.document.fragment import Fragment
from mathbook.document.memo import Memo
from mathbook.document.nodes import Text
from mathbook.document.pagination import PageStart, Pagination, PrintPage
from memories import Kept

THEMES = (THEME, load("seminar"))
PICTURES = {f"p{at}.png": bytes([at]) * (40 + at) for at in range(4)}


@dataclass(frozen=True)
class Deck:
    """What is linked: of each unit its number and its version, the first print page (0 for no print), and the rest."""

    units: tuple[tuple[int, int], ...]
    pages: int = 0
    date: str = "2026-01-02"
    language: str = "en"
    theme: int = 0

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the fragments."""
        return tuple(f"{number}-{version}-{self.theme}-{self.language}" for number, version in self.units)

    @property
    def pagination(self) -> Pagination | None:
        """The pages in print, if there are any: two for each unit."""
        starts = [(f"u{number}", at) for number, _ in self.units for at in (0, 5)]
        pages = (PrintPage(str(self.pages + at), unit, PageStart("text", by)) for at, (unit, by) in enumerate(starts))
        return Pagination("book", tuple(pages)) if self.pages else None


@dataclass
class Fragments(Sequence[Fragment]):
    """The fragments of a deck, and which of them were asked for."""

    deck: Deck
    asked: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.deck.units)

    @overload
    def __getitem__(self, at: int) -> Fragment: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Fragment]: ...
    def __getitem__(self, at: int | slice) -> Fragment | Sequence[Fragment]:
        assert isinstance(at, int)
        self.asked.append(at)
        return fragment_of(self.deck.keys[at])


@cache
def fragment_of(key: str) -> Fragment:
    """Return a unit's fragment. Its key decides what it has: no slide or several, with notes and pictures or not."""
    rng = random.Random(key)
    slides = tuple(slide_of(rng) for _ in range(rng.randrange(5)))
    files = tuple((name, stored(PICTURES[name])) for name in sorted(rng.sample(list(PICTURES), rng.randrange(4))))
    said = b64encode(rng.randbytes(rng.randrange(200)))
    bundle = Bundle(f"Title {key} é", slides, files, (said, flushed(said)), (("text", "tenletters"),))
    return Fragment(f"u{key.partition('-')[0]}", "deck", pack(bundle), len(slides))


def slide_of(rng: random.Random) -> SlidePart:
    words = "".join(rng.choices("abc", k=rng.randrange(300)))
    notes: Member | None = deflated(words.encode()) if rng.random() < 0.6 else None
    footer = with_gap(f"<p>{words}{PAGE if rng.random() < 0.8 else ''}</p>")
    begin = rng.randrange(10)
    return SlidePart(
        words, footer, with_gap(f"<r>{PAGE if notes else ''}</r>"), notes, (begin, rng.randrange(begin, 11))
    )


def linked(deck: Deck, into: Path, before: Before | None = None) -> list[int]:
    """Link and seal the deck; return which fragments were asked for."""
    units = [Example(f"u{at}", str(at), f"u{at}", (Text(f"Unit {at}"),), (), Span("e.md")) for at, _ in deck.units]
    edition = edition_of(*units, meta=replace(META, date=deck.date, language=deck.language), audience="student")
    fragments = Fragments(deck)
    link(edition, fragments, THEMES[deck.theme], into, deck.pagination, before)
    seal(into, repr(deck).encode())
    return fragments.asked


def linked_twice(first: Deck, second: Deck, folder: Path, memo: Memo | None = None) -> list[int]:
    """Link a deck after another one; return which fragments were asked for. It must be as if there were no other."""
    memo = memo or Kept()
    linked(first, folder / "first.pptx", Before(first.keys, memo))
    asked = linked(second, folder / "second.pptx", Before(second.keys, memo, folder / "first.pptx"))
    linked(second, folder / "anew.pptx")
    assert (folder / "second.pptx").read_bytes() == (folder / "anew.pptx").read_bytes()
    return asked


units = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 1)), max_size=7, unique_by=lambda unit: unit[0])
decks = st.builds(
    Deck,
    units.map(tuple),
    st.sampled_from([0, 0, 1, 2]),
    st.sampled_from(["2026-01-02", "2026-01-02", "2026-01-03"]),
    st.sampled_from(["en", "en", "de"]),
    st.sampled_from([0, 0, 1]),
)


@dataclass
class Lossy:
    """A memory that has lost some of what was kept in it."""

    lost: random.Random
    kept: Kept = field(default_factory=Kept)

    def recall(self, key: str) -> bytes | None:
        return None if self.lost.random() < 0.3 else self.kept.recall(key)

    def keep(self, key: str, data: bytes) -> None:
        self.kept.keep(key, data)


@settings(deadline=None, max_examples=60)
@given(st.lists(decks, min_size=2, max_size=4), st.integers(0, 3))
def test_whatever_came_before_the_deck_is_as_if_it_were_linked_from_nothing(story: list[Deck], seed: int):
    memo: Memo = Lossy(random.Random(seed)) if seed else Kept()
    with TemporaryDirectory() as name:
        folder, before = Path(name), None
        for at, deck in enumerate(story):
            linked(deck, folder / "anew.pptx")
            linked(deck, folder / f"{at}.pptx", Before(deck.keys, memo, before))
            before = folder / f"{at}.pptx"
            assert before.read_bytes() == (folder / "anew.pptx").read_bytes()
            with zipfile.ZipFile(before) as archive:
                assert archive.testzip() is None


ten = tuple((number, 0) for number in range(1, 11))


def test_of_a_deck_that_is_as_it_was_no_fragment_is_loaded(tmp_path: Path):
    assert linked_twice(Deck(ten, 1), Deck(ten, 1), tmp_path) == []


def test_of_a_unit_that_is_added_behind_the_others_only_its_fragment_is_loaded(tmp_path: Path):
    assert linked_twice(Deck(ten), Deck((*ten, (11, 0))), tmp_path) == [10]


def bundle_of(number: int, version: int = 0) -> Bundle:
    return unpack(fragment_of(Deck(((number, version),)).keys[0]).content)


def two_versions(number: int, notes_alike: bool) -> tuple[int, int]:
    """Return two versions of the unit with as many slides and the same pictures, and as many notes or not."""
    versions = [(version, bundle_of(number, version)) for version in range(200)]
    for one, first in versions:
        for other, second in versions[one + 1 :]:
            shapes = [(len(bundle.slides), [name for name, _ in bundle.files]) for bundle in (first, second)]
            notes = [sum(slide.notes is not None for slide in bundle.slides) for bundle in (first, second)]
            if shapes[0] == shapes[1] and first.slides and (notes[0] == notes[1]) == notes_alike:
                return one, other
    raise AssertionError


def test_a_unit_with_as_many_slides_and_notes_as_before_moves_only_what_follows(tmp_path: Path):
    versions = two_versions(3, notes_alike=True)
    first, second = (tuple((at, version if at == 3 else 0) for at, _ in ten) for version in versions)
    assert linked_twice(Deck(first), Deck(second), tmp_path) == [2]


def test_a_unit_with_other_notes_gives_other_numbers_to_those_behind_it(tmp_path: Path):
    versions = two_versions(3, notes_alike=False)
    first, second = (tuple((at, version if at == 3 else 0) for at, _ in ten) for version in versions)
    assert linked_twice(Deck(first), Deck(second), tmp_path) == list(range(2, 10))


def test_a_picture_goes_with_the_first_unit_that_shows_it(tmp_path: Path):
    illustrated = tuple((number, 0) for number in range(1, 40) if bundle_of(number).files)
    assert 0 in linked_twice(Deck(illustrated), Deck(illustrated[1:]), tmp_path)
    assert 0 in linked_twice(Deck(illustrated[1:]), Deck(illustrated), tmp_path)
    # without slides nothing moves but pictures
    bare = [number for number in range(1, 90) if bundle_of(number).files and not bundle_of(number).slides]
    assert linked_twice(Deck(((bare[0], 0), *ten)), Deck(ten), tmp_path) != list(range(10))


@pytest.mark.parametrize("other", [Deck(ten, date="2026-01-03"), Deck(ten, language="de"), Deck(ten, theme=1)])
def test_a_deck_of_another_date_language_or_theme_is_written_anew(other: Deck, tmp_path: Path):
    assert linked_twice(Deck(ten), other, tmp_path) == list(range(10))


def test_only_units_whose_pages_are_others_are_written_anew(tmp_path: Path):
    assert linked_twice(Deck(ten, 1), Deck(ten, 2), tmp_path) == list(range(10))
    longer = Deck((*ten, (11, 0)), 1)
    assert linked_twice(Deck(ten, 1), longer, tmp_path) == [10]


@pytest.mark.parametrize("way", ["fails", "stops", "is missing"])
def test_where_the_system_does_not_copy_the_deck_is_the_same(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fails(*_: int) -> int:
        raise OSError(18, "Invalid cross-device link")

    copy, calls = os.copy_file_range, iter(range(1000))

    def stops(source: int, into: int, length: int, start: int, at: int) -> int:
        return copy(source, into, min(length, 700), start, at) if next(calls) % 2 == 0 else fails()

    if way == "is missing":
        monkeypatch.delattr(os, "copy_file_range")
    else:
        monkeypatch.setattr(os, "copy_file_range", {"fails": fails, "stops": stops}[way])
    changed = tuple((number, 1 if number == 5 else 0) for number, _ in ten)
    assert linked_twice(Deck(ten), Deck(ten), tmp_path) == []
    linked_twice(Deck(ten), Deck(changed), tmp_path)


def test_an_agenda_of_the_same_lines_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    memo, titles = Kept(), list[str]()
    first, second = (Deck((*ten[:9], (10, version))) for version in two_versions(10, notes_alike=True))
    linked(first, tmp_path / "first.pptx", Before(first.keys, memo))
    around._finished.cache_clear()
    plain = around.written
    monkeypatch.setattr(around, "written", lambda *made, **of: (titles.append(made[1]), plain(*made, **of))[1])
    linked(second, tmp_path / "second.pptx", Before(second.keys, memo, tmp_path / "first.pptx"))
    assert titles == ["Discussion"]

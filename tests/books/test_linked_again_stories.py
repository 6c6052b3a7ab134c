"""Stories of decks that are linked from those in dist/: each is what a build from nothing gives, whatever happened."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tale import Story

from mathbook.build import make as line
from mathbook.build.events import Published
from mathbook.build.fragments import Fragments
from mathbook.document.fragment import Fragment

EXAMPLE = """---
id: new
title: Something new
minutes: 5
---

Words that stand at the end.

## A slide of its own

And *more* of them.
"""
MEMO, DECK = ".mathbook/cache/memo/linked~deck.pptx", "dist/deck.pptx"
SECOND = "manuscript/examples/02-birthdays.md"


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The units of books whose fragments were loaded since this was cleared."""
    units, plain = set[str](), Fragments.__getitem__

    def get(self: Fragments, at: int) -> Fragment:
        if len(self) > 1:
            units.add(self.units[at].id)
        return plain(self, at)

    monkeypatch.setattr(Fragments, "__getitem__", get)
    return units


@pytest.fixture
def book(tmp_path: Path, loaded: set[str]) -> Story:
    """A book whose deck was built."""
    book = Story.of_a_new_book(tmp_path).build("deck")
    loaded.clear()
    return book


def from_nothing(book: Story) -> dict[str, bytes]:
    """Return what is published if the book is built where nothing is remembered."""
    other = book.root.with_name("from-nothing")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(book.root, other, ignore=shutil.ignore_patterns(".mathbook", "dist"))
    return Story(other).build("deck").published


def test_of_a_deck_with_an_example_more_only_that_is_loaded(book: Story, loaded: set[str]):
    book.write("manuscript/examples/09-new.md", EXAMPLE).build("deck")
    assert loaded == {"new"}
    assert book.published == from_nothing(book)


def test_whatever_becomes_of_a_book_its_deck_is_that_of_a_build_from_nothing(book: Story):
    book.change(SECOND, "the balance tips", "the balance turns").build("deck")
    assert book.published == from_nothing(book)
    book.write("manuscript/examples/09-new.md", EXAMPLE).build("deck")
    book.remove("manuscript/examples/09-new.md").build("deck")
    assert book.published == from_nothing(book)
    book.change("manuscript/book.yaml", "A Story", "Another Story").build("deck", "pdf").build("deck")
    assert book.published["deck.pptx"] == from_nothing(book)["deck.pptx"]


def test_the_pages_of_a_handout_come_and_go(book: Story, loaded: set[str]):
    without = book.published["deck.pptx"]
    with_pages = book.build("pdf", "deck").published["deck.pptx"]
    assert with_pages != without and len(loaded) > 1
    assert book.build("deck").published["deck.pptx"] == without


@pytest.mark.parametrize(
    "saved", [lambda data: b"", lambda data: data[:-1] + b"!", lambda data: data[:2000] * 20, None]
)
def test_a_deck_that_somebody_saved_over_is_not_copied_from(book: Story, loaded: set[str], saved: Any):
    if saved:
        book.write(DECK, saved((book.root / DECK).read_bytes()))
    else:
        book.remove(DECK)
    book.write("manuscript/examples/09-new.md", EXAMPLE).build("deck")
    assert len(loaded) > 1
    assert book.published == from_nothing(book)


@pytest.mark.parametrize("ends", [False, True])
def test_a_deck_that_is_saved_over_while_it_is_copied_from_is_linked_anew(
    book: Story, loaded: set[str], monkeypatch: pytest.MonkeyPatch, ends: bool
):
    plain = Fragments.__getitem__

    def get(self: Fragments, at: int) -> Fragment:
        if not loaded:
            book.write(DECK, b"" if ends else bytes((book.root / DECK).stat().st_size))
        return plain(self, at)

    monkeypatch.setattr(Fragments, "__getitem__", get)
    book.write("manuscript/examples/09-new.md", EXAMPLE).build("deck")
    assert len(loaded) > 1
    assert book.published == from_nothing(book)


@pytest.mark.parametrize("at", [0.0, 0.3, 0.7, 0.99])
def test_a_damaged_memory_costs_no_more_than_time(book: Story, at: float):
    memo = bytearray((book.root / MEMO).read_bytes())
    memo[int(len(memo) * at)] ^= 1
    book.write(MEMO, bytes(memo)).write("manuscript/examples/09-new.md", EXAMPLE).build("deck")
    assert book.published == from_nothing(book)


def test_after_a_build_that_was_broken_off_the_deck_is_what_it_would_have_been(
    book: Story, monkeypatch: pytest.MonkeyPatch
):
    def interrupted(*_: Any) -> Iterator[Published]:
        raise KeyboardInterrupt

    before = book.published
    book.write("manuscript/examples/09-new.md", EXAMPLE)
    with monkeypatch.context() as broken:
        broken.setattr(line, "publish", interrupted)
        with pytest.raises(KeyboardInterrupt):
            book.build("deck")
    assert book.published == before
    book.change(SECOND, "the balance tips", "the balance turns").build("deck")
    assert book.published == from_nothing(book)


def test_a_full_disk_leaves_the_deck_that_is_copied_from_as_it_was(book: Story, monkeypatch: pytest.MonkeyPatch):
    def no_space(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    before = book.published
    book.write("manuscript/examples/09-new.md", EXAMPLE)
    with monkeypatch.context() as full:
        full.setattr("mathbook.archive.zip_writer.copy_range", no_space)
        with pytest.raises(OSError, match="No space"):
            book.build("deck")
    assert book.published == before
    assert book.build("deck").published == from_nothing(book)

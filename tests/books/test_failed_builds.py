"""Stories of builds that fail or are broken off: dist/ stays as it was, byte for byte, and the next build is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tale import Story

from mathbook.build import make as line
from mathbook.build.events import Published
from mathbook.diagnostics import Code, Stop


@pytest.fixture
def book(tmp_path: Path) -> Story:
    """A book that was built, and that has changed since."""
    book = Story.of_a_new_book(tmp_path).build("epub")
    return book.change("manuscript/examples/02-birthdays.md", "the balance tips", "the balance turns")


def test_a_build_that_fails_after_linking_leaves_dist_as_it_was(book: Story, monkeypatch: pytest.MonkeyPatch):
    def no_space(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    before = book.published
    monkeypatch.setattr(line, "_complete", no_space)
    with pytest.raises(OSError, match="No space"):
        book.build("epub")
    assert book.published == before


def test_an_interrupted_build_leaves_dist_as_it_was_and_keeps_what_was_compiled(
    book: Story, monkeypatch: pytest.MonkeyPatch
):
    def interrupted(*_: Any) -> Iterator[Published]:
        raise KeyboardInterrupt

    before = book.published
    with monkeypatch.context() as broken:
        broken.setattr(line, "publish", interrupted)
        with pytest.raises(KeyboardInterrupt):
            book.build("epub")
    assert book.published == before
    assert book.build("epub").compiled == set()
    assert book.changed >= {"book.epub", "book-instructor.epub"}


def test_a_unit_that_can_not_be_compiled_leaves_dist_as_it_was(book: Story, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: Any) -> None:
        raise ValueError("a bug of ours")

    before = book.published
    monkeypatch.setattr("mathbook.epub.compile.compile", broken)
    with pytest.raises(Stop) as stopped:
        book.build("epub")
    assert {diagnostic.code for diagnostic in stopped.value.diagnostics} == {Code.COMPILE_FAILED}
    assert book.published == before


def test_what_a_killed_build_left_behind_is_cleared_away(book: Story):
    book.write("dist/.staging-99999999/book.epub", "half").build("epub")
    assert sorted(book.published) == ["book-instructor.epub", "book.epub", "index.html", "ledger.json"]


@pytest.mark.parametrize("ledger", ["", "[]", '{"files": {"../manuscript/book.yaml": "", "/etc/hostname": ""}}'])
def test_a_ledger_that_was_tampered_with_removes_nothing_outside_dist(book: Story, ledger: str):
    manuscript = book.read("manuscript/book.yaml")
    book.write("dist/ledger.json", ledger).build("epub")
    assert book.read("manuscript/book.yaml") == manuscript

"""A process that reads again opens only the texts of which the file system says something else than before."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mathbook.diagnostics import Collector, Diagnostic
from mathbook.document.book import Book
from mathbook.project import Project
from mathbook.source import read as reading
from mathbook.source.memory import Memory
from mathbook.source.read import read_book
from memories import Kept
from places import with_places

FIRST, SECOND = "manuscript/examples/01-first.md", "manuscript/examples/02-second.md"
TICK = 0.02
"""Seconds in which a file system's clock goes on."""


@dataclass
class Reader:
    """Reads a project again and again in one process; `opened` are the texts of units that were opened."""

    root: Path
    opened: list[str] = field(default_factory=list)
    memory: Memory = field(default_factory=lambda: Memory(Kept(), Kept()))

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        time.sleep(TICK)

    def read(self) -> tuple[Book | None, list[Diagnostic]]:
        self.opened.clear()
        return self._read(self.memory.joined_with(Kept(), Kept()))

    def read_anew(self) -> tuple[Book | None, list[Diagnostic]]:
        return self._read(None)

    def _read(self, memory: Memory | None) -> tuple[Book | None, list[Diagnostic]]:
        collector = Collector()
        return read_book(Project(self.root), collector, memory), collector.diagnostics


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A reader that has read its book once, of files that nobody wrote for a long time."""
    one, plain = Reader(tmp_path), reading.read_text_file
    monkeypatch.setattr("mathbook.project._SETTLED", -(10**10))
    monkeypatch.setattr(
        reading, "read_text_file", lambda path, *rest: (one.opened.append(path.name), plain(path, *rest))[1]
    )
    one.write("manuscript/book.yaml", "title: A Book\n")
    one.write(FIRST, "# One\n\nIt is $x$.\n")
    one.write(SECOND, "# Two\n\nIt is $y$.\n")
    assert one.read()[1] == []
    return one


def test_a_text_that_is_as_it_was_is_not_opened(reader: Reader):
    again = reader.read()
    assert reader.opened == []
    assert with_places(again) == with_places(reader.read_anew())


def test_the_next_process_opens_no_text_that_is_as_it_was(reader: Reader):
    texts, pictures = Kept(), Kept()
    first = reader.memory.joined_with(texts, pictures)
    reader._read(first)
    first.keep_keys()
    reader.memory = Memory(texts, pictures)
    reader.opened.clear()
    again = reader._read(reader.memory)
    assert reader.opened == []
    assert with_places(again) == with_places(reader.read_anew())


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"a": 1}', b'{"a": ["b"]}', b'{"a": []}'])
def test_bytes_that_tell_no_keys_let_all_texts_be_read(reader: Reader, data: bytes):
    texts = Kept()
    texts.keep("keys", data)
    assert with_places(reader._read(Memory(texts, Kept()))) == with_places(reader.read_anew())


def test_a_text_of_the_same_size_that_changed_is_read(reader: Reader):
    reader.write(SECOND, "# Two\n\nIt is $z$.\n")
    again = reader.read()
    assert reader.opened == ["02-second.md"]
    assert with_places(again) == with_places(reader.read_anew())


def test_a_text_in_the_place_of_another_is_read_though_it_is_as_old(reader: Reader):
    reader.write("manuscript/examples/other.txt", "# Two\n\nIt is $z$.\n")
    (reader.root / "manuscript/examples/other.txt").replace(reader.root / SECOND)
    assert with_places(reader.read()) == with_places(reader.read_anew())


def test_a_text_that_was_written_a_moment_ago_is_read_again(reader: Reader, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mathbook.project._SETTLED", 10**12)
    reader.write(SECOND, "# Two\n\nIt is $z$.\n")
    reader.read()
    reader.read()
    assert reader.opened == ["02-second.md"]


def test_a_text_with_something_to_tell_is_read_and_told_again(reader: Reader):
    reader.write(SECOND, "# Two\n\nIt \u202e is $z$.\n")
    first, again = reader.read()[1], reader.read()[1]
    assert again == first != []
    assert reader.opened == ["02-second.md"]


def test_with_other_macros_a_text_is_another(reader: Reader):
    reader.write("manuscript/book.yaml", "title: A Book\nmacros: {y: 'z'}\n")
    assert with_places(reader.read()) == with_places(reader.read_anew())


def test_a_text_that_went_and_came_back_is_read(reader: Reader):
    text = (reader.root / SECOND).read_text("utf-8")
    (reader.root / SECOND).unlink()
    assert len(reader.read()[0].units) == 1  # type: ignore[union-attr]
    reader.write(SECOND, text)
    assert with_places(reader.read()) == with_places(reader.read_anew())

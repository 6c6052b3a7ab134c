"""A process that reads again opens only those files of which the file system says something else than before."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mathbook.diagnostics import Collector, Diagnostic, Stop
from mathbook.document.book import Book, Picture
from mathbook.project import Project
from mathbook.source import pictures
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
    again = read_by_the_next_process(reader)
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


PICTURE = "manuscript/figures/a.svg"


@pytest.fixture
def shower(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """The reader, with a picture in its second text; `opened` are the pictures that were read."""
    plain = pictures.read_picture
    monkeypatch.setattr(
        pictures, "read_picture", lambda path, *rest: (reader.opened.append(path.name), plain(path, *rest))[1]
    )
    reader.write(PICTURE, svg("1"))
    reader.write(SECOND, "# Two\n\n![It](figures/a.svg)\n")
    assert reader.read()[1] == []
    return reader


def svg(size: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="1"/>'


def picture_in(read: tuple[Book | None, list[Diagnostic]]) -> Picture:
    assert read[0]
    return read[0].units[1].pictures[0]


def test_a_picture_that_is_as_it_was_is_not_opened_until_it_is_needed(shower: Reader):
    again = shower.read()
    assert shower.opened == []
    assert with_places(again) == with_places(shower.read_anew())
    assert picture_in(again).data == svg("1").encode()


def read_by_the_next_process(reader: Reader) -> tuple[Book | None, list[Diagnostic]]:
    texts, kept = Kept(), Kept()
    first = reader.memory.joined_with(texts, kept)
    reader._read(first)
    first.keep_keys()
    reader.opened.clear()
    return reader._read(Memory(texts, kept))


def test_the_next_process_opens_no_picture_that_is_as_it_was(shower: Reader):
    again = read_by_the_next_process(shower)
    assert shower.opened == []
    assert with_places(again) == with_places(shower.read_anew())


def test_a_picture_of_the_same_size_that_changed_is_read(shower: Reader):
    shower.write(PICTURE, svg("2"))
    again = shower.read()
    assert "a.svg" in shower.opened
    assert with_places(again) == with_places(shower.read_anew())


@pytest.mark.parametrize("change", [lambda path: path.write_text(svg("2")), lambda path: path.unlink()])
def test_a_picture_that_changes_after_it_was_looked_at_is_told_and_never_shown(
    shower: Reader, change: Callable[[Path], object]
):
    picture = picture_in(read_by_the_next_process(shower))
    change(shower.root / PICTURE)
    with pytest.raises(Stop, match=r"a\.svg was changed while the book was built"):
        _ = picture.data


def test_a_picture_travels_with_its_bytes(shower: Reader):
    there = pickle.loads(pickle.dumps(picture_in(read_by_the_next_process(shower))))
    (shower.root / PICTURE).unlink()
    assert there.data == svg("1").encode()

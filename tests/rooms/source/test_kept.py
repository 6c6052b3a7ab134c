"""What is kept of a text that was read is what reading it again would give, with all places and all that was told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathbook.diagnostics import Collector, Diagnostic
from mathbook.document.book import Book
from mathbook.project import Project
from mathbook.source import read as reading
from mathbook.source import seed_file
from mathbook.source.kept import packed, unpacked
from mathbook.source.memory import Memory
from mathbook.source.read import read_book
from memories import Kept
from places import with_places
from specs import HERE, SPECS

ROOT = Path(__file__).resolve().parents[3]
FIRST = "manuscript/examples/01-first.md"


@dataclass
class Reader:
    """Reads a project again and again, each time as a new process would; `parsed` are the files that were parsed."""

    root: Path
    parsed: list[str] = field(default_factory=list)
    texts: Kept = field(default_factory=Kept)
    pictures: Kept = field(default_factory=Kept)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def read(self) -> tuple[Book | None, list[Diagnostic]]:
        self.parsed.clear()
        return self._read(Memory(self.texts, self.pictures))

    def read_anew(self) -> tuple[Book | None, list[Diagnostic]]:
        return self._read(None)

    def _read(self, memory: Memory | None) -> tuple[Book | None, list[Diagnostic]]:
        collector = Collector()
        return read_book(Project(self.root), collector, memory), collector.diagnostics


@pytest.fixture
def reader_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Reader]:
    def reader(root: Path) -> Reader:
        one, plain = Reader(root), reading.read_front_matter
        monkeypatch.setattr(
            reading, "read_front_matter", lambda text, file, told: (one.parsed.append(file), plain(text, file, told))[1]
        )
        return one

    return reader


@pytest.fixture
def reader(reader_of: Callable[[Path], Reader], tmp_path: Path) -> Reader:
    """A reader of a book with two examples, which has read it once."""
    one = reader_of(tmp_path)
    one.write("manuscript/book.yaml", "title: A Book\nmacros: {R: '\\mathbb{R}'}\n")
    one.write("manuscript/figures/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    one.write("seeds/talk.yaml", "title: A talk\nwho: Somebody\nwhere: Here\nclaims: Much.\n")
    one.write(FIRST, "---\nseed: talk\n---\n\n# One\n\nIt is $x \\in \\R$.\n\n::: source\n:::\n")
    one.write("manuscript/examples/02-second.md", "# Two\n\n![A square.](figures/a.svg)\n")
    assert one.read()[1] == []
    return one


def test_every_kind_of_node_is_kept_with_its_places(reader_of: Callable[[Path], Reader], tmp_path: Path):
    shutil.copytree(HERE / "_book", tmp_path / "book")
    (tmp_path / "book/manuscript/examples").mkdir()
    for number, name in enumerate(SPECS, start=1):
        shutil.copy(HERE / name / "in.md", tmp_path / f"book/manuscript/examples/{number:02}-{name}.md")
    reader = reader_of(tmp_path / "book")
    first, again = reader.read(), reader.read()
    assert reader.parsed == []
    assert with_places(again) == with_places(first) == with_places(reader.read_anew())


def test_the_real_book_is_kept_with_its_places(reader_of: Callable[[Path], Reader]):
    reader = reader_of(ROOT)
    first, again = reader.read(), reader.read()
    assert reader.parsed == []
    assert first[0]
    assert with_places(again) == with_places(first)


@given(st.text(alphabet=st.sampled_from("ab \n#*_$`[](){}:>-|!@^~\\1.\"'"), max_size=200))
def test_any_text_is_kept_as_it_was_read(text: str):
    project = Project(Path("/nowhere"))
    reader = reading._Reader(project, reading.Meta(title=""), {}, Collector(), Memory())
    one = reader._read(Path(f"/nowhere/{FIRST}"), FIRST, text)
    assert with_places(unpacked(packed(one, FIRST), FIRST)) == with_places(one)


def test_the_deepest_nesting_is_kept(reader: Reader):
    reader.write(
        FIRST, "> " * 60 + "*_" * 60 + "deep" + "_*" * 60 + "\n\n" + "".join(f"{'  ' * n}- a\n" for n in range(60))
    )
    first, again = reader.read(), reader.read()
    assert reader.parsed == []
    assert with_places(again) == with_places(first)


def test_only_what_changed_is_parsed(reader: Reader):
    reader.write(FIRST, "# One\n\nNew.\n")
    reader.write("manuscript/examples/03-third.md", "# Three\n\nNew.\n")
    again = reader.read()
    assert reader.parsed == [FIRST, "manuscript/examples/03-third.md"]
    assert with_places(again) == with_places(reader.read_anew())


@pytest.mark.parametrize(
    ("name", "text", "parsed"),
    [
        ("manuscript/book.yaml", "title: A Book\nmacros: {R: '\\mathrm{R}'}\n", 2),
        ("manuscript/book.yaml", "title: Another\nmacros: {R: '\\mathbb{R}'}\n", 0),
        ("manuscript/figures/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="9"/>', 1),
        ("seeds/talk.yaml", "title: A talk\nwho: Another\nwhere: Here\nclaims: Much.\n", 1),
        ("seeds/more.yaml", "title: A paper\nwho: Another\nwhere: There\nclaims: More.\n", 0),
    ],
)
def test_a_text_is_parsed_again_when_what_it_was_read_with_is_another(
    reader: Reader, name: str, text: str, parsed: int
):
    reader.write(name, text)
    again = reader.read()
    assert len(reader.parsed) == parsed
    assert with_places(again) == with_places(reader.read_anew())


@pytest.mark.parametrize(
    "words", ["---\nseed: tolk\n---\n\n# One\n", "# One\n\n![A hill](figures/b.svg)\n\n$\\nothing$\n"]
)
def test_a_mistake_is_told_again(reader: Reader, words: str):
    reader.write(FIRST, words)
    first, again = reader.read(), reader.read()
    assert again[1] == first[1] != []


def test_what_was_missing_is_found_once_it_is_there(reader: Reader):
    reader.write(FIRST, "---\nseed: more\n---\n\n# One\n\n![A hill](figures/b.svg)\n")
    assert len(reader.read()[1]) == 3  # the talk is no longer named
    reader.write("manuscript/figures/b.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    reader.write("seeds/more.yaml", "title: A paper\nwho: Another\nwhere: There\nclaims: More.\n")
    assert [str(one.code.value) for one in reader.read()[1]] == ["seed.missing"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("seeds/other.yaml", "title: A talk\nwho: Another\n"),
        ("seeds/other.yaml", "id: talk\ntitle: A talk\nwho: Another\nwhere: Here\nclaims: Much.\n"),
        ("seeds/talk.yaml", "title: [\n"),
        ("seeds/talk.yaml", "title: A talk\nwho: Somebody\nwhere: Here\nclaims: Much.\ncolour: red\n"),
    ],
)
def test_what_is_wrong_with_a_seed_is_told_again(reader: Reader, name: str, text: str):
    reader.write(name, text)
    first, again = reader.read(), reader.read()
    assert with_places(again) == with_places(first) == with_places(reader.read_anew())
    assert again[1] != []


def test_a_seed_that_is_as_it_was_is_not_parsed(reader: Reader, monkeypatch: pytest.MonkeyPatch):
    first = reader.read_anew()
    monkeypatch.setattr(seed_file, "_read_seed", None)
    assert with_places(reader.read()) == with_places(first)


@pytest.mark.parametrize(
    "data", [b"", b"[", b"[]", b"{}", b"7", b"[0]", b'["x"]', b"[999]", b"[2]", b"[2,[3,4,5,6]]", b"\xff"]
)
def test_bytes_that_are_no_reading_are_parsed_anew(reader: Reader, data: bytes):
    assert unpacked(data, FIRST) is None
    reader.texts.entries = dict.fromkeys(reader.texts.entries, data)
    reader.pictures.entries = dict.fromkeys(reader.pictures.entries, data)
    again = reader.read()
    assert len(reader.parsed) == 2
    assert with_places(again) == with_places(reader.read_anew())

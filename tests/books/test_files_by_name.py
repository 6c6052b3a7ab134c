"""Stories of files that are asked for by name: only what they need is made, and all others stay as they are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tale import FORMATS, Story

from mathbook.build import memo_file
from mathbook.build.events import Unpaged
from mathbook.diagnostics import Code, Stop
from mathbook.document.ledger import from_json
from mathbook.formats import formats

UNITS = ("preface", "odd-numbers", "birthdays")
SECOND = "manuscript/examples/02-birthdays.md"
FRESH = {
    "book.pdf": ("pdf", "student", UNITS),
    "book-instructor.epub": ("epub", "instructor", UNITS),
    "deck.pptx": ("deck", "student", UNITS),
    "slides-handout.pdf": ("slides-handout", "student", UNITS),
    "handouts/01-odd-numbers.pdf": ("pdf", "student", ("odd-numbers",)),
    "handouts/02-birthdays-instructor.pdf": ("pdf", "instructor", ("birthdays",)),
    "decks/02-birthdays.pptx": ("deck", "student", ("birthdays",)),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """A book that was built whole."""
    return Story.of_a_new_book(tmp_path_factory.mktemp("whole")).build()


@pytest.fixture
def book(whole: Story, tmp_path: Path) -> Story:
    """Such a book, which may be changed."""
    shutil.copytree(whole.root, tmp_path / "book")
    return Story(tmp_path / "book")


@pytest.fixture
def fresh(tmp_path: Path) -> Story:
    """A book that was never built."""
    return Story.of_a_new_book(tmp_path)


@pytest.fixture(scope="module")
def by_format(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What builds of one format alone make."""
    folder, made = tmp_path_factory.mktemp("by-format"), dict[str, bytes]()
    for name in (*FORMATS, "slides-handout"):
        made |= Story.of_a_new_book(folder / name).build(name).published
    return made


def files_in(book: Story) -> set[str]:
    return set(json.loads(book.published["ledger.json"])["files"])


@pytest.mark.parametrize(("name", "needed"), FRESH.items(), ids=list(FRESH))
def test_a_file_alone_is_what_a_build_of_its_format_makes_of_it(
    fresh: Story, by_format: dict[str, bytes], name: str, needed: tuple[str, str, tuple[str, ...]]
):
    format_name, audience, units = needed
    fresh.build(files=(name,))
    assert fresh.compiled == {(unit, format_name, audience) for unit in units}
    assert fresh.linked == {name}
    assert set(fresh.published) == {name, "index.html", "ledger.json"}
    assert fresh.published[name] == by_format[name]


@pytest.mark.parametrize(
    "files",
    [("decks/02-birthdays.pptx", "handouts/02-birthdays.pdf"), ("deck.pptx", "book.epub", "book.pdf")],
)
def test_beside_the_file_whose_pages_it_shows_a_file_is_that_of_the_whole_build(
    fresh: Story, whole: Story, files: tuple[str, ...]
):
    published = fresh.build(files=files).published
    assert {name: published[name] for name in files} == {name: whole.published[name] for name in files}
    assert not [event for event in fresh.events if isinstance(event, Unpaged)]


def test_a_deck_without_its_handout_says_that_it_names_no_pages(fresh: Story):
    fresh.build(files=("decks/01-odd-numbers.pptx", "decks/02-birthdays.pptx"))
    assert [event for event in fresh.events if isinstance(event, Unpaged)] == [Unpaged("deck", "pdf")]


def test_all_other_files_stay_and_a_whole_build_puts_them_right(book: Story, tmp_path: Path):
    before = book.published
    book.change(SECOND, "the balance tips", "the balance turns")
    book.build(files=("decks/02-birthdays.pptx", "handouts/02-birthdays.pdf"))
    assert book.linked == {"decks/02-birthdays.pptx", "handouts/02-birthdays.pdf"}
    assert {name for name, data in book.published.items() if data != before.get(name)} == {
        *book.linked,
        "ledger.json",
    }
    assert files_in(book) == {name for name in before if name != "ledger.json"}
    told = book.run("verify")
    behind = {line.split()[1] for line in told.lines if line.startswith("stale")}
    assert told.code == 1
    assert behind == {
        *(f"{name}{mark}" for mark in (".pdf", ".epub") for name in ("book", "book-instructor")),
        *("deck.pptx", "deck-instructor.pptx", "handouts/02-birthdays-instructor.pdf"),
    }
    book.build()
    assert book.linked == behind
    assert book.run("verify").code == 0
    shutil.copytree(book.root, tmp_path / "other", ignore=shutil.ignore_patterns(".mathbook", "dist"))
    assert book.published == Story(tmp_path / "other").build().published


@pytest.mark.parametrize(
    "files", [("handouts/01-odd-numbers.pdf",), ("book-instructor.pdf",), ("deck.pptx", "book.pdf")]
)
def test_what_stands_as_it_is_to_be_is_left_alone_and_so_is_the_ledger(book: Story, files: tuple[str, ...]):
    before = book.published
    book.build(files=files)
    assert (book.compiled, book.linked, book.changed) == (set(), set(), set())
    assert book.published == before


def test_the_ledger_goes_on_telling_where_all_is_in_the_books_that_stay(book: Story):
    before = json.loads(book.published["ledger.json"])["units"]
    book.change(SECOND, "the balance tips", "the balance turns")
    book.build("epub", files=("decks/02-birthdays.pptx",))
    units = json.loads(book.published["ledger.json"])["units"]
    assert units["birthdays"]["fingerprint"] != before["birthdays"]["fingerprint"]
    assert units["birthdays"]["where"] == before["birthdays"]["where"]
    assert {**units, "birthdays": {}} == {**before, "birthdays": {}}
    changed = [block for block in units["birthdays"]["blocks"] if block not in before["birthdays"]["blocks"]]
    assert [set(block["where"]) for block in changed] == [{"epub"}]


def test_a_build_of_one_file_forgets_nothing_of_the_others(book: Story, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memo_file, "_SPARE", 0)
    book.build()
    sizes = {path: path.stat().st_size for path in book.cached if path.name.startswith(("heads~", "finished~"))}
    book.build(files=("decks/01-odd-numbers.pptx", "handouts/01-odd-numbers.pdf"))
    assert [path.name for path, size in sizes.items() if path.stat().st_size < size] == []
    assert book.build().linked == set()


def test_a_format_beside_a_file_is_built_whole(fresh: Story):
    assert fresh.run("build", "epub", "deck-instructor.pptx").code == 0
    assert files_in(fresh) == {"book.epub", "book-instructor.epub", "deck-instructor.pptx", "index.html"}
    assert fresh.run("build", "pdf", "deck.pptx", "--audience", "student").code == 0
    assert {"book.pdf", "handouts/01-odd-numbers.pdf", "deck.pptx", "book-instructor.epub"} <= files_in(fresh)
    assert "book-instructor.pdf" not in files_in(fresh)


def test_of_an_example_that_is_gone_only_a_build_of_the_format_takes_the_file_away(book: Story):
    book.remove(SECOND).remove("seeds/02-birthdays.yaml").build(files=("deck.pptx", "book.pdf"))
    assert {"decks/02-birthdays.pptx", "handouts/02-birthdays.pdf"} <= files_in(book)
    book.build("deck", files=("book.pdf",))
    assert "decks/02-birthdays.pptx" not in book.published
    assert "handouts/02-birthdays.pdf" in files_in(book)


def test_names_that_no_file_has_are_told_all_at_once_and_nothing_is_published(book: Story):
    before = book.published
    told = book.run("build", "epub", "decks/7-x.pptx", "dekc.pptx", "01-odd-numbers.pdf", "handouts/02-brithday.pdf")
    decks = "decks/01-odd-numbers.pptx, decks/02-birthdays.pptx"
    assert told.code == 2
    assert told.lines == [
        "error[file.unknown]: the book has no file '01-odd-numbers.pdf'; did you mean handouts/01-odd-numbers.pdf?",
        f"error[file.unknown]: the book has no file 'decks/7-x.pptx'; there are: {decks}",
        "error[file.unknown]: the book has no file 'dekc.pptx'; did you mean deck.pptx?",
        "error[file.unknown]: the book has no file 'handouts/02-brithday.pdf'; did you mean handouts/02-birthdays.pdf?",
        "4 errors; nothing was changed",
    ]
    assert book.published == before


def test_an_example_may_be_called_as_instructor_s_files_are(fresh: Story):
    fresh.write("manuscript/examples/03-ask-the-instructor.md", "# Ask\n\nWords.\n")
    files = ("decks/03-ask-the-instructor.pptx", "handouts/03-ask-the-instructor.pdf")
    fresh.build(files=files)
    assert files_in(fresh) == {*files, "index.html"}
    with pytest.raises(Stop) as stopped:
        fresh.build(files=("decks/03-ask-the-instructor-instructor.pptx",))
    assert [diagnostic.code for diagnostic in stopped.value.diagnostics] == [Code.FILE_UNKNOWN]


def test_two_workers_make_of_a_file_what_one_makes(fresh: Story, by_format: dict[str, bytes]):
    assert fresh.build(files=("deck.pptx",), workers=2).published["deck.pptx"] == by_format["deck.pptx"]


@pytest.mark.parametrize("name", ["decks/01-odd-numbers.pptx", "handouts/01-odd-numbers.pdf"])
def test_a_file_alone_is_proved(fresh: Story, name: str):
    carried = formats()[{".pptx": "deck", ".pdf": "pdf"}[Path(name).suffix]].door("unseal")
    fresh.build(files=(name,))
    ledger = from_json(carried(fresh.root / "dist" / name))
    assert [unit.id for unit in ledger.units] == ["odd-numbers"]
    assert any(block.where for block in ledger.units[0].blocks)
    fresh.run("build", "--no-verify", name)
    assert not any(block.where for block in from_json(carried(fresh.root / "dist" / name)).units[0].blocks)

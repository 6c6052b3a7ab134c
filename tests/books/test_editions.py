"""Stories: an edition is kept, the book goes on, and everyone can tell what is new."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from tale import Story

from mathbook.deck.unseal import unseal

SEED = "seeds/01-odd-numbers.yaml"
EXAMPLE = "manuscript/examples/01-odd-numbers.md"


@pytest.fixture
def book(tmp_path: Path) -> Story:
    """A book whose first edition was built and kept."""
    story = Story.of_a_new_book(tmp_path)
    assert story.run("changes", "--keep").lines == ["kept in editions/1.json"]
    return story


def second_edition(book: Story) -> Story:
    book.change("manuscript/book.yaml", 'edition: "1"\ndate: 2026-01-01', 'edition: "2"\ndate: 2026-06-01')
    book.change(EXAMPLE, "Lay one stone.", "Lay down one stone.")
    book.remove("manuscript/examples/02-birthdays.md").remove("seeds/02-birthdays.yaml")
    return book.write("manuscript/examples/03-third.md", "# Third\n\nWords.\n")


def test_the_command_tells_what_is_new_since_the_kept_edition(book: Story):
    told = second_edition(book).run("changes")
    assert told.lines == [
        "since 1, 2026-01-01:",
        "new        3. Third",
        "revised    1. Odd numbers make squares",
        "    Lay {+down+} one stone. Put three around it, …",
        "withdrawn  2. Twenty-three birthdays",
        "1 as they were",
    ]


def test_an_e_book_of_the_earlier_edition_tells_the_same(book: Story):
    book.build("epub")
    old = book.root.parent / "old.epub"
    shutil.copy(book.root / "dist/book.epub", old)
    told = json.loads("\n".join(second_edition(book).run("changes", "--since", str(old), "--json").lines))
    assert [unit["id"] for unit in told["new"]] == ["third"]
    assert [unit["id"] for unit in told["revised"]] == ["odd-numbers"]
    assert any(re.search("Lay down one stone", line["after"]) for line in told["revised"][0]["words"])
    assert [unit["title"] for unit in told["withdrawn"]] == ["Twenty-three birthdays"]
    assert told["since"]["edition"] == "1"


def test_a_changed_formula_is_told_where_it_stands(book: Story):
    book.build("epub")
    old = book.root.parent / "old.epub"
    shutil.copy(book.root / "dist/book.epub", old)
    example = book.root / "manuscript/examples/02-birthdays.md"
    example.write_text(example.read_text("utf-8").replace("Let $n$ people come", "Let $m$ people come"), "utf-8")
    lines = book.run("changes", "--since", str(old)).lines
    assert any("Let [-n-] {+m+} people" in line for line in lines)


@pytest.fixture
def nabla(tmp_path: Path) -> Story:
    """A book with a formula in a title."""
    return Story.of_a_new_book(tmp_path).change(EXAMPLE, "Odd numbers make squares", r"Odd $\nabla f$")


def test_a_formula_in_a_title_is_a_line_of_text_in_ledgers_and_kept_editions(nabla: Story):
    nabla.build("epub", "deck", "pdf").run("changes", "--keep")
    carried = unseal(nabla.root / "dist/deck.pptx")
    assert carried is not None
    ledgers = (json.loads(data) for data in (nabla.read("dist/ledger.json"), carried))
    assert [ledger["units"]["odd-numbers"]["title"] for ledger in ledgers] == ["Odd ∇f"] * 2
    assert '"title": "Odd ∇f"' in nabla.read("editions/1.json")
    nabla.remove(EXAMPLE).remove(SEED).change("manuscript/book.yaml", 'edition: "1"', 'edition: "2"')
    assert "withdrawn  1. Odd ∇f" in nabla.run("changes").lines
    assert "withdrawn  1. Odd ∇f" in nabla.run("changes", "--since", str(nabla.root / "dist/ledger.json")).lines


def test_a_file_that_was_not_proved_carries_such_titles_too(nabla: Story):
    nabla.run("build", "--no-verify", "deck")
    carried = unseal(nabla.root / "dist/deck.pptx")
    assert carried is not None and "Odd ∇f" in carried.decode()


def test_a_title_that_an_earlier_version_kept_in_latex_has_not_changed(nabla: Story):
    nabla.run("changes", "--keep")
    nabla.change("editions/1.json", "Odd ∇f", r"Odd \\nabla f")
    assert nabla.run("changes", "--since", "1").lines[1:] == ["3 as they were"]
    assert nabla.run("changes", "--keep").lines == ["kept in editions/1.json"]
    nabla.change(EXAMPLE, r"Odd $\nabla f$", r"Odd $\nabla g$")
    nabla.change("editions/1.json", "Odd ∇f", r"Odd \\nabla f")
    assert nabla.run("changes", "--since", "1").lines[1:] == [
        "revised    1. Odd ∇g",
        r"    Odd [-\nabla f-] {+∇g+}",
        "2 as they were",
    ]


def test_a_ledger_tells_which_without_the_words(book: Story):
    book.build("epub")
    old = book.root.parent / "old.json"
    shutil.copy(book.root / "dist/ledger.json", old)
    told = second_edition(book).run("changes", "--since", str(old))
    assert [line.split()[0] for line in told.lines] == ["since", "new", "revised", "withdrawn", "1"]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("deck.pptx", ["new", "revised", "withdrawn"]),
        ("decks/01-odd-numbers.pptx", ["revised"]),
        ("decks/02-birthdays.pptx", ["withdrawn"]),
    ],
)
def test_a_file_that_carries_its_ledger_tells_the_same_of_what_it_holds(book: Story, file: str, told: list[str]):
    book.build("deck")
    old = book.root.parent / "old.pptx"
    shutil.copy(book.root / "dist" / file, old)
    lines = second_edition(book).run("changes", "--since", str(old)).lines
    assert [line.split()[0] for line in lines[1:-1]] == told


def test_a_file_that_is_not_there_or_carries_nothing_is_told(book: Story):
    strange = book.root.parent / "strange.pptx"
    strange.write_bytes(b"no deck")
    foreign = book.root.parent / "foreign.epub"
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("META-INF/container.xml", "<container/>")
    assert "foreign.epub carries no ledger" in book.run("changes", "--since", str(foreign)).lines[0]
    assert "there is no file gone/old.epub" in book.run("changes", "--since", "gone/old.epub").lines[0]
    assert "strange.pptx carries no ledger" in book.run("changes", "--since", str(strange)).lines[0]


def test_the_books_own_edition_is_no_earlier_one(book: Story):
    told = book.run("changes")
    assert told.code == 1
    assert "edition 1 was kept, and is the book's own still: there is none before it" in told.lines[0]


def test_an_edition_that_was_kept_is_not_kept_anew_when_it_has_changed(book: Story):
    assert book.run("changes", "--keep").code == 0
    book.change(EXAMPLE, "Lay one stone.", "Lay down one stone.")
    told = book.run("changes", "--keep")
    assert told.code == 1
    assert "edition 1 was kept already, and has changed since; give the book a new edition" in told.lines[0]


def test_an_unknown_edition_is_told_with_those_that_were_kept(book: Story):
    told = book.run("changes", "--since", "0")
    assert (told.code, told.lines[0]) == (1, "error[edition.missing]: no edition '0' was kept; kept: 1")


def test_a_changed_seed_has_its_example_looked_at_until_revised_moves(book: Story):
    assert book.run("check").lines == ["3 units, nothing wrong"]
    book.change(SEED, "An old observation", "A very old observation")
    told = "\n".join(book.run("check").lines)
    assert "warning[seed.changed]: the seed of 'odd-numbers' has changed since edition 1" in told
    book.change(EXAMPLE, "minutes: 6", "minutes: 6\nrevised: 2026-06-01")
    assert book.run("check").lines == ["3 units, nothing wrong"]


def test_all_formats_tell_the_news_and_hold_the_edition_and_its_date(book: Story):
    second_edition(book).build()
    for name in ("book.pdf", "book.epub", "deck.pptx"):
        words = said(book.root / "dist" / name)
        assert "What has changed since Edition 1, 2026-01-01" in words, name
        assert "Edition 2, 2026-06-01" in words, name


def said(path: Path) -> str:
    """Return all words of a finished file."""
    if path.suffix == ".pdf":
        import pypdfium2

        with pypdfium2.PdfDocument(path) as document:
            return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    import zipfile

    with zipfile.ZipFile(path) as archive:
        pages = [name for name in archive.namelist() if name.endswith((".xhtml", ".xml"))]
        return " ".join(re.sub(r"<[^>]+>", "", archive.read(name).decode("utf-8")) for name in pages)


@pytest.mark.parametrize(
    ("member", "content", "told"),
    [
        ("META-INF/container.xml", b"<container/>", "META-INF/container.xml names no package"),
        ("OEBPS/text/birthdays.xhtml", b"<html", "can't be read"),
        ("META-INF/mathbook.json", b"[]", "the ledger in damaged.epub can't be read"),
    ],
)
def test_a_damaged_e_book_is_told_in_a_line(book: Story, member: str, content: bytes, told: str):
    book.build("epub")
    damaged = book.root.parent / "damaged.epub"
    with zipfile.ZipFile(book.root / "dist/book.epub") as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    assert told in book.run("changes", "--since", str(damaged)).lines[0]

"""Stories: build, change, build again; what was compiled, what came from the cache, what was published."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from tale import AUDIENCES, FORMATS, Story

from mathbook.build.events import Told, Unpaged

UNITS = {"preface", "odd-numbers", "birthdays"}
THIRD = """---
title: A third example
topics: [sums]
---

## One more

It is $1 + 2 + 3 = 6$.

$$
1 + 2 + \\dots + n = \\frac{n(n+1)}{2}
$$ {#eq:gauss}
"""


@pytest.fixture
def book(tmp_path: Path) -> Story:
    return Story.of_a_new_book(tmp_path)


def everything(*units: str) -> set[tuple[str, str, str]]:
    return {(unit, format_name, audience) for unit in units for format_name in FORMATS for audience in AUDIENCES}


def test_a_second_build_compiles_nothing_and_changes_nothing(book: Story):
    book.build()
    assert book.compiled == everything(*UNITS)
    before = book.published
    book.build()
    assert book.compiled == set()
    assert book.reused == everything(*UNITS)
    assert (book.changed, book.linked) == (set(), set())
    assert book.published == before


def test_an_added_example_appears_in_all_formats_and_is_all_that_is_compiled(book: Story):
    book.build()
    book.write("manuscript/examples/03-third.md", THIRD).build()
    assert book.compiled == everything("third")
    assert book.reused == everything(*UNITS)
    assert book.planned == (24, 6)
    assert {"handouts/03-third.pdf", "decks/03-third.pptx"} <= set(book.published)
    assert {"book.pdf", "book.epub", "deck.pptx"} <= book.changed
    assert "handouts/03-third.pdf" in book.linked
    assert {name for name in book.linked if name.startswith(("handouts/01", "handouts/02", "decks/01"))} == set()
    for name in ("book.pdf", "book.epub", "deck.pptx"):
        assert said(book.root / "dist" / name, "A third example"), name


def said(file: Path, words: str) -> bool:
    """True if the finished file says the words, read back by its format's own reader."""
    room = {".pdf": "pdf", ".epub": "epub", ".pptx": "deck"}[file.suffix]
    read_back = __import__(f"mathbook.{room}.read_back", fromlist=["read_back"]).read_back
    return any(words in passage.words for passage in read_back(file))


def test_a_changed_example_is_all_that_is_compiled(book: Story):
    book.build("epub")
    book.change("manuscript/examples/02-birthdays.md", "the balance tips", "the balance turns").build("epub")
    assert {unit for unit, _, _ in book.compiled} == {"birthdays"}


def test_a_finished_file_that_somebody_changed_is_linked_again(book: Story):
    book.build()
    before = book.published
    handout = book.root / "dist" / "handouts/01-odd-numbers.pdf"
    handout.write_bytes(handout.read_bytes() + b"%")
    (book.root / "dist" / "deck.pptx").unlink()
    book.build()
    assert book.linked == {"handouts/01-odd-numbers.pdf", "deck.pptx"}
    assert book.published == before


def test_an_example_put_before_another_changes_nothing_in_it(book: Story):
    book.write("manuscript/examples/04-later.md", THIRD.replace("gauss", "later")).build("epub")
    book.write("manuscript/examples/03-third.md", THIRD).build("epub")
    assert {unit for unit, _, _ in book.compiled} == {"third"}


def test_a_line_put_into_the_source_compiles_nothing(book: Story):
    book.build("epub").change("manuscript/examples/02-birthdays.md", "## Count", "\n\n## Count").build("epub")
    assert book.compiled == set()


def test_a_changed_solution_compiles_the_instructor_s_edition_only(book: Story):
    book.build("epub").change("manuscript/examples/01-odd-numbers.md", "so the sum is", "so it is").build("epub")
    assert book.compiled == {("odd-numbers", "epub", "instructor")}


@pytest.mark.parametrize(
    ("file", "old", "new", "unit"),
    [
        ("manuscript/figures/squares.svg", "#14505c", "#145050", "odd-numbers"),
        ("seeds/02-birthdays.yaml", "A classroom favourite", "An old favourite", "birthdays"),
    ],
)
def test_a_changed_figure_or_seed_compiles_the_example_that_uses_it(
    book: Story, file: str, old: str, new: str, unit: str
):
    book.build("epub").change(file, old, new).build("epub")
    assert {name for name, _, _ in book.compiled} == {unit}


def test_what_is_taken_back_comes_from_the_cache(book: Story):
    before = book.build("epub").published
    book.write("manuscript/examples/03-third.md", THIRD).build("epub")
    book.remove("manuscript/examples/03-third.md").build("epub")
    assert book.compiled == set()
    assert book.published == before


def test_two_workers_make_the_same_bytes_as_one(book: Story):
    before = book.build("epub").published
    for entry in book.cached:
        entry.unlink()
    assert book.build("epub", workers=2).published == before


def test_what_is_taken_out_of_the_manuscript_goes_from_dist(book: Story):
    book.write("manuscript/examples/03-third.md", THIRD).build("pdf")
    assert "handouts/03-third.pdf" in book.published
    book.remove("manuscript/examples/03-third.md").build("pdf")
    assert "handouts/03-third.pdf" not in book.published


def test_files_that_aren_t_ours_stay_in_dist(book: Story):
    book.write("dist/mine.txt", "mine").build("epub").build("epub")
    assert book.published["mine.txt"] == b"mine"


def test_a_damaged_entry_of_the_cache_is_made_anew(book: Story):
    book.build("epub")
    before = book.published
    for entry in book.cached:
        data = bytearray(entry.read_bytes())
        data[len(data) // 2] ^= 1
        entry.write_bytes(bytes(data))
    book.build("epub")
    remembered = 2 + len(AUDIENCES)  # what was read of the texts and of the pictures, and what was resolved for each
    assert book.healed == len(UNITS) * len(AUDIENCES) + remembered
    assert book.published == before


def test_two_books_of_the_same_manuscript_are_the_same_bytes(tmp_path: Path):
    one = Story.of_a_new_book(tmp_path / "one").build()
    other = Story.of_a_new_book(tmp_path / "other").build()
    assert one.published == other.published


def test_a_student_s_files_hold_no_solution(book: Story):
    book.build()
    for name, data in book.published.items():
        if "instructor" not in name:
            assert not said_anywhere(name, data, "so the sum is"), name
    assert said(book.root / "dist" / "book-instructor.pdf", "so the sum is")


def said_anywhere(name: str, data: bytes, words: str) -> bool:
    """True if the words stand in the file, or in a member of it if it is a zip."""
    if name.endswith((".epub", ".pptx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(words.encode() in archive.read(member) for member in archive.namelist())
    return words.encode() in data


def test_json_tells_what_happened(book: Story):
    told = book.run("build", "epub", "--json")
    record = json.loads("\n".join(told.lines))
    assert record["ok"] is True
    assert {"compiled", "linked", "published"} <= {event["event"] for event in record["events"]}


def test_building_one_format_leaves_the_others_where_they_are(book: Story):
    book.build()
    before = set(book.published)
    book.build("epub")
    assert set(book.published) == before
    assert set(json.loads(book.published["ledger.json"])["files"]) >= {"book.pdf", "deck.pptx", "book.epub"}


def test_the_e_book_names_printed_pages_if_the_pdf_is_built_with_it_and_says_so_if_not(book: Story):
    book.build("epub")
    assert [(e.format, e.pages_of) for e in book.events if isinstance(e, Unpaged)] == [("epub", "pdf")] * 2
    assert not said_anywhere("book.epub", book.published["book.epub"], "doc-pagelist")
    before = book.cached
    book.build("pdf", "epub")
    assert not [e for e in book.events if isinstance(e, Unpaged)]
    assert said_anywhere("book.epub", book.published["book.epub"], "doc-pagelist")
    # the e-book's fragments are those of before: the marks are put in when it is linked
    assert set(before) < set(book.cached) and not {format_name for _, format_name, _ in book.compiled} & {"epub"}


@pytest.mark.parametrize(("standard", "version"), [("ua-2", b"%PDF-2.0"), ("a-3a", b"%PDF-1.7")])
def test_a_book_in_another_standard_is_proved_and_published(tmp_path: Path, standard: str, version: bytes):
    story = Story.of_a_new_book(tmp_path)
    book = story.read("manuscript/book.yaml")
    story.write("manuscript/book.yaml", f"{book}\npdf:\n  standard: {standard}\n").build("pdf")
    assert (story.root / "dist/book.pdf").read_bytes().startswith(version)


def test_a_warning_tells_the_line_where_the_manuscript_has_it_now(tmp_path: Path):
    name, formula = "manuscript/examples/09-a.md", "$$\n\\begin{array}{c|c} a & b \\end{array}\n$$\n"
    story = Story.of_a_new_book(tmp_path)
    for above in ("", "<!-- not shown -->\n\n", "<!-- not shown -->\n\n"):
        # the deck of an example whose words are the same is the same: only the places have moved
        story.write(name, f"---\ntitle: A\n---\n\n{above}{formula}").build("deck")
        told = [event.diagnostic.span for event in story.events if isinstance(event, Told)]
        assert {span.line for span in told if span.file == name} == {story.line_of(name, "$$")}
    assert not story.compiled

"""Stories of decks that come home: built, edited, pulled, built again."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pptx import Presentation
from speaker import Deck, said, saved_by_libreoffice
from tale import Story

from mathbook.build.make import Request, make
from mathbook.project import Project
from mathbook.talk.deck_file import open_deck, record_in
from mathbook.talk.pull import apply, pull

FIRST, SECOND = "manuscript/examples/01-odd-numbers.md", "manuscript/examples/02-birthdays.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    story = Story.of_a_new_book(tmp_path_factory.mktemp("built"))
    story.change(FIRST, "So the first $n$ corners hold", "So the *first* [$n$ corners]{.index} hold")
    story.change(SECOND, "It is easier to count", "It is **easier** to count")
    return story.build("deck").root


@pytest.fixture
def book(built: Path, tmp_path: Path) -> Story:
    shutil.copytree(built, tmp_path / "book")
    return Story(tmp_path / "book")


def bring(book: Story, talk: Path) -> None:
    apply(Project(book.root), pull(Project(book.root), talk))


def deck_of(book: Story, name: str = "deck.pptx") -> Deck:
    return Deck(book.root / "dist" / name)


EDITS: dict[str, tuple[Callable[[Deck], Deck], str, str]] = {
    "a line of a list": (
        lambda deck: deck.say("The proof", "So the ", "Therefore the "),
        FIRST,
        "- Therefore the *first* [$n$ corners]{.index} hold\n",
    ),
    "a word inside emphasis": (
        lambda deck: deck.say("Count what doesn’t happen", "easier", "much simpler"),
        SECOND,
        "It is **much simpler** to count the rooms",
    ),
    "an added bullet": (
        lambda deck: deck.add_bullet("The proof", "So the", "Count 100% of the *stones*"),
        FIRST,
        "hold\n- Count 100% of the \\*stones\\*\n",
    ),
    "a bullet taken out": (
        lambda deck: deck.take_out("The proof", "-th corner has"),
        FIRST,
        "## The proof\n\n- So the *first*",
    ),
    "a table's cell": (
        lambda deck: deck.fill_cell("Count what doesn’t happen", 2, 1, "49.27%"),
        SECOND,
        "|     23 |       49.27% |               50.7% |",
    ),
    "notes": (
        lambda deck: deck.say_in_notes("Exercise 2.1: Your own birthday", "about seven times in ten", "most times"),
        SECOND,
        "With thirty people you win most times.\n",
    ),
    "new notes behind notes": (
        lambda deck: deck.note("Exercise 1.1: The first hundred", "Give them a minute."),
        FIRST,
        "let the room count.\n\nGive them a minute.\n:::\n",
    ),
    "new notes where there were none": (
        lambda deck: deck.note("The picture", "Say it slowly."),
        FIRST,
        'seven stones."}\n\n::: notes\nSay it slowly.\n:::\n\n## The proof\n',
    ),
    "a formula": (
        lambda deck: deck.change_formula("The proof", "1", "3"),
        FIRST,
        "\\sum_{k=3}^{n} (2k - 1) = 2 \\cdot \\frac{n(n+1)}{2} - n = n^2 .\n",
    ),
    "the source record": (
        lambda deck: deck.say("Source: Odd numbers and squares", "An old observation", "A very old observation"),
        "seeds/01-odd-numbers.yaml",
        "who: A very old observation",
    ),
    "the book's subtitle": (
        lambda deck: deck.say("A Story", "worked out in full", "told in full"),
        "manuscript/book.yaml",
        "subtitle: Two examples, told in full",
    ),
    "a caption": (
        lambda deck: deck.say("The picture", "Each corner turns", "Every corner turns"),
        FIRST,
        "![Every corner turns a square",
    ),
    "a title in the front matter": (
        lambda deck: deck.entitle("Twenty-three birthdays", "Twenty-three guests"),
        SECOND,
        "\ntitle: Twenty-three guests\n",
    ),
    "a heading": (
        lambda deck: deck.entitle("The picture", "A picture of stones"),
        FIRST,
        "\n## A picture of stones\n",
    ),
    "the title of an exercise": (
        lambda deck: deck.entitle("Exercise 1.1: The first hundred", "Exercise 1.1: The first thousand"),
        FIRST,
        'title="The first thousand"}',
    ),
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_comes_home_and_a_new_deck_says_what_the_edited_one_says(book: Story, kind: str):
    edit, file, written = EDITS[kind]
    talk = edit(deck_of(book)).save()
    before = book.read(file)
    pulled = pull(Project(book.root), talk)
    assert book.read(file) == before, "nothing is written before it is applied"
    assert (len(pulled.home), pulled.left, list(pulled.after)) == (1, (), [file])
    apply(Project(book.root), pulled)
    assert written in book.read(file)
    assert without_echoes(said(rebuilt(book))) == without_echoes(said(talk)), kind


def test_a_new_title_and_new_authors_come_home_to_a_book_without_an_identifier_that_stays_the_same(book: Story):
    talk = deck_of(book).entitle("A Story", "Another Story").say("Another Story", "Your Name", "My Name").save()
    assert "identifier" not in book.read("manuscript/book.yaml")
    told = book.run("pull", str(talk), "--apply")
    assert told.lines[-1] == "2 edits in 1 file: written"
    text = book.read("manuscript/book.yaml")
    assert 'title: "Another Story"' in text and "authors: [My Name]" in text and "\nidentifier: urn:uuid:" in text
    assert said(rebuilt(book))[0] == said(talk)[0]
    assert pull(Project(book.root), talk).after == {}, "it is the same book's deck"


def rebuilt(book: Story) -> Path:
    """Build the students' deck anew; return it."""
    list(make(Project(book.root), Request(formats=("deck",), audiences=("student",))))
    return book.root / "dist/deck.pptx"


def without_echoes(slides: list[list[str]]) -> list[list[str]]:
    """Leave out what follows from an edit elsewhere: the agenda, and lines that say again."""
    echoes = ("notes: It is", "notes: Source: ", "Source: ", "Takeaway: ")
    return [[line for line in lines if not line.startswith(echoes)] for lines in slides if lines[0] != "Examples"]


def test_an_unedited_deck_has_nothing_to_bring(book: Story):
    for name in ("deck.pptx", "deck-instructor.pptx", "decks/01-odd-numbers.pptx"):
        pulled = pull(Project(book.root), book.root / "dist" / name)
        assert (pulled.home, pulled.left, pulled.after) == ((), (), {}), name


def test_all_edits_of_one_deck_come_home_together(book: Story):
    deck = deck_of(book)
    for kind, (edit, _, _) in EDITS.items():
        if kind not in ("a title in the front matter", "a line of a list"):
            edit(deck)
    talk = deck.save()
    shown = book.run("pull", str(talk), "--json")
    home = json.loads("\n".join(shown.lines))
    assert home["left"] == []
    assert len(home["home"]) == len(EDITS) - 2
    assert "--- a/manuscript/book.yaml\n+++ b/manuscript/book.yaml\n" in home["diff"]
    assert book.run("pull", str(talk), "--apply").lines[-1] == "13 edits in 4 files: written"
    rebuilt(book)
    assert pull(Project(book.root), talk).after == {}, "what is home already is not brought again"


def test_a_solution_comes_home_from_the_instructors_deck(book: Story):
    talk = deck_of(book, "deck-instructor.pptx").say("Solution of Exercise 1.1", "so the sum is", "and so the sum is")
    bring(book, talk.save())
    assert "and so the sum is $100^2" in book.read(FIRST)


def test_a_deck_of_one_example_comes_home_too(book: Story):
    talk = deck_of(book, "decks/02-birthdays.pptx").say("Takeaway", "People are counted", "Guests are counted").save()
    bring(book, talk)
    assert "Guests are counted one by one" in book.read(SECOND)


def test_slides_in_another_order_move_their_blocks(book: Story):
    talk = deck_of(book).move(8, 6).save()
    bring(book, talk)
    text = book.read(FIRST)
    assert text.index("::: {.exercise #exr:hundred") < text.index("## The picture") < text.index("## The proof")
    assert [lines[0] for lines in said(rebuilt(book))] == [lines[0] for lines in said(talk)]


def test_a_new_slide_becomes_a_proposal(book: Story):
    talk = deck_of(book).add_slide("My story", "First\nSecond", at=9, notes="Slowly.").save()
    told = book.run("pull", str(talk), "--apply")
    assert told.lines[-1] == "0 edits in 1 file, 1 new slide as a proposal: written"
    proposal = book.read("proposals/talk.md")
    assert "<!-- slide 10 of talk.pptx, after “Exercise 1.1: The first hundred” -->" in proposal
    block = proposal.split("-->\n\n")[1]
    assert block.startswith(':::: {.slide title="My story"}')
    book.write(SECOND, book.read(SECOND) + "\n" + block)
    assert ["My story", "First", "Second", "notes: Slowly."] in said(rebuilt(book))


def test_the_record_in_a_students_deck_holds_no_answer(book: Story):
    for name, holds in (("deck.pptx", False), ("decks/01-odd-numbers.pptx", False), ("deck-instructor.pptx", True)):
        record = record_in(open_deck(book.root / "dist" / name))
        words = [line for _, slide in record.slides for line in slide.words]
        assert any("so the sum is" in line for line in words) == holds, name


def test_what_the_book_decides_is_listed_with_its_slide_and_the_reason(book: Story):
    deck = deck_of(book).entitle("Exercise 1.1: The first hundred", "Problem 1.1: The first hundred")
    told = book.run("pull", str(deck.remove_slide("The picture").save()))
    assert told.lines == [
        "not pulled: slide 6: the slide “The picture” was taken out: nothing is taken out of the book for a talk",
        "not pulled: slide 8: title “Exercise 1.1: The first hundred” → “Problem 1.1: The first hundred”: "
        "numbers, labels and marks are written by mathbook",
        "nothing comes home",
    ]


def test_a_manuscript_that_changed_elsewhere_in_the_line_is_merged(book: Story):
    talk = deck_of(book).say("Takeaway", "a sum that you won’t", "one that you won’t").save()
    book.change(FIRST, "A sum that you can see", "A sum that all can see")
    bring(book, talk)
    assert "A sum that all can see is one that you won't forget." in book.read(FIRST)


def test_a_manuscript_that_says_something_else_there_now_is_a_conflict_and_stays(book: Story):
    talk = deck_of(book).say("Takeaway", "that you can see", "that you can draw").save()
    book.change(FIRST, "A sum that you can see", "A sum that you can touch")
    before = book.read(FIRST)
    told = book.run("pull", str(talk), "--apply")
    assert told.code == 1
    assert told.lines[0].startswith("conflict: slide 10: line “A sum that you can see")
    assert "“A sum that you can draw" in told.lines[0]
    assert book.read(FIRST) == before


def test_what_the_manuscript_says_already_is_no_edit(book: Story):
    talk = deck_of(book).say("Takeaway", "that you can see", "that all can see").save()
    book.change(FIRST, "A sum that you can see", "A sum that all can see")
    assert book.run("pull", str(talk)).lines == ["the deck says what it said when it was built"]


def test_line_ends_and_byte_order_marks_stay_as_they_are(book: Story):
    text = book.read(FIRST)
    book.write(FIRST, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    talk = deck_of(book).say("Takeaway", "that you can see", "that all can see").save()
    bring(book, talk)
    written = (book.root / FIRST).read_bytes()
    assert written == b"\xef\xbb\xbf" + text.replace("you can see", "all can see").replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"no deck", "error[deck.unreadable]: talk.pptx is not a PowerPoint deck; mathbook reads PowerPoint's .pptx"),
        (b"PK\x03\x04 cut off", "error[deck.unreadable]: talk.pptx is damaged"),
    ],
)
@pytest.mark.parametrize("command", ["pull", "update"])
def test_what_is_no_deck_gets_one_clear_line(book: Story, command: str, data: bytes, line: str):
    talk = book.root / "talk.pptx"
    talk.write_bytes(data)
    told = book.run(command, str(talk))
    assert (told.code, told.lines) == (1, [line, "1 error; nothing was changed"])


@pytest.mark.parametrize("command", ["pull", "update"])
def test_a_deck_for_readers_that_the_book_isnt_made_for_gets_one_clear_line(book: Story, command: str):
    book.write("manuscript/book.yaml", book.read("manuscript/book.yaml") + "\naudiences: [student]\n")
    told = book.run(command, str(book.root / "dist/deck-instructor.pptx"))
    line = "error[deck.foreign]: the deck is of the instructor's edition, and this book is made for: student"
    assert (told.code, told.lines[0]) == (1, f"{line}; see audiences in book.yaml")


def test_a_deck_of_another_book_and_one_without_a_record_get_one_clear_line(book: Story):
    deck = deck_of(book)
    plain = deck.path.with_name("plain.pptx")
    Presentation().save(str(plain))
    assert "plain.pptx holds no record of a book" in book.run("pull", str(plain)).lines[0]
    identity = next(line for line in book.read("manuscript/book.yaml").splitlines() if line.startswith("title"))
    book.change("manuscript/book.yaml", identity, "title: Another")
    told = book.run("pull", str(deck.path))
    assert (told.code, len(told.lines)) == (1, 2)
    assert "the deck was made of another book, 'A Story'" in told.lines[0]


def test_a_slide_without_shapes_is_told_in_a_line(book: Story, tmp_path: Path):
    empty = b'<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'
    with zipfile.ZipFile(deck_of(book).path) as old, zipfile.ZipFile(tmp_path / "talk.pptx", "w") as new:
        for name in old.namelist():
            new.writestr(name, empty if name == "ppt/slides/slide3.xml" else old.read(name))
    for command in ("pull", "update"):
        told = book.run(command, str(tmp_path / "talk.pptx"))
        assert told.code == 1
        assert "talk.pptx is damaged: ppt/slides/slide3.xml holds no shapes" in told.lines[0]


def test_a_deck_that_libreoffice_saved_comes_home_as_well(book: Story):
    untouched = pull(Project(book.root), saved_by_libreoffice(book.root / "dist/deck.pptx"))
    assert (untouched.home, untouched.left) == ((), ())
    deck = deck_of(book)
    for edit, _, _ in (EDITS[kind] for kind in EDITS if kind != "a line of a list"):
        edit(deck)
    talk = saved_by_libreoffice(deck.add_slide("My story", "First\nSecond", at=9).save())
    pulled = pull(Project(book.root), talk)
    assert pulled.left == ()
    apply(Project(book.root), pulled)
    for kind, (_, file, written) in EDITS.items():
        if kind not in ("a line of a list", "a bullet taken out", "an added bullet"):
            assert written in book.read(file), kind

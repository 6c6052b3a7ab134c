"""The slides on paper: three to a page, beside lines or notes, with everything that the slides say, for readers too."""

from __future__ import annotations

from pathlib import Path

import page as validator
import pikepdf
import pypdfium2 as pdfium
import pytest

from mathbook.deck.compile import slides_of
from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Audience, Book, DeckMeta, Example, Meta
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import (
    BulletList,
    Cell,
    Code,
    Conditional,
    Equation,
    Exercise,
    Formula,
    Heading,
    Link,
    Listing,
    Paragraph,
    SpeakerNotes,
    Strong,
    Table,
    Text,
)
from mathbook.document.select import for_format
from mathbook.edition.resolve import resolve
from mathbook.pdf.elements import structure_elements
from mathbook.slides_handout.compile import compile
from mathbook.slides_handout.link import link
from mathbook.slides_handout.read_back import read_back
from mathbook.theme.load import load_theme

THEME = load_theme("lecture", None, Collector())
assert THEME is not None


def para(text: str) -> Paragraph:
    return Paragraph((Text(text),))


ROW = (Cell((Text("north"),)), Cell((Link((Text("south"),), "https://example.org/"),)))
UNIT = Example(
    *("e", "7", "e", (Text("Sevens"),)),
    (
        Heading(2, (Text("Setting"),)),
        BulletList(((Paragraph((Strong((Text("bold"),)), Text(" item with "), Formula(r"\frac{1}{2}"))),),)),
        SpeakerNotes((para("Say this aloud."),)),
        Heading(2, (Text("Display"),)),
        Equation(Formula(r"\sum_{i=1}^n i"), id="eq:s"),
        Heading(2, (Text("Grid"),)),
        Table((ROW,), (ROW,), ("left", "right")),
        Heading(2, (Text("Program"),)),
        Listing("x = 1\n\ny = [2]", "python"),
        Paragraph((Text("It prints "), Code("one"), Text(". More of it."))),
        Exercise((para("Why sevens?"),), solution=(para("Because of the answer."),)),
        Conditional(True, ("pdf",), (), (para("only in print"),)),
        Conditional(True, ("deck",), (), (Heading(2, (Text("Only on slides"),)), BulletList(((para("shown"),),)))),
    ),
    Span("e.md"),
    minutes=7,
)


def made(into: Path, audience: Audience, ratio: str = "16:9") -> tuple[Path, Edition]:
    meta = Meta(title="A Book", authors=("Someone",), date="2026-01-02", deck=DeckMeta(ratio=ratio))  # type: ignore[arg-type]
    edition = resolve(Book(meta, (UNIT,), ()), audience, Collector())
    link(edition, [compile(unit, THEME, Options(audience, meta)) for unit in edition.units], THEME, into)
    return into, edition


def text_of(file: Path) -> str:
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in pdfium.PdfDocument(file))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("slides")
    return {name: made(folder / f"{name}.pdf", name)[0] for name in ("student", "instructor")}


@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_it_is_accessible_by_pdf_ua_1(files: dict[str, Path], audience: str):
    failures = validator.validate_pdf(str(files[audience]), profile="ua1").failures
    assert [(failure.rule_id, failure.message) for failure in failures] == []


def test_formulas_are_formulas_with_words(files: dict[str, Path]):
    with pikepdf.open(files["student"]) as pdf:
        elements = structure_elements(pdf.Root.StructTreeRoot)
        found = [str(element.Alt) for element in elements if str(element.S) == "/Formula"]
    assert len(found) == 2 and "1 over 2" in found[0].replace("one half", "1 over 2")


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
def test_three_slides_stand_on_a_page(tmp_path: Path, ratio: str):
    file, edition = made(tmp_path / "slides.pdf", "student", ratio)
    unit = for_format(edition.units[0], "deck")
    count = len(slides_of(unit, THEME, Options("student", edition.meta), Collector()))
    assert len(pdfium.PdfDocument(file)) == 1 + -(-count // 3)


def test_it_says_what_the_slides_say(files: dict[str, Path]):
    said = text_of(files["student"])
    for words in (
        "Example 7: Sevens",
        "Setting",
        "bold",
        "item with",
        "north",
        "south",
        "x = 1",
        "Why sevens?",
        "(7.1)",
    ):
        assert words in said, words
    assert "Only on slides" in said and "only in print" not in said
    assert "Edition 1, 2026-01-02 · Slides" in said


def test_notes_and_answers_are_the_instructors(files: dict[str, Path]):
    student, instructor = text_of(files["student"]), text_of(files["instructor"])
    for words in ("Say this aloud.", "Because of the answer."):
        assert words in instructor and words not in student, words


def test_it_is_read_back_like_any_pdf(files: dict[str, Path]):
    words = " ".join(passage.words for passage in read_back(files["student"]))
    assert "Setting" in words and "Why sevens?" in words


def test_the_same_slides_give_the_same_bytes(files: dict[str, Path], tmp_path: Path):
    assert made(tmp_path / "again.pdf", "student")[0].read_bytes() == files["student"].read_bytes()

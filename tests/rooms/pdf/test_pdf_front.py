"""The contents and the lists: what they say, where they lead, and what is heard of them."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Example, Meta, Picture
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import BulletList, Cell, Figure, Formula, Heading, Image, Paragraph, Table, Text
from mathbook.document.theme import Theme
from mathbook.pdf.captions import captions_of, first_sentence
from mathbook.pdf.compile import compile
from mathbook.pdf.elements import structure_elements
from mathbook.pdf.link import link
from mathbook.pdf.read_back import read_back
from mathbook.theme.load import load_theme

META = Meta(title="Title", date="2026-01-02")
DOT = Picture(
    "dot.svg",
    "d0",
    "image/svg+xml",
    40,
    40,
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="9"/></svg>',
)
BLOCKS = (
    Heading(2, (Text("A section"),)),
    Figure(
        Image("dot.svg", "d0", "a dot"), (Text("A dot of "), Formula(r"\pi = 3"), Text(". And more.")), "fig:d", "1.1"
    ),
    Table((), ((Cell((Text("cell"),)),),), ("left",), (), (Text("What is counted"),), "tbl:c", "1.1"),
    Table((), ((Cell((Text("cell"),)),),), ("left",)),
    BulletList(((Paragraph((Text("loose"),)), Paragraph((Text("more"),))),), tight=False),
)
UNIT = Example("one", "1", "one", (Text("The title"),), BLOCKS, Span("e.md"), pictures=(DOT,))
EDITION = Edition("student", META, (UNIT,), ())


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def book(theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("front") / "book.pdf"
    link(EDITION, [compile(UNIT, theme, Options("student", META))], theme, into)
    return into


def test_the_lists_name_what_has_a_caption_and_say_formulas_plainly():
    assert [(caption.kind, caption.words) for caption in captions_of(UNIT, "en")] == [
        ("fig", "Figure\N{NO-BREAK SPACE}1.1: A dot of π = 3"),
        ("tbl", "Table\N{NO-BREAK SPACE}1.1: What is counted"),
    ]


@pytest.mark.parametrize(
    ("caption", "first"),
    [
        ("One. Two.", "One"),
        ("At 0.90 of it. Then", "At 0.90 of it"),
        ("Is it? Yes.", "Is it?"),
        ("Version 1. 2 is not a sentence", "Version 1. 2 is not a sentence"),
        ("No end", "No end"),
    ],
)
def test_a_list_shows_the_first_sentence(caption: str, first: str):
    assert first_sentence(caption) == first


def test_each_line_of_the_contents_leads_to_its_page(book: Path):
    with pikepdf.open(book) as pdf:
        contents, body = pdf.pages[1], pdf.pages[2]
        assert [link.Dest[0].objgen for link in contents.Annots] == [body.objgen] * 4


def test_leaders_are_seen_and_not_heard(book: Path):
    words = " ".join(passage.words for passage in read_back(book) if passage.place == "page ii")
    assert "The title 1" in words and "A section 1" in words
    assert ". ." not in words


def test_the_contents_are_tagged_as_contents(book: Path):
    with pikepdf.open(book) as pdf:
        tags = [str(element.S) for element in structure_elements(pdf.Root.StructTreeRoot)]
    assert (tags.count("/TOC"), tags.count("/TOCI")) == (3, 4)


def test_a_list_item_holds_its_label_and_one_body(book: Path):
    with pikepdf.open(book) as pdf:
        items = [item for item in structure_elements(pdf.Root.StructTreeRoot) if item.get("/S") == "/LI"]
        assert [[str(kid.S) for kid in item.K] for item in items] == [["/Lbl", "/LBody"]]
        assert [str(kid.S) for kid in items[0].K[1].K] == ["/P", "/P"]


def test_long_contents_leave_sections_to_the_outline(theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mathbook.pdf.paging.LONG", 1)
    link(EDITION, [compile(UNIT, theme, Options("student", META))], theme, tmp_path / "book.pdf")
    told = {passage.place: "" for passage in read_back(tmp_path / "book.pdf")}
    for passage in read_back(tmp_path / "book.pdf"):
        told[passage.place] += f"{passage.words}; "
    assert "The title 1" in told["page ii"] and "A section" not in told["page ii"]
    assert ["Figures" in told[f"page {label}"] for label in ("ii", "iii", "iv")] == [False, True, False]
    with pikepdf.open(tmp_path / "book.pdf") as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root[1].children] == ["A section"]

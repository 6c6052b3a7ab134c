"""Layouts: chosen by the author, made for columns, and each with placeholders that slides fill."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from deck_files import THEME, deck_of, edition_of, example, para, slides
from lxml import etree
from pptx import Presentation

from mathbook.deck.compile import compile, slides_of
from mathbook.deck.frame import frame_of
from mathbook.deck.layouts import LAYOUTS, VERTICAL, holders_of
from mathbook.diagnostics import Collector
from mathbook.document.book import Example, Meta, Picture
from mathbook.document.edition import Options
from mathbook.document.nodes import (
    Block,
    BulletList,
    Column,
    Columns,
    Equation,
    Exercise,
    Figure,
    Formula,
    Heading,
    Image,
    Incremental,
    Paragraph,
    Slide,
    Text,
)

LIST = BulletList(((para("one"),), (para("two"),), (para("three"),), (para("four"),)))
FORMULA = Equation(Formula(r"\frac{a}{b}"))


def heading(title: str, layout: str = "") -> Heading:
    return Heading(2, (Text(title),), layout=layout)


def test_the_layouts_are_powerpoints_eleven_and_one_for_quotations():
    assert len(LAYOUTS) == 12
    assert {"Title Slide", "Title and Content", "Section Header", "Two Content", "Comparison"} < set(LAYOUTS)
    assert {"Content with Caption", "Blank", "Title Only", "Picture with Caption"} < set(LAYOUTS)


@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_placeholder_lies_on_the_slide_and_has_an_index_of_its_own(name: str, ratio: str):
    frame = frame_of(ratio)
    holders = list(holders_of(name, frame))
    assert len({holder.index for holder in holders}) == len(holders)
    for holder in holders:
        assert holder.box.left >= 0 and holder.box.left + holder.box.width <= frame.width
        assert holder.box.top >= 0 and holder.box.top + holder.box.height <= frame.height


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name not in VERTICAL])
def test_the_layout_that_an_author_names_is_the_slides_own(name: str, tmp_path: Path):
    blocks = (heading("Chosen", name), LIST, FORMULA, Slide((Text("Exactly"),), (LIST,), layout=name))
    deck = Presentation(str(deck_of(edition_of(example(*blocks)), tmp_path / "deck.pptx")))
    shown = {slide.shapes.title.text.split(" (")[0]: slide.slide_layout.name for slide in deck.slides}
    assert (shown["Chosen"], shown["Exactly"]) == (name, name)


def test_columns_stand_side_by_side_in_the_placeholders_of_two_content(tmp_path: Path):
    columns = Columns((Column((LIST,), 0.3), Column((para("beside"),))))
    deck = Presentation(str(deck_of(edition_of(example(heading("C"), columns)), tmp_path / "deck.pptx")))
    slide = next(slide for slide in deck.slides if slide.shapes.title.text == "C")
    assert slide.slide_layout.name == "Two Content"
    left, right = (next(one for one in slide.placeholders if one.placeholder_format.idx == index) for index in (1, 2))
    assert left.text_frame.text.startswith("one") and right.text_frame.text == "beside"
    assert left.top == right.top and left.left + left.width < right.left and left.width < right.width


def test_columns_with_headings_are_a_comparison():
    column = Column((Heading(3, (Text("Head"),)), LIST))
    made = slides(heading("C"), Columns((column, column)))[-1]
    assert made.layout == "Comparison"
    assert [placed.is_head for placed in made.placed] == [True, False, True, False]


def test_a_layout_with_two_columns_parts_what_has_none():
    made = slides(heading("Text and formula", "Two Content"), LIST, FORMULA)[-1]
    assert [placed.column for placed in made.placed] == [0, 1]
    halves = slides(heading("Halves", "Two Content"), LIST)[-1]
    assert [len(placed.piece.paras) for placed in halves.placed] == [2, 2]


def figure_unit(*blocks: Block, width: float, height: float) -> Example:
    picture = Picture("p.svg", "d", "image/svg+xml", width, height, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    return replace(example(*blocks, Figure(Image("p.svg", "d", "alt"), ())), pictures=(picture,))


@pytest.mark.parametrize(
    ("width", "height", "layout", "expected"),
    [
        (400, 300, "", "Two Content"),
        (900, 300, "", "Title and Content"),
        (400, 300, "Title and Content", "Title and Content"),
    ],
)
def test_a_picture_stands_beside_its_words_unless_it_is_wide_or_the_author_chose(
    width: float, height: float, layout: str, expected: str
):
    unit = figure_unit(heading("Seen", layout), LIST, width=width, height=height)
    made = slides_of(unit, THEME, Options("instructor", Meta(title="A Book")), Collector())[-1]
    assert made.layout == expected


def test_all_columns_have_one_size_of_type():
    long = BulletList(tuple((para("many words that fill the line " * 4),) for _ in range(5)))
    made = slides(heading("C"), Columns((Column((long,)), Column((para("short"),)))))[1:]
    assert len({placed.size for slide in made for placed in slide.placed}) == 1


def test_a_blank_slide_has_a_title_that_is_not_seen(tmp_path: Path):
    unit = example(Slide((Text("Unseen"),), (LIST,), layout="Blank"))
    deck = Presentation(str(deck_of(edition_of(unit), tmp_path / "deck.pptx")))
    title = next(slide.shapes.title for slide in deck.slides if slide.slide_layout.name == "Blank")
    assert title.text == "Unseen" and title.top + title.height <= 0


def test_an_unknown_layout_is_told_with_the_nearest_name():
    unit = example(heading("A", "Two Contents"), LIST)
    told = compile(unit, THEME, Options("student", Meta(title="A Book"))).diagnostics
    assert [one.hint for one in told] == ["did you mean Two Content?"]


def _timing(file: Path) -> etree._Element:
    with zipfile.ZipFile(file) as archive:
        names = [name for name in archive.namelist() if name.startswith("ppt/slides/slide")]
        found = [root for name in names for root in etree.fromstring(archive.read(name)).iter("{*}sld")]
    return next(slide for slide in found if slide.find("{*}timing") is not None)


def test_incremental_items_wait_for_a_click_each(tmp_path: Path):
    nested = BulletList(((para("one"), BulletList(((para("within"),),))), (para("two"),)))
    unit = example(heading("Steps"), para("Seen at once."), Incremental((nested, FORMULA)))
    slide = _timing(deck_of(edition_of(unit), tmp_path / "deck.pptx"))
    clicks = [node.get("nodeType") for node in slide.iter("{*}cTn") if node.get("presetClass")]
    assert clicks == ["clickEffect", "withEffect", "clickEffect", "clickEffect"]
    assert [(one.get("st"), one.get("end")) for one in slide.iter("{*}pRg")] == [("1", "1"), ("2", "2"), ("3", "3")]


def test_animations_name_shapes_that_are_there_and_ids_of_their_own(tmp_path: Path):
    unit = example(heading("Steps"), Incremental((LIST, FORMULA, Paragraph((Formula(r"\sqrt{x}"),)))))
    slide = _timing(deck_of(edition_of(unit), tmp_path / "deck.pptx"))
    shapes = {shape.get("id") for shape in slide.iter("{*}cNvPr")}
    assert {target.get("spid") for target in slide.iter("{*}spTgt", "{*}bldP")} <= shapes
    ids = [node.get("id") for node in slide.iter("{*}cTn")]
    assert len(set(ids)) == len(ids)


def test_a_title_that_comes_again_is_counted():
    blocks = (heading("Same"), LIST, heading("Same"), LIST, para("Words."))
    assert [slide.title for slide in slides(*blocks)][1:] == ["Same (1/2)", "Same (2/2)"]


def test_headings_stand_apart_in_the_notes(tmp_path: Path):
    blocks = (heading("Shown"), LIST, Heading(2, (Text("Only said"),), classes=("no-slide",)), para("Its prose."))
    deck = Presentation(str(deck_of(edition_of(example(*blocks)), tmp_path / "deck.pptx")))
    notes = [slide.notes_slide.notes_text_frame for slide in deck.slides if slide.has_notes_slide]
    said = {line.text: line.runs[0].font.bold for frame in notes for line in frame.paragraphs if line.runs}
    assert said["Only said"] is True and said["Its prose."] is None


def test_one_sentence_alone_is_a_statement():
    assert slides(heading("Alone"), para("One sentence. And more of it."))[-1].layout == "Quote"


def test_a_proof_says_what_it_proves():
    from mathbook.document.nodes import Box

    made = slides(Box("theorem", (para("True."),), number="1.1"), Box("proof", (para("Look."),)))
    assert [slide.title for slide in made][1:] == ["Theorem 1.1", "Proof of Theorem 1.1"]


def test_a_students_deck_holds_no_answer_anywhere(tmp_path: Path):
    task = Exercise((para("Why?"),), (para("Think."),), (para("SECRETANSWER"),), number="1.1")
    for audience, expected in (("student", False), ("instructor", True)):
        file = deck_of(edition_of(example(task), audience=audience), tmp_path / f"{audience}.pptx")
        with zipfile.ZipFile(file) as archive:
            found = any(b"SECRETANSWER" in archive.read(name) for name in archive.namelist())
        assert found is expected

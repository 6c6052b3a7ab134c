"""The deck's laws: nothing is lost, nothing overflows by our own measure, and the package is sound."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from deck_files import META, THEME, deck_of, edition_of, example, load, para, slides
from deck_trees import UNITS
from hypothesis import HealthCheck, given, settings
from lxml import etree

from mathbook.deck.bundle import unpack
from mathbook.deck.compile import compile, slides_of
from mathbook.deck.frame import frame_of
from mathbook.deck.read_back import read_back
from mathbook.deck.safe_archive import UnsafeFile
from mathbook.diagnostics import Collector
from mathbook.document.book import DeckMeta, Example, Meta
from mathbook.document.edition import Options
from mathbook.document.nodes import (
    Block,
    Box,
    BulletList,
    Cell,
    Equation,
    Exercise,
    Formula,
    Heading,
    Listing,
    OrderedList,
    Paragraph,
    SpeakerNotes,
    Table,
    Text,
)
from mathbook.verify.judge import judge

calm = settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))


@calm
@given(UNITS)
def test_nothing_is_lost(tmp_path_factory: pytest.TempPathFactory, unit: Example):
    edition = edition_of(unit)
    file = deck_of(edition, tmp_path_factory.mktemp("deck") / "deck.pptx")
    assert judge(edition, "deck", list(read_back(file))).findings == ()


@calm
@given(UNITS)
def test_every_piece_lies_inside_the_slide_and_below_the_one_before(unit: Example):
    for ratio in ("16:9", "4:3"):
        frame = frame_of(ratio)
        meta = Meta(title="A Book", deck=DeckMeta(ratio=ratio))
        collector = Collector()
        made = slides_of(unit, THEME, Options("instructor", meta), collector)
        if collector.has_errors:
            continue  # told as slide.overflow: not published
        for slide in made:
            bottom = 0.0
            for placed in slide.placed:
                assert placed.left >= 0 and placed.left + placed.width <= frame.width + 0.5
                assert placed.top + placed.height <= frame.foot.top + 2, slide.title
                assert placed.top >= bottom - 0.5 or placed.left > frame.width / 2
                bottom = placed.top + placed.height if placed.left < frame.width / 2 else bottom


@calm
@given(UNITS)
def test_the_package_is_sound(tmp_path_factory: pytest.TempPathFactory, unit: Example):
    file = deck_of(edition_of(unit), tmp_path_factory.mktemp("deck") / "deck.pptx")
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        assert len(set(names)) == len(names)
        types = archive.read("[Content_Types].xml").decode()
        extensions = set(re.findall(r'Extension="(\w+)"', types))
        parts = set(re.findall(r'PartName="/([^"]+)"', types))
        for name in names:
            assert name == "[Content_Types].xml" or name in parts or name.rsplit(".", 1)[1] in extensions
            if name.endswith(".rels"):
                _assert_targets_are_there(archive, name, set(names))
            if re.fullmatch(r"ppt/slides/slide\d+\.xml", name):
                _assert_sound_slide(archive.read(name))


def _assert_targets_are_there(archive: zipfile.ZipFile, name: str, names: set[str]) -> None:
    folder = Path(name).parent.parent
    for relation in etree.fromstring(archive.read(name)):
        if relation.get("TargetMode") != "External":
            target = (Path("/") / folder / relation.get("Target", "")).resolve().relative_to("/").as_posix()
            assert target in names, f"{name} leads to {target}"


def _assert_sound_slide(data: bytes) -> None:
    root = etree.fromstring(data)
    for choice in root.iter("{*}Fallback"):
        choice.getparent().remove(choice)
    ids = [element.get("id") for element in root.iter("{*}cNvPr")]
    assert len(set(ids)) == len(ids), "two shapes have one id"
    assert all(
        int(element.get(side)) >= 0 for element in root.iter("{*}ext") for side in ("cx", "cy") if element.get(side)
    )


@calm
@given(UNITS)
def test_every_slide_of_a_deck_has_a_title_of_its_own(unit: Example):
    bundle = unpack(compile(unit, THEME, Options("instructor", META)).content)
    assert [title for title, count in Counter(part.title for part in bundle.slides).items() if count > 1] == []


@calm
@given(UNITS)
def test_the_same_unit_gives_the_same_bytes(unit: Example):
    options = Options("student", META)
    assert compile(unit, THEME, options) == compile(unit, THEME, options)


def test_two_decks_of_one_edition_are_the_same_bytes(tmp_path: Path):
    edition = edition_of(example(para("words")))
    one, other = (deck_of(edition, tmp_path / name).read_bytes() for name in ("one.pptx", "other.pptx"))
    assert one == other


def test_a_heading_begins_a_slide_and_its_prose_stands_whole_in_the_notes():
    made = slides(Heading(2, (Text("Setting"),)), para("First sentence. Second sentence."))
    assert made[-1].title == "Setting"
    assert made[-1].notes == ("First sentence. Second sentence.",)
    shown = made[-1].placed[0].piece
    assert "".join(run.text for run in shown.paras[0].runs) == "First sentence."


def test_the_takeaway_closes_the_example():
    made = slides(Box("takeaway", (para("Remember."),)), Heading(2, (Text("More"),)), BulletList(((para("a"),),)))
    assert made[-1].title == "Takeaway: A title"


def test_a_solution_has_a_slide_only_if_it_is_there():
    question = Exercise((para("Why?"),), solution=(para("Because."),), number="1.1")
    assert [slide.title for slide in slides(question)][1:] == ["Exercise 1.1", "Solution of Exercise 1.1"]
    bare = Exercise((para("Why?"),), number="1.1")
    assert [slide.title for slide in slides(bare)][1:] == ["Exercise 1.1"]


def test_speaker_notes_go_to_the_slide_before_them():
    made = slides(Heading(2, (Text("A"),)), BulletList(((para("a"),),)), SpeakerNotes((para("Say it."),)))
    assert "Say it." in made[-1].notes


def test_a_long_list_goes_on_to_the_next_slide_with_its_count():
    items = tuple((para(f"Item {at} " + "with many words that fill the line " * 3),) for at in range(20))
    titles = [slide.title for slide in slides(Heading(2, (Text("Long"),)), BulletList(items))][1:]
    assert len(titles) > 1
    assert titles[0] == f"Long (1/{len(titles)})"


def test_a_long_table_repeats_its_head():
    row = tuple(Cell((Text("cell"),)) for _ in range(3))
    head = tuple(Cell((Text(name),)) for name in "abc")
    made = slides(Heading(2, (Text("T"),)), Table((head,), (row,) * 40, ("left",) * 3))[1:]
    grids = [placed.piece for slide in made for placed in slide.placed]
    assert len(grids) > 1
    assert all(grid.head == grids[0].head for grid in grids)
    assert sum(len(grid.body) for grid in grids) == 40


def test_no_text_is_smaller_than_can_be_read_from_the_back():
    items = tuple((para("words " * 40),) for _ in range(12))
    for slide in slides(Heading(2, (Text("L"),)), BulletList(items)):
        assert all(placed.size >= 18 for placed in slide.placed)


def test_a_display_formula_is_native_and_says_its_words(tmp_path: Path):
    file = deck_of(edition_of(example(Equation(Formula(r"\frac{a}{b}"), id="eq:a"))), tmp_path / "deck.pptx")
    with zipfile.ZipFile(file) as archive:
        xml = b"".join(
            archive.read(name) for name in archive.namelist() if name.startswith("ppt/slides/slide")
        ).decode()
    assert 'Requires="a14"' in xml and "<m:oMathPara" in xml
    assert 'descr="a over b"' in xml
    assert any("ab" in passage.formulas for passage in read_back(file))


def test_compatible_math_has_no_omml(tmp_path: Path):
    meta = Meta(title="A Book", deck=DeckMeta(math="compatible"))
    unit = example(Equation(Formula(r"\frac{a}{b}")), BulletList(((Paragraph((Formula(r"\sqrt{x}"),)),),)))
    file = deck_of(edition_of(unit, meta=meta), tmp_path / "deck.pptx")
    with zipfile.ZipFile(file) as archive:
        xml = b"".join(
            archive.read(name) for name in archive.namelist() if name.startswith("ppt/slides/slide")
        ).decode()
    assert "oMath" not in xml and "AlternateContent" not in xml
    assert "√" in xml and 'descr="a over b"' in xml


@pytest.mark.parametrize("theme", ["lecture", "seminar"])
@pytest.mark.parametrize("ratio", ["16:9", "4:3"])
def test_python_pptx_opens_the_deck(theme: str, ratio: str, tmp_path: Path):
    from pptx import Presentation

    meta = Meta(title="A Book", deck=DeckMeta(ratio=ratio))
    file = deck_of(edition_of(example(para("Words.")), meta=meta), tmp_path / "deck.pptx", load(theme))
    presentation = Presentation(str(file))
    assert [slide.shapes.title.text for slide in presentation.slides][:2] == ["A Book", "Examples"]
    assert "Two Content" in [layout.name for layout in presentation.slide_layouts]


def test_a_zip_bomb_is_not_opened(tmp_path: Path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/presentation.xml", b"0" * 50_000_000)
    (tmp_path / "bomb.pptx").write_bytes(data.getvalue())
    with pytest.raises(UnsafeFile):
        list(read_back(tmp_path / "bomb.pptx"))


def test_text_of_any_level_has_the_theme_s_font_in_and_outside_placeholders(tmp_path: Path):
    file = deck_of(edition_of(example(para("Words."))), tmp_path / "deck.pptx")
    with zipfile.ZipFile(file) as archive:
        styles = archive.read("ppt/presentation.xml"), archive.read("ppt/slideMasters/slideMaster1.xml")
    for data, name in ((styles[0], "defaultTextStyle"), (styles[1], "bodyStyle"), (styles[1], "otherStyle")):
        style = next(etree.fromstring(data).iter(f"{{*}}{name}"))
        fonts = [font.get("typeface") for font in style.iterfind("*/{*}defRPr/{*}latin")]
        assert fonts == ["+mn-lt"] * 9, name


NESTED = [
    (BulletList(((BulletList(((Equation(Formula("x")),),)),),)), ["•", "• x"]),
    (OrderedList(((BulletList(((Paragraph((Text("It is so."),)),),)),),)), ["1.", "• It is so."]),
    (OrderedList(((OrderedList(((Listing("a = 1", "python"),),)),),)), ["1.", "1. a = 1"]),
]


@pytest.mark.parametrize(("block", "lines"), NESTED)
def test_an_item_of_the_notes_that_begins_with_a_list_says_what_it_says(block: Block, lines: list[str], tmp_path: Path):
    edition = edition_of(example(para("Before."), SpeakerNotes((para("Aloud."), block))))
    found = list(read_back(deck_of(edition, tmp_path / "deck.pptx")))
    assert judge(edition, "deck", found).findings == ()
    assert [one.words for one in found if one.role == "notes"] == ["Before.", "Aloud.", *lines]

"""Words look on slides as their author said: underlined, marked, in small capitals."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from deck_files import META, THEME, deck_of, edition_of, example, heading, para
from lxml import etree

from mathbook.deck.measure import Ruler
from mathbook.deck.paragraphs import YELLOW
from mathbook.deck.slides import Run
from mathbook.document.edition import Options
from mathbook.document.nodes import BulletList, Cell, Paragraph, Styled, Table, Text
from mathbook.slides_handout.compile import compile as compile_handout
from mathbook.theme.contrast import contrast_ratio

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def slide_root(deck: Path, title: str) -> etree._Element:
    with zipfile.ZipFile(deck) as archive:
        roots = [etree.fromstring(archive.read(name)) for name in archive.namelist() if name.startswith("ppt/slides/s")]
    return next(root for root in roots if title in "".join(next(root.iter("{*}sp")).itertext()))


def properties_of(root: etree._Element, words: str) -> etree._Element:
    return next(run.find(f"{A}rPr") for run in root.iter(f"{A}r") if "".join(run.itertext()) == words)


@pytest.mark.parametrize(
    ("style", "attributes"),
    [
        ("underline", {"u": "sng"}),
        ("smallcaps", {"cap": "small"}),
        ("strikeout", {"strike": "sngStrike"}),
        ("mark", {}),
    ],
)
def test_a_style_is_seen_on_the_slide_and_on_its_handout(style: str, attributes: dict[str, str], tmp_path: Path):
    styled = Paragraph((Text("Plain, "), Styled(style, (Text("styled"),)), Text(" and plain.")))
    unit = example(heading("Look"), BulletList(((styled,),)))
    root = slide_root(deck_of(edition_of(unit), tmp_path / "deck.pptx"), "Look")
    properties, plain = properties_of(root, "styled"), properties_of(root, "Plain, ")
    assert {name: properties.get(name) for name in attributes} == attributes
    assert (properties.find(f"{A}highlight") is not None) == (style == "mark")
    assert not set(plain.attrib) & {"u", "cap", "strike"} and plain.find(f"{A}highlight") is None


def test_styles_inside_styles_add_up(tmp_path: Path):
    inner = Styled("strikeout", (Text("both"),))
    unit = example(heading("Look"), BulletList(((Paragraph((Styled("underline", (inner,)),)),),)))
    properties = properties_of(slide_root(deck_of(edition_of(unit), tmp_path / "deck.pptx"), "Look"), "both")
    assert (properties.get("u"), properties.get("strike")) == ("sng", "sngStrike")


def test_marked_words_can_be_read(tmp_path: Path):
    unit = example(heading("Look"), BulletList(((Paragraph((Styled("mark", (Text("here"),)),)),),)))
    properties = properties_of(slide_root(deck_of(edition_of(unit), tmp_path / "deck.pptx"), "Look"), "here")
    letters, ground = (f"#{colour.get('val')}" for colour in properties.iter(f"{A}srgbClr"))
    assert contrast_ratio(letters, ground) >= 4.5
    assert ground != f"#{bytes(YELLOW).hex().upper()}"
    # ECMA-376 part 1, 21.1.2.3.9: the fill, the highlight, the font
    assert [etree.QName(child).localname for child in properties][:2] == ["solidFill", "highlight"]


def test_small_capitals_are_measured_as_capitals():
    ruler = Ruler(THEME.deck, "en")
    assert ruler.run_width("words", Run("", small_caps=True), 20) == ruler.run_width("WORDS", Run(""), 20)


def test_small_capitals_and_marks_are_in_the_slides_handout():
    inside = [Styled(style, (Text("styled"),)) for style in ("mark", "smallcaps", "underline")]
    unit = example(heading("Look"), BulletList(tuple((Paragraph((one,)),) for one in inside)))
    made = compile_handout(unit, THEME, Options("instructor", META))
    plain = compile_handout(example(heading("Look"), para("styled")), THEME, Options("instructor", META))
    assert made.content != plain.content


def test_a_table_says_what_it_is(tmp_path: Path):
    def table(*heads: str) -> Table:
        head = tuple(Cell((Text(words),)) for words in heads)
        return Table((head,), (tuple(Cell((Text("1"),)) for _ in heads),), ("left",) * len(heads))

    root = slide_root(deck_of(edition_of(example(heading("T"), table("n", "value"))), tmp_path / "deck.pptx"), "T")
    frame = next(root.iter("{*}graphicFrame"))
    assert next(frame.iter("{*}cNvPr")).get("descr") == "Table: n, value"

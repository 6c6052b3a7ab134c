"""A template: its own master and layouts, by name and by what they hold, and what is told of what it lacks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import pytest
from deck_files import THEME, deck_of, edition_of, example, para
from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.util import Emu

from mathbook.deck.compile import compile
from mathbook.deck.layouts import KINDS, LAYOUTS, VERTICAL
from mathbook.deck.template_file import UnsuitableTemplate, read_template
from mathbook.document.book import DeckMeta, Meta, TemplateFile
from mathbook.document.edition import Options
from mathbook.document.nodes import (
    BulletList,
    Column,
    Columns,
    Equation,
    Exercise,
    Formula,
    Heading,
    Quotation,
    Slide,
    Text,
)

LIST = BulletList(((para("one"),), (para("two"),)))
UNIT = example(
    Heading(2, (Text("Plain"),)),
    LIST,
    Heading(2, (Text("Formula"),)),
    Equation(Formula(r"\frac{a}{b}")),
    Heading(2, (Text("Columns"),)),
    Columns((Column((LIST,)), Column((para("beside"),)))),
    Quotation((para("Said."),), (Text("Someone"),)),
    Exercise((para("Why?"),), number="1.1"),
)


def template_of(tmp_path: Path, change: Callable[[Deck], None] = lambda deck: None) -> TemplateFile:
    """Return python-pptx's default template, with two slides in it, changed."""
    deck = Presentation()
    for at in (0, 1):
        deck.slides.add_slide(deck.slide_layouts[at]).shapes.title.text = "OLD SLIDE"
    change(deck)
    path = tmp_path / "template.pptx"
    deck.save(str(path))
    return as_template(path)


def as_template(path: Path) -> TemplateFile:
    return TemplateFile(path.name, blake2b(path.read_bytes()).hexdigest(), path)


def meta_of(template: TemplateFile) -> Meta:
    return Meta(title="A Book", date="2026-01-02", deck=DeckMeta(template=template))


def made(template: TemplateFile, tmp_path: Path) -> dict[str, str]:
    """Return the layout's name of each slide of the deck, by title, after a look at what must hold for any template."""
    file = deck_of(edition_of(UNIT, meta=meta_of(template)), tmp_path / "deck.pptx")
    deck = Presentation(str(file))
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= deck.slide_width + 9525, shape.name
            assert shape.top >= 0 and shape.top + shape.height <= deck.slide_height + 9525, shape.name
    with zipfile.ZipFile(file) as archive:
        assert not any(b"OLD SLIDE" in archive.read(name) for name in archive.namelist())
    return {slide.shapes.title.text: slide.slide_layout.name for slide in deck.slides}


def told(template: TemplateFile) -> list[str]:
    fragment = compile(UNIT, THEME, Options("instructor", meta_of(template)))
    return [diagnostic.message for diagnostic in fragment.diagnostics]


def test_a_templates_own_layouts_are_used_by_name_and_its_slides_are_dropped(tmp_path: Path):
    layouts = made(template := template_of(tmp_path), tmp_path)
    assert layouts["A Book"] == "Title Slide" and layouts["A title"] == "Section Header"
    assert layouts["Plain"] == "Title and Content" and layouts["Columns (1/2)"] == "Two Content"
    assert layouts["Formula"] == "Title Only"
    assert told(template) == []


def test_the_decks_size_and_theme_are_the_templates(tmp_path: Path):
    def change(deck: Deck) -> None:
        deck.slide_width, deck.slide_height = Emu(12192000), Emu(6858000)

    made(template_of(tmp_path, change), tmp_path)
    deck = Presentation(str(tmp_path / "deck.pptx"))
    assert (deck.slide_width, deck.slide_height) == (12192000, 6858000)
    with zipfile.ZipFile(tmp_path / "deck.pptx") as mine, zipfile.ZipFile(tmp_path / "template.pptx") as theirs:
        schemes = [
            re.findall(rb"<a:clrScheme.*</a:clrScheme>", one.read("ppt/theme/theme1.xml"), re.S)
            for one in (mine, theirs)
        ]
    assert schemes[0] and schemes[0] == schemes[1]


def test_renamed_layouts_are_known_by_their_type_and_what_they_hold(tmp_path: Path):
    def change(deck: Deck) -> None:
        for at, layout in enumerate(deck.slide_layouts):
            layout.name = f"Folie {at}"

    template = template_of(tmp_path, change)
    layouts = made(template, tmp_path)
    assert (layouts["A Book"], layouts["Plain"], layouts["Columns (1/2)"]) == ("Folie 0", "Folie 1", "Folie 3")
    assert told(template) == []


def test_moved_layouts_are_known_by_name(tmp_path: Path):
    def change(deck: Deck) -> None:
        listed = deck.slide_master.slide_layouts._sldLayoutIdLst
        for entry in list(listed):
            listed.insert(0, entry)

    layouts = made(template_of(tmp_path, change), tmp_path)
    assert (layouts["A Book"], layouts["Plain"]) == ("Title Slide", "Title and Content")


@pytest.mark.parametrize("name", [name for name in LAYOUTS if name in KINDS and name not in (*VERTICAL, "Quote")])
def test_a_template_without_a_layout_still_makes_a_deck_and_what_it_lacks_is_told(name: str, tmp_path: Path):
    def change(deck: Deck) -> None:
        for slide in list(deck.slides._sldIdLst):
            deck.part.drop_rel(slide.rId)
            deck.slides._sldIdLst.remove(slide)
        deck.slide_layouts.remove(deck.slide_layouts.get_by_name(name))

    template = template_of(tmp_path, change)
    assert name not in made(template, tmp_path).values()
    used = {"Title Slide", "Section Header", "Title and Content", "Two Content", "Title Only"}
    assert any(repr(name) in message for message in told(template)) is (name in used)


def test_a_template_with_one_layout_is_enough(tmp_path: Path):
    def change(deck: Deck) -> None:
        for slide in list(deck.slides._sldIdLst):
            deck.part.drop_rel(slide.rId)
            deck.slides._sldIdLst.remove(slide)
        for layout in list(deck.slide_layouts)[:-1]:
            deck.slide_layouts.remove(layout)

    assert set(made(template_of(tmp_path, change), tmp_path).values()) == {"Vertical Title and Text"}


def test_an_author_may_name_a_layout_of_the_template(tmp_path: Path):
    def change(deck: Deck) -> None:
        deck.slide_layouts[5].name = "Photo, full bleed"

    template = template_of(tmp_path, change)
    unit = example(Slide((Text("Mine"),), (LIST,), layout="Photo, full bleed"))
    deck = Presentation(str(deck_of(edition_of(unit, meta=meta_of(template)), tmp_path / "deck.pptx")))
    assert {slide.shapes.title.text: slide.slide_layout.name for slide in deck.slides}["Mine"] == "Photo, full bleed"
    fragment = compile(unit, THEME, Options("student", Meta(title="A Book")))
    assert [one.code.value for one in fragment.diagnostics] == ["layout.unknown"]


@pytest.mark.parametrize("layout", ["Picture with Caption", "Content with Caption"])
def test_columns_stand_clear_of_the_title_wherever_the_layout_has_it(layout: str, tmp_path: Path):
    columns = Columns((Column((LIST,) * 4), Column((para("beside"),))))
    unit = example(Heading(2, (Text("Mine"),), layout=layout), columns)
    meta = meta_of(template_of(tmp_path))
    deck = Presentation(str(deck_of(edition_of(unit, meta=meta), tmp_path / "deck.pptx")))
    slide = next(slide for slide in deck.slides if slide.shapes.title.text.startswith("Mine"))
    title = slide.shapes.title
    assert slide.slide_layout.name == layout
    columns_shown = [shape for shape in slide.shapes if shape.shape_id != title.shape_id and shape.has_text_frame]
    for shape in columns_shown[:2]:
        assert shape.top + shape.height <= title.top or title.top + title.height <= shape.top, shape.name


def test_fonts_that_were_not_measured_are_told(tmp_path: Path):
    template = template_of(tmp_path)
    with zipfile.ZipFile(template.path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["ppt/theme/theme1.xml"] = members["ppt/theme/theme1.xml"].replace(b'"Calibri"', b'"Garamond"')
    assert any("Garamond" in message for message in told(as_template(_zipped(tmp_path / "other.pptx", members))))


def test_text_that_cannot_be_read_on_its_ground_is_told(tmp_path: Path):
    template = template_of(tmp_path)
    with zipfile.ZipFile(template.path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    pale = re.sub(rb"<a:dk1>.*?</a:dk1>", b'<a:dk1><a:srgbClr val="CCCCCC"/></a:dk1>', members["ppt/theme/theme1.xml"])
    members["ppt/theme/theme1.xml"] = pale
    messages = told(as_template(_zipped(tmp_path / "other.pptx", members)))
    assert any("tx1 on bg1 has a contrast of 1.6" in message for message in messages)


def _zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_what_leads_out_of_a_template_is_dropped_with_what_shows_it(tmp_path: Path):
    template = template_of(tmp_path)
    with zipfile.ZipFile(template.path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    layout, related = "ppt/slideLayouts/slideLayout2.xml", "ppt/slideLayouts/_rels/slideLayout2.xml.rels"
    picture = (
        b'<p:pic><p:nvPicPr><p:cNvPr id="77" name="Spy"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
        b'<a:blip r:link="rId77"/></p:blipFill><p:spPr/></p:pic></p:spTree>'
    )
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = f'<Relationship Id="rId77" Type="{image}" Target="https://example.org/x.png" TargetMode="External"/>'
    members[layout] = members[layout].replace(b"</p:spTree>", picture)
    members[related] = members[related].replace(b"</Relationships>", link.encode() + b"</Relationships>")
    made(as_template(_zipped(tmp_path / "other.pptx", members)), tmp_path)
    with zipfile.ZipFile(tmp_path / "deck.pptx") as archive:
        said = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Spy" not in said and b"example.org" not in said


def _bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/presentation.xml", b"0" * 50_000_000)
    return data.getvalue()


def _with_entities() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("_rels/.rels", '<!DOCTYPE a [<!ENTITY b "c">]><Relationships>&b;</Relationships>')
    return data.getvalue()


@pytest.mark.parametrize(
    "data", [b"", b"no zip", _bomb(), _with_entities()], ids=["empty", "no zip", "bomb", "entities"]
)
def test_a_file_that_is_no_template_is_told_and_makes_no_deck(data: bytes, tmp_path: Path):
    (tmp_path / "bad.pptx").write_bytes(data)
    template = as_template(tmp_path / "bad.pptx")
    with pytest.raises(UnsuitableTemplate):
        read_template(template)
    assert [one.code.value for one in compile(UNIT, THEME, Options("student", meta_of(template))).diagnostics] == [
        "template.unsuitable"
    ]

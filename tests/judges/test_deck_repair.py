"""No deck of ours has what makes PowerPoint offer a repair, and each rule is shown to catch its case."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from repair import RULES, faults

from mathbook.deck.compile import compile
from mathbook.deck.link import link
from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Book, Example, Meta
from mathbook.document.edition import Options
from mathbook.document.nodes import (
    BulletList,
    Cell,
    Equation,
    Formula,
    Heading,
    Incremental,
    Link,
    Listing,
    Paragraph,
    SpeakerNotes,
    Table,
    Text,
)
from mathbook.edition.resolve import resolve
from mathbook.theme.load import load_theme

SLIDE, MAIN, TYPES = "ppt/slides/slide5.xml", "ppt/presentation.xml", "[Content_Types].xml"
Members = dict[str, bytes]


def sample(into: Path) -> Path:
    """Write a deck that has something of everything."""
    row = (Cell((Text("a"),)), Cell((Link((Text("b"),), "https://example.org/"),)))
    blocks = (
        Heading(2, (Text("Formulas"),)),
        Equation(Formula(r"\frac{a}{b}")),
        Incremental((BulletList(((Paragraph((Formula(r"\sqrt{x}"),)),), (Paragraph((Text("two"),)),))),)),
        SpeakerNotes((Paragraph((Text("Say it."),)),)),
        Heading(2, (Text("Table"),)),
        Table((row,), (row, row), ("left", "left")),
        Listing("x = 1\n\ny = 2", "python"),
        Paragraph((Text("Prose. And more of it."),)),
    )
    units = tuple(Example(f"e{at}", str(at), f"e{at}", (Text(f"T {at}"),), blocks, Span("e.md")) for at in (1, 2))
    theme = load_theme("lecture", None, Collector())
    assert theme is not None
    meta = Meta(title="A Book", authors=("Someone",), date="2026-01-02")
    edition = resolve(Book(meta, units, ()), "instructor", Collector())
    link(edition, [compile(unit, theme, Options("instructor", meta)) for unit in edition.units], theme, into)
    return into


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("repair") / "deck.pptx")


def test_a_deck_with_something_of_everything_needs_no_repair(deck: Path):
    assert faults(deck) == {}


def replaced(name: str, old: str, new: str, count: int = 1) -> Callable[[Members], None]:
    def change(members: Members) -> None:
        target = next(
            each for each in sorted(members) if re.fullmatch(name, each) and re.search(old, members[each].decode())
        )
        members[target] = re.sub(old, new, members[target].decode(), count=count).encode()

    return change


def added(name: str, data: bytes = b"<x/>") -> Callable[[Members], None]:
    def change(members: Members) -> None:
        members[name] = data

    return change


def removed(name: str) -> Callable[[Members], None]:
    def change(members: Members) -> None:
        del members[name]

    return change


ANY_SLIDE = r"ppt/slides/slide\d+\.xml"
SLIDE_RELS = r"ppt/slides/_rels/slide\d+\.xml\.rels"
NOTES_RELS = r"ppt/notesSlides/_rels/notesSlide\d+\.xml\.rels"
INJECTED: list[tuple[str, Callable[[Members], None]]] = [
    ("not_xml", replaced(ANY_SLIDE, "<a:t>", "<a:t>\x0b")),
    (
        "phantom_parts",
        replaced(
            re.escape(TYPES),
            "</Types>",
            '<Override PartName="/ppt/slideMasters/slideMaster2.xml" ContentType="x"/></Types>',
        ),
    ),
    ("untyped_parts", added("ppt/media/image99.jpg", b"\xff")),
    ("untyped_parts", replaced(re.escape(TYPES), '<Override PartName="/ppt/slides/slide2.xml"[^>]*>', "")),
    (
        "twice_typed",
        replaced(
            re.escape(TYPES),
            '<Default Extension="xml"',
            '<Default Extension="XML" ContentType="a/b"/><Default Extension="xml"',
        ),
    ),
    ("bad_names", added("ppt/media/a picture.png")),
    ("bad_names", added("ppt/slides/Slide1.xml")),
    ("missing_targets", removed("ppt/slideLayouts/slideLayout2.xml")),
    ("repeated_relationships", replaced(SLIDE_RELS, r"(<Relationship Id[^>]*>)", r"\1\1")),
    ("unknown_relationships", replaced(ANY_SLIDE, 'r:embed="rId10"', 'r:embed="rId77"')),
    ("bad_addresses", replaced(SLIDE_RELS, "https://example.org/", "https://example.org/a b")),
    ("repeated_shape_ids", replaced(ANY_SLIDE, 'cNvPr id="3"', 'cNvPr id="2"')),
    ("bad_slide_ids", replaced(MAIN, 'sldId id="257"', 'sldId id="256"')),
    ("bad_slide_ids", replaced(MAIN, 'sldId id="257"', 'sldId id="12"')),
    (
        "bad_master_ids",
        replaced("ppt/slideMasters/slideMaster1.xml", 'sldLayoutId id="2147483650"', 'sldLayoutId id="2147483648"'),
    ),
    ("unlisted_slides", replaced(MAIN, '<p:sldId id="257"[^>]*>', "")),
    ("missing_text_bodies", replaced(ANY_SLIDE, "<p:txBody>.*?</p:txBody>", "")),
    ("missing_text_bodies", replaced(ANY_SLIDE, "(<a:tc><a:txBody>.*?)<a:p>.*?</a:p>", r"\1")),
    ("bad_lengths", replaced(ANY_SLIDE, r'ext cx="[1-9]\d*"', 'ext cx="-5"')),
    ("bad_lengths", replaced(ANY_SLIDE, r'marL="\d+"', 'marL="NaN"')),
    ("bad_sizes_of_type", replaced(ANY_SLIDE, r'sz="\d+"', 'sz="18"')),
    ("bad_anchors", replaced(ANY_SLIDE, 'anchor="ctr"', 'anchor="middle"')),
    ("bad_anchors", replaced(ANY_SLIDE, "<a:pPr ", '<a:pPr algn="center" ')),
    ("empty_lines", replaced(ANY_SLIDE, "</p:spPr>", "<a:ln/></p:spPr>")),
    ("unfinished_backgrounds", replaced(r"ppt/slideLayouts/.*\.xml", "<a:effectLst/></p:bgPr>", "</p:bgPr>")),
    ("bad_colours", replaced("ppt/theme/theme1.xml", r'srgbClr val="\w+"', 'srgbClr val="White"')),
    ("bare_formulas", replaced(ANY_SLIDE, 'Requires="a14"', 'Requires="p14"')),
    ("bad_alternatives", replaced(ANY_SLIDE, "<mc:Fallback>.*?</mc:Fallback>", "")),
    ("bad_alternatives", replaced(ANY_SLIDE, 'Requires="a14 a16"', 'Requires="a14 a99"')),
    ("lonely_notes", replaced(NOTES_RELS, r"<Relationship [^>]*notesMaster1\.xml[^>]*>", "")),
    ("lonely_notes", replaced(MAIN, "<p:notesMasterIdLst>.*?</p:notesMasterIdLst>", "")),
    ("lonely_notes", replaced(NOTES_RELS, r"slides/slide(\d+)\.xml", "slides/slide1.xml")),
    ("empty_holders_of_notes", replaced("ppt/notesMasters/notesMaster1.xml", r'<a:ext cx="[1-9]\d*"', '<a:ext cx="0"')),
    ("lonely_layouts", replaced(SLIDE_RELS, r"<Relationship [^>]*slideLayout\d+\.xml[^>]*>", "")),
    ("shared_themes", replaced("ppt/notesMasters/_rels/notesMaster1.xml.rels", r"theme2\.xml", "theme1.xml")),
    ("bad_sections", replaced(MAIN, 'p14:sldId id="257"', 'p14:sldId id="999"')),
    ("bad_sections", replaced(MAIN, 'p14:sldId id="257"', 'p14:sldId id="256"')),
    ("bad_fields", replaced(ANY_SLIDE, r'fld id="\{[^}]*\}"', 'fld id="1"')),
    ("uneven_tables", replaced(ANY_SLIDE, r'<a:gridCol w="\d+"/>', "")),
    ("wrong_order", replaced(ANY_SLIDE, r"(<a:p>)(<a:pPr.*?</a:pPr>)(<a:r>.*?</a:r>)", r"\1\3\2")),
    (
        "lost_targets_of_animations",
        replaced(
            ANY_SLIDE, "</p:sld>", '<p:timing><p:bldLst><p:bldP spid="99" grpId="0"/></p:bldLst></p:timing></p:sld>'
        ),
    ),
]


@pytest.mark.parametrize(("rule", "change"), INJECTED, ids=[f"{at}-{rule}" for at, (rule, _) in enumerate(INJECTED)])
def test_a_rule_catches_its_case(rule: str, change: Callable[[Members], None], deck: Path, tmp_path: Path):
    with zipfile.ZipFile(deck) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    broken = tmp_path / "broken.pptx"
    with zipfile.ZipFile(broken, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    assert rule in faults(broken)


def test_every_rule_is_shown_to_catch_something():
    assert {rule.__name__ for rule in RULES} == {rule for rule, _ in INJECTED}

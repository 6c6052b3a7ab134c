"""The tag tree says what things are, and nothing that nobody needs to hear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from mathbook.diagnostics import Code as Told
from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Example, Meta, PdfMeta
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import (
    Block,
    BulletList,
    Cell,
    Code,
    DefinitionItem,
    DefinitionList,
    Equation,
    Footnote,
    Formula,
    LineBreak,
    Listing,
    OrderedList,
    Paragraph,
    Rule,
    Table,
    Text,
)
from mathbook.document.theme import Theme
from mathbook.pdf.compile import compile
from mathbook.pdf.elements import document_element, structure_elements
from mathbook.pdf.link import link
from mathbook.theme.load import load_theme
from pdf_pieces import pdf_of

META = Meta(title="Title", date="2026-01-02")


def para(*inlines: Any) -> Paragraph:
    return Paragraph(tuple(Text(inline) if isinstance(inline, str) else inline for inline in inlines))


BLOCKS: tuple[Block, ...] = (
    para("Code ", Code("x = 1"), LineBreak(), "and a note", Footnote((para("A note."),)), "."),
    BulletList(((para("bullet"),),)),
    OrderedList(((para("number"),),)),
    DefinitionList((DefinitionItem((Text("word"),), ((para("one meaning"),), (para("another"),))),)),
    Listing("x = 1\ny = 2", "python"),
    Equation(Formula("a + b"), id="eq:a", number="1.1"),
    Table(((Cell(()), Cell((Text("n"),))),), ((Cell((Text("row"),)), Cell((Text("1"),))),), ("left", "right")),
    Rule(),
)


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded is not None
    return loaded


def example(number: str) -> Example:
    return Example(f"e{number}", number, f"e{number}", (Text("Title"),), BLOCKS, Span("e.md"))


def outline(data: bytes, theme: Theme) -> Iterator[str]:
    """Yield each element's tag behind that of its parent."""
    with pikepdf.open(pdf_of(data, theme)) as pdf:
        for element in structure_elements(document_element(pdf.Root.StructTreeRoot)):
            if element.S != "/Document":
                yield f"{element.P.S}{element.S}".replace("/", " ").strip()


@pytest.fixture(scope="module")
def tags(theme: Theme) -> Counter[str]:
    return Counter(outline(compile(example("1"), theme, Options("student", META)).content, theme))


def test_things_have_the_names_that_they_have_in_print(tags: Counter[str]):
    assert tags["P Code"] == 3  # in a line, and two lines of a listing
    assert tags["P Reference"] == tags["Note Lbl"] == 1
    assert tags["LI Lbl"] == 3 and tags["LI LBody"] == 4
    assert tags["Div Formula"] == 1


def test_boxes_that_the_engine_adds_and_empty_ones_are_not_heard(tags: Counter[str]):
    assert not any("NonStruct Div" in pair or "Div NonStruct" in pair or "P NonStruct" in pair for pair in tags)


def marked_content(element: Any) -> Iterator[int]:
    """Yield the numbers of the marked content of an element, and of what is in it, in order; not of lists' marks."""
    for kid in element.K if element.S != "/Lbl" else ():
        if isinstance(kid, int):
            yield kid
        elif "/S" in kid:
            yield from marked_content(kid)


def test_what_is_read_later_is_painted_later(theme: Theme):
    """But for the marks of lists, which are painted last. Many programs copy text in the order of painting."""
    with pikepdf.open(pdf_of(compile(example("1"), theme, Options("student", META)).content, theme)) as pdf:
        painted = list(marked_content(document_element(pdf.Root.StructTreeRoot)))
    assert len(painted) > 15 and painted == sorted(painted)


def test_lists_say_how_they_count(theme: Theme):
    with pikepdf.open(pdf_of(compile(example("1"), theme, Options("student", META)).content, theme)) as pdf:
        lists = [element for element in structure_elements(pdf.Root.StructTreeRoot) if element.get("/S") == "/L"]
        assert [str(one.A.ListNumbering) if "/A" in one else "" for one in lists] == ["/Disc", "/Decimal", ""]


def test_identifiers_are_one_element_s_in_the_whole_book(theme: Theme, tmp_path: Path):
    units = (example("1"), example("2"))
    fragments = [compile(unit, theme, Options("student", META)) for unit in units]
    link(Edition("student", META, units, ()), fragments, theme, tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        root = pdf.Root.StructTreeRoot
        ids = [str(element.ID) for element in structure_elements(root) if "/ID" in element]
        assert ids == ["e1#note-1", "e2#note-1"]
        assert {name: str(note.S) for name, note in pikepdf.NameTree(root.IDTree).items()} == dict.fromkeys(
            ids, "/Note"
        )
        assert "/MathbookPlaces" not in root


def test_in_pdf_2_0_formulas_have_their_mathml_and_links_lead_to_elements(theme: Theme, tmp_path: Path):
    meta = replace(META, pdf=PdfMeta(standard="ua-2"))
    fragment = compile(example("1"), theme, Options("student", meta))
    link(Edition("student", meta, (example("1"),), ()), [fragment], theme, tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        elements = list(structure_elements(pdf.Root.StructTreeRoot))
        (formula,) = [element for element in elements if element.get("/S") == "/Formula"]
        math = etree.fromstring(formula.AF[0].EF.F.read_bytes())
        with pdf.open_outline() as outline:
            heading = outline.root[1].action.SD[0]
        assert (pdf.pdf_version, heading.S, heading.Pg.objgen) == ("2.0", "/H1", pdf.pages[2].obj.objgen)
    assert [etree.QName(part).localname for part in math.iter()][:3] == ["math", "semantics", "mrow"]


def test_a_fault_in_a_theme_s_css_is_told_at_its_line(theme: Theme):
    curious = replace(theme, print_css="p { color: red }\np { colour: red }\n")
    (told,) = compile(example("1"), curious, Options("student", META)).diagnostics
    assert (told.code, told.span) == (Told.COMPILE_WARNING, Span("themes/lecture/print.css", 2, 5))
    assert told.message == "Ignored `colour: red `, unknown property."

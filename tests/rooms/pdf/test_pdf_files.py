"""The PDF: tags, bookmarks, page labels, links across examples, and what only instructors get."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from mathbook.diagnostics import Collector, Span, Stop
from mathbook.document.book import Book, Example, Matter, Meta, PdfMeta, Unit
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import (
    Block,
    Box,
    BulletList,
    Cell,
    Equation,
    Exercise,
    Footnote,
    Formula,
    Heading,
    Link,
    Paragraph,
    Ref,
    SpeakerNotes,
    Table,
    Text,
)
from mathbook.document.theme import Theme
from mathbook.edition.resolve import resolve, standing_alone
from mathbook.pdf.compile import compile
from mathbook.pdf.elements import structure_elements
from mathbook.pdf.fetcher import MemoryFetcher
from mathbook.pdf.link import Part, link, page_labels
from mathbook.pdf.read_back import read_back
from mathbook.pdf.unicode_map import read_unicode_map
from mathbook.theme.load import load_theme
from pdf_pieces import pdf_of

META = Meta(title="A Book", authors=("Someone",), date="2026-01-02")


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded is not None
    return loaded


def para(*inlines: object) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in inlines))  # type: ignore[misc]


def example(number: str, *blocks: Block) -> Example:
    name = f"e{number}"
    return Example(name, number, name, (Text(f"Title {number}"),), blocks, Span(f"{name}.md"))


BLOCKS = (
    Heading(2, (Text("Setting"),)),
    para("It is ", Formula("x^2"), ", with a note", Footnote((para("The note."),)), "."),
    Equation(Formula(r"\frac{a}{b}"), id="eq:a"),
    Table(((Cell(()), Cell((Text("n"),))),), ((Cell((Text("row"),)), Cell((Text("1"),))),), ("left", "right")),
    Box("theorem", (para("A truth."),)),
    Exercise((para("Why?"),), hint=(para("Think."),), solution=(para("Thereforesolution."),)),
    SpeakerNotes((para("Saythis."),)),
)
UNITS: tuple[Unit, ...] = (
    Matter("preface", "preface", "front", (Text("Preface"),), (para("Words before."),), Span("p.md")),
    example("1", *BLOCKS),
    example("2", para("See ", Ref("eq:a"), " and ", Link((Text("a page"),), "https://example.org/x"), ".")),
)


def edition_of(audience: str) -> Edition:
    return resolve(Book(META, UNITS, ()), audience, Collector())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def files(theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pdf")
    made = {}
    for audience in ("student", "instructor"):
        edition = edition_of(audience)
        fragments = [compile(unit, theme, Options(edition.audience, META)) for unit in edition.units]
        made[audience] = folder / f"{audience}.pdf"
        link(edition, fragments, theme, made[audience])
        if audience == "student":
            made["handout"] = folder / "handout.pdf"
            alone = compile(edition.units[2], theme, Options(edition.audience, META, alone=True))
            link(standing_alone(edition, edition.units[2]), [alone], theme, made["handout"])
            made["again"] = folder / "again.pdf"
            link(edition, fragments, theme, made["again"])
    return made


def words(file: Path) -> str:
    return " ".join(passage.words for passage in read_back(file))


def test_only_the_instructor_s_book_has_solutions_and_notes(files: dict[str, Path]):
    assert "Thereforesolution" in words(files["instructor"]) and "Saythis" in words(files["instructor"])
    assert "Thereforesolution" not in words(files["student"]) and "Saythis" not in words(files["student"])


def test_the_hint_is_for_everyone(files: dict[str, Path]):
    assert "Think." in words(files["student"])


def test_two_links_of_one_edition_are_the_same_bytes(files: dict[str, Path]):
    assert files["student"].read_bytes() == files["again"].read_bytes()


def test_formulas_are_tagged_with_their_words(files: dict[str, Path]):
    with pikepdf.open(files["student"]) as pdf:
        elements = list(structure_elements(pdf.Root.StructTreeRoot))
        formulas = [str(element.Alt) for element in elements if element.get("/S") == "/Formula"]
    assert formulas == ["x squared", "a over b"]


def test_there_is_one_document_and_every_page_knows_its_place_in_the_parent_tree(files: dict[str, Path]):
    with pikepdf.open(files["student"]) as pdf:
        root = pdf.Root.StructTreeRoot
        assert root.K.S == "/Document"
        keys = [key for key, _ in pikepdf.NumberTree(root.ParentTree).items()]
        pages = [int(page.obj.StructParents) for page in pdf.pages]
    assert len(set(pages)) == len(pages)
    assert set(pages) <= set(keys)


def test_table_heads_are_headers_of_their_columns(files: dict[str, Path]):
    with pikepdf.open(files["student"]) as pdf:
        heads = [e for e in structure_elements(pdf.Root.StructTreeRoot) if e.get("/S") == "/TH"]
        assert [str(head.A.Scope) for head in heads[:2]] == ["/Column", "/Column"]


def test_bookmarks_name_units_and_their_sections(files: dict[str, Path]):
    with pikepdf.open(files["student"]) as pdf, pdf.open_outline() as outline:
        titles = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert titles == [
        ("Contents", []),
        ("Preface", []),
        ("Example 1: Title 1", ["Setting"]),
        ("Example 2: Title 2", []),
    ]


def test_a_reference_to_another_example_is_a_link_into_it(files: dict[str, Path]):
    with pikepdf.open(files["student"]) as pdf:
        last = pdf.pages[-1]
        inner = [annotation for annotation in last.Annots if "/Dest" in annotation]
        assert inner[0].Dest[0].objgen == pdf.pages[-2].objgen


def test_a_handout_has_no_link_that_leads_nowhere(files: dict[str, Path]):
    with pikepdf.open(files["handout"]) as pdf:
        uris = [str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a]
    assert uris and all(uri.startswith("https://") for uri in uris)
    told = words(files["handout"]).replace("\N{NO-BREAK SPACE}", " ")
    assert "See Equation 1.1 of A Book and a page" in told  # it says what it is of
    assert "See Equation 1.1 and a page" in words(files["student"]).replace("\N{NO-BREAK SPACE}", " ")


def test_an_external_link_is_printed_for_readers_on_paper(files: dict[str, Path]):
    assert "example.org/x" in words(files["handout"])


def test_front_pages_count_in_roman_numerals_and_the_body_from_one():
    parts = [Part(1, "", front=True, bare=True), Part(3, "Contents", front=True), Part(2, "1"), Part(1, "2")]
    assert list(page_labels(parts)) == ["i", "ii", "iii", "iv", "1", "2", "3"]


def test_the_file_says_its_title_language_and_conformance(files: dict[str, Path]):
    with pikepdf.open(files["student"]) as pdf:
        assert (str(pdf.Root.Lang), bool(pdf.Root.ViewerPreferences.DisplayDocTitle)) == ("en", True)
        with pdf.open_metadata() as xmp:
            assert (xmp["dc:title"], xmp["pdfuaid:part"]) == ("A Book", "1")


def test_running_heads_are_artifacts(files: dict[str, Path]):
    with pikepdf.open(files["student"]) as pdf:
        content = pdf.pages[2].Contents
        data = b"".join(part.read_bytes() for part in (content if isinstance(content, pikepdf.Array) else [content]))
    assert b"/Artifact <</Type /Pagination>> BDC" in data


def test_the_layout_engine_fetches_nothing_that_we_didn_t_give_it():
    fetcher = MemoryFetcher({"mathbook:font/a": ("font/ttf", b"data")})
    assert fetcher.fetch("mathbook:font/a").read() == b"data"
    for url in ("file:///etc/passwd", "https://example.org/", "mathbook:font/b"):
        with pytest.raises(ValueError, match="not part of the document"):
            fetcher.fetch(url)


def test_css_that_asks_for_a_file_is_refused(theme: Theme):
    curious = replace(theme, print_css="body { background: url(file:///etc/passwd) }")
    unit = edition_of("student").units[0]
    with pytest.raises(Stop) as stopped:
        compile(unit, curious, Options("student", META))
    assert stopped.value.diagnostics[0].code.value == "compile.failed"


def test_a_formula_in_a_line_stands_on_the_baseline(theme: Theme):
    fragment = compile(example("1", para("x ", Formula("x"), " x")), theme, Options("student", META))
    assert fragment.diagnostics == ()
    assert fragment.extent == 1


def test_a_paragraph_and_a_list_that_go_on_to_the_next_page_are_one_for_listeners(theme: Theme):
    sentence = "Some words that fill a line of the page and then a little more than that, until it ends. "
    items = tuple((para(f"Item {number}: " + sentence * 3),) for number in range(40))
    blocks = (para(sentence * 90), BulletList(items, tight=True), para("The end."))
    fragment = compile(example("1", *blocks), theme, Options("student", META))
    assert fragment.extent > 3
    with pikepdf.open(pdf_of(fragment.content, theme)) as pdf:
        elements = list(structure_elements(pdf.Root.StructTreeRoot))
        tags = [str(element.S) for element in elements]
        orphans = [e for e in elements if "/P" not in e or e.P.get("/Type") not in ("/StructElem", "/StructTreeRoot")]
    assert (tags.count("/Sect"), tags.count("/P"), tags.count("/L"), tags.count("/LI")) == (1, 2, 1, 40)
    assert orphans == []


def test_pages_for_both_sides_have_wider_inner_margins_and_page_one_on_the_right(theme: Theme, tmp_path: Path):
    edition = edition_of("student")
    double = replace(edition, meta=replace(META, pdf=PdfMeta(sides="double")))
    fragments = [compile(unit, theme, Options("student", double.meta)) for unit in double.units]
    link(double, fragments, theme, tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        lefts = [float(page.mediabox[0]) for page in pdf.pages]
        labels = [page.label for page in pdf.pages]
        assert {round(float(page.mediabox[2]) - left) for page, left in zip(pdf.pages, lefts, strict=True)} == {595}
        start = pdf.pages[labels.index("1")].objgen
        with pdf.open_outline() as outline:
            first = next(item for item in outline.root if item.title.startswith("Example 1"))
            assert first.destination[0].objgen == start
    assert {left < 0 for left in lefts[::2]} == {True} and {left > 0 for left in lefts[1::2]} == {True}
    assert labels.index("1") % 2 == 0
    assert words(tmp_path / "book.pdf").count("Title 2 2") == 1


def test_formulas_are_text_that_can_be_found_and_copied(files: dict[str, Path]):
    command = ["pdftotext", "-layout", str(files["student"]), "-"]
    copied = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "It is x^2" in copied
    assert "a/b" in copied


def test_the_glyphs_of_formulas_are_one_font_with_a_text_for_each(files: dict[str, Path]):
    with pikepdf.open(files["student"]) as pdf:
        found = [page.obj.Resources.Font.get("/MathbookFormula") for page in pdf.pages]
        fonts = {font.objgen: font for font in found if font is not None}
        assert len(fonts) == 1
        texts = read_unicode_map(next(iter(fonts.values())).ToUnicode.read_bytes())
    assert sorted(texts.values()) == ["2", "a", "b", "x"]

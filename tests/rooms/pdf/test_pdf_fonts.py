"""One set of fonts a file: the right face, all its glyphs, and texts that can be copied."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
import uharfbuzz as hb
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from hypothesis import given
from hypothesis import strategies as st

from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Example, Meta
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import Block, Emph, Listing, Paragraph, Strong, Text
from mathbook.document.theme import FontFace, FontFamily, Theme
from mathbook.pdf.compile import compile
from mathbook.pdf.link import link
from mathbook.pdf.piece import unpack
from mathbook.pdf.read_back import read_back
from mathbook.pdf.unicode_map import read_unicode_map, write_unicode_map
from mathbook.theme.load import load_theme
from pdf_pieces import pdf_of

META = Meta(title="Title", date="2026-01-02")


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded is not None
    return loaded


def example(number: str, *blocks: Block, title: str = "") -> Example:
    return Example(f"e{number}", number, f"e{number}", (Text(title or f"Title {number}"),), blocks, Span("e.md"))


def say(word: str) -> Paragraph:
    return Paragraph((Text(word), Emph((Text(word),)), Strong((Text(word),))))


UNITS = (
    example("1", say("brick"), Listing("def f(x): return 10", "python")),
    example("2", say("jumps"), Listing("while True: pass", "python")),
)


@pytest.fixture(scope="module")
def linked(theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[bytes], Path]:
    into = tmp_path_factory.mktemp("fonts") / "book.pdf"
    fragments = [compile(unit, theme, Options("student", META)) for unit in UNITS]
    link(Edition("student", META, UNITS, ()), fragments, theme, into)
    return [fragment.content for fragment in fragments], into


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0"]


def file_of(font: Any) -> Any:
    return font.DescendantFonts[0].FontDescriptor.FontFile2


def boxes(font: Any) -> dict[int, Any]:
    face = hb.Font(hb.Face(hb.Blob(file_of(font).read_bytes())))
    return {glyph: face.get_glyph_extents(glyph) for glyph in read_unicode_map(font.ToUnicode.read_bytes())}


def test_each_font_is_in_the_file_once(linked: tuple[list[bytes], Path]):
    files = defaultdict(set)
    with pikepdf.open(linked[1]) as pdf:
        for font in fonts(pdf):
            files[str(font.BaseFont)].add(file_of(font).objgen)
    assert len(files) > 5
    assert {name: len(found) for name, found in files.items() if len(found) != 1} == {}


def test_every_glyph_looks_as_in_the_theme_s_file(linked: tuple[list[bytes], Path], theme: Theme):
    """Bold code too: its widths are those of regular code, so that widths don't tell the two apart."""
    faces = {face.digest: face for family in (theme.fonts.body, theme.fonts.code) for face in family.faces}
    uses = [use for content in linked[0] for use in unpack(content).faces if use.digest in faces]
    assert any(
        faces[use.digest].path.name.endswith("Code-Pro-Bold.ttf") or faces[use.digest].weight > 400 for use in uses
    )
    with pikepdf.open(linked[1]) as pdf:
        shown = {str(font.BaseFont).partition("+")[2]: boxes(font) for font in fonts(pdf)}
    for use in uses:
        whole = hb.Face(hb.Blob.from_file_path(str(faces[use.digest].path)))
        own = shown[whole.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)]
        assert {glyph: own[glyph] for glyph in use.texts} == {
            glyph: hb.Font(whole).get_glyph_extents(glyph) for glyph in use.texts
        }


def test_what_was_set_can_be_read(linked: tuple[list[bytes], Path]):
    words = " ".join(passage.words for passage in read_back(linked[1]))
    for wanted in ("brickbrickbrick", "jumpsjumpsjumps", "def f(x): return 10", "while True: pass"):
        assert wanted in words


def test_a_font_that_is_not_the_theme_s_comes_with_its_piece(theme: Theme):
    """Letters that only the machine's fonts have: these are cut for the piece that shows them."""
    fragment = compile(example("1", say("اردو")), theme, Options("student", META))
    with pikepdf.open(pdf_of(fragment.content, theme)) as pdf:
        names = {str(font.BaseFont).partition("+")[0] for font in fonts(pdf)}
    assert len(names) > 1 and "/MATHBK" in names


def headed(title: str, theme: Theme, folder: Path) -> Path:
    """Return a handout whose second page has the title as its running head."""
    unit = example("1", *[say(f"word{n} ") for n in range(60)], title=title)
    fragment = compile(unit, theme, Options("student", META))
    link(Edition("student", META, (unit,), ()), [fragment], theme, folder / "head.pdf")
    return folder / "head.pdf"


def test_a_running_head_shows_no_missing_glyph(theme: Theme, tmp_path: Path):
    """What the headings' font lacks comes from the theme's other fonts."""
    with pikepdf.open(headed("Sets ⊆ ℝ", theme, tmp_path)) as pdf:
        content = pdf.pages[-1].Contents
        shown = b"".join(part.read_bytes() for part in content).rpartition(b"/Artifact")[2]
    assert b"/MathbookFurniture0" in shown and b"/MathbookFurniture1" in shown
    assert b"<0000>" not in shown


def test_a_running_head_shows_what_only_the_system_s_fonts_have(theme: Theme, tmp_path: Path):
    with pypdfium2.PdfDocument(headed("Sets in اردو", theme, tmp_path)) as document:
        head = document[len(document) - 1].get_textpage().get_text_bounded(bottom=780)
    assert "Sets in" in head and set("اردو") <= set(head)


@given(
    st.dictionaries(st.integers(0, 0xFFFF), st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=250)
)
def test_a_unicode_map_reads_back_as_it_was_written(texts: dict[int, str]):
    assert read_unicode_map(write_unicode_map(texts)) == texts


def boxy(file: Path, name: str) -> None:
    """Write a font with PostScript outlines in which each letter is a box."""
    glyphs = {char: f"uni{ord(char):04X}" for char in map(chr, range(32, 127))}
    builder = FontBuilder(1000, isTTF=False)
    order = [".notdef", *glyphs.values()]
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(char): glyph for char, glyph in glyphs.items()})
    pen = T2CharStringPen(600, None)
    for step, point in zip((pen.moveTo, pen.lineTo, pen.lineTo), ((50, 0), (550, 0), (550, 700)), strict=True):
        step(point)
    pen.closePath()
    builder.setupCFF("Boxy", {}, dict.fromkeys(order, pen.getCharString()), {})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (600, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxy", "styleName": "Regular", "psName": name})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(file)


@pytest.mark.parametrize("name", ["Boxy-Regular", "Boxy (new) /1"])
def test_a_font_with_postscript_outlines_is_one_in_the_file(theme: Theme, tmp_path: Path, name: str):
    boxy(tmp_path / "boxy.otf", name)
    digest = blake2b((tmp_path / "boxy.otf").read_bytes()).hexdigest()
    family = FontFamily("Boxy", ("serif",), (FontFace(tmp_path / "boxy.otf", digest),))
    odd = replace(theme, name="odd", fonts=replace(theme.fonts, body=family))
    fragment = compile(example("1", Paragraph((Text("brick by brick"),))), odd, Options("student", META))
    (tmp_path / "a.pdf").write_bytes(pdf_of(fragment.content, odd).getvalue())
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        (font,) = [font for font in fonts(pdf) if "Boxy" in str(font.BaseFont)]
        descendant = font.DescendantFonts[0]
        assert (descendant.Subtype, descendant.FontDescriptor.FontFile3.Subtype) == ("/CIDFontType0", "/OpenType")
        assert "/CIDToGIDMap" not in descendant
    assert "brick by brick" in " ".join(passage.words for passage in read_back(tmp_path / "a.pdf"))
    assert page.validate_pdf(str(tmp_path / "a.pdf"), profile="ua1").is_compliant

"""The finished file: its members, its package document, its contents, its looks."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from epub_samples import built, compiled, edition, theme
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from mathbook.archive.member import deflated, stored
from mathbook.document.book import Meta
from mathbook.document.edition import Edition
from mathbook.epub.book import book_record
from mathbook.epub.bundle import Bundle, BundledPicture, OutlineEntry, pack, unpack
from mathbook.epub.cover import cover_svg
from mathbook.epub.glyphs import Glyphs, glyphs_of
from mathbook.epub.link import link
from mathbook.epub.style import dark_colours
from mathbook.theme.contrast import contrast_ratio

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture(scope="module")
def student(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(edition("student"), tmp_path_factory.mktemp("student"))


@pytest.fixture(scope="module")
def instructor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(edition("instructor"), tmp_path_factory.mktemp("instructor"))


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def parsed(file: Path, name: str) -> etree._Element:
    return etree.fromstring(members(file)[f"OEBPS/{name}"])


def test_the_same_edition_gives_the_same_bytes(student: Path, tmp_path: Path):
    assert built(edition("student"), tmp_path).read_bytes() == student.read_bytes()


def test_the_media_type_comes_first_and_is_stored_bare(student: Path):
    assert student.read_bytes()[30:58] == b"mimetypeapplication/epub+zip"


def test_members_have_the_editions_date(student: Path):
    with zipfile.ZipFile(student) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 11, 23, 0, 0, 0)}


def test_the_manifest_lists_every_file_once(student: Path):
    listed = [f"OEBPS/{item.get('href')}" for item in parsed(student, "package.opf").iter(f"{OPF}item")]
    there = [name for name in members(student) if name.startswith("OEBPS/") and name != "OEBPS/package.opf"]
    assert sorted(listed) == sorted(there)


def test_the_spine_reads_cover_title_contents_units_colophon(student: Path):
    spine = [item.get("idref") for item in parsed(student, "package.opf").iter(f"{OPF}itemref")]
    assert spine == ["cover", "title", "nav", "unit-preface", "unit-base-rates", "unit-descent", "colophon"]


def test_a_page_with_formulas_says_so_and_no_other(student: Path):
    items = {item.get("id"): item.get("properties") for item in parsed(student, "package.opf").iter(f"{OPF}item")}
    assert (items["unit-base-rates"], items["unit-preface"], items["nav"]) == ("mathml", None, "nav")


def test_a_picture_that_two_units_show_is_there_once(student: Path):
    assert sum(name.startswith("OEBPS/pictures/") for name in members(student)) == 1


def test_contents_list_units_with_their_headings_figures_and_tables(student: Path):
    nav = parsed(student, "nav.xhtml")
    lists = {
        nav.get(EPUB_TYPE): ["".join(a.itertext()) for a in nav.iter(f"{XHTML}a")] for nav in nav.iter(f"{XHTML}nav")
    }
    assert lists["toc"][:3] == ["Preface", "1 Mistakes that you can’t see", "A model that never looks"]
    assert lists["toc"][3].startswith("Code, and what x") and lists["toc"][-1] == "2 Down the valley"
    assert lists["loi"] == ["Figure\xa02.1: The way down."]
    assert lists["lot"][0].startswith("Table\xa01.1: The test’s four")
    assert lists["landmarks"][-1] == "Start of the book"


def test_old_readers_get_the_same_contents_in_playing_order(student: Path):
    ncx = parsed(student, "toc.ncx")
    points = list(ncx.iter("{*}navPoint"))
    assert [point.get("playOrder") for point in points] == [str(n) for n in range(1, len(points) + 1)]
    assert len(points) == 5


def test_every_link_inside_the_book_leads_somewhere(student: Path, instructor: Path):
    for file in (student, instructor):
        pages = {name: etree.fromstring(data) for name, data in members(file).items() if name.endswith(".xhtml")}
        there = {f"{name}#{e.get('id')}" for name, page in pages.items() for e in page.iter() if e.get("id")} | set(
            pages
        )
        for name, page in pages.items():
            for anchor in page.iter(f"{XHTML}a"):
                href = anchor.get("href", "")
                if ":" not in href:
                    folder = name.rpartition("/")[0]
                    assert (name + href if href.startswith("#") else f"{folder}/{href}") in there


def test_a_link_to_what_is_only_on_a_slide_becomes_words(student: Path):
    page = etree.tostring(parsed(student, "text/descent.xhtml"), encoding="unicode")
    assert "<span>the slide</span>" in page and 'href="base-rates.xhtml#base-rates"' in page


def test_links_out_of_a_unit_that_stands_alone_become_words(tmp_path: Path):
    book = edition()
    alone = replace(book, units=book.units[2:], scope="unit")
    link(alone, compiled(alone), theme(), tmp_path / "alone.epub")
    page = etree.tostring(parsed(tmp_path / "alone.epub", "text/descent.xhtml"), encoding="unicode")
    assert "<span>Example 1</span>" in page
    assert book_record(alone).title == "Down the valley"


def test_the_instructors_edition_is_marked_and_has_an_identifier_of_its_own(student: Path, instructor: Path):
    mark = "Instructor’s edition"
    for name in ("title.xhtml", "cover.xhtml", "colophon.xhtml", "package.opf", "toc.ncx"):
        assert mark in members(instructor)[f"OEBPS/{name}"].decode()
        assert mark not in members(student)[f"OEBPS/{name}"].decode()
    assert book_record(edition("student")).identifier != book_record(edition("instructor")).identifier


def test_a_book_in_a_language_that_is_written_from_the_right_is_read_from_the_right(tmp_path: Path):
    book = edition()
    file = built(replace(book, meta=replace(book.meta, language="he-IL")), tmp_path)
    spine = next(parsed(file, "package.opf").iter(f"{OPF}spine"))
    assert spine.get("page-progression-direction") == "rtl"
    assert parsed(file, "text/descent.xhtml").get("dir") == parsed(file, "nav.xhtml").get("dir") == "rtl"


def test_a_book_without_identifier_gets_the_same_one_each_time():
    one = book_record(Edition("student", Meta("T"), (), ())).identifier
    assert one == book_record(Edition("student", Meta("T"), (), ())).identifier
    assert one.startswith("urn:uuid:") and one != book_record(Edition("student", Meta("U"), (), ())).identifier


def test_fonts_hold_what_is_shown_and_little_more(student: Path):
    files = members(student)
    body = TTFont(BytesIO(files["OEBPS/fonts/stix-two-text-400.ttf"])).getBestCmap()
    assert ord("é") not in body and {ord(char) for char in "Tthe“’—"} <= set(body)
    math = TTFont(BytesIO(files["OEBPS/fonts/stix-two-math-400.ttf"]))
    assert "MATH" in math and {ord("□"), ord("↩")} <= set(math.getBestCmap())
    assert b"SIL OPEN FONT LICENSE" in files["META-INF/licences/stix-two-math.txt"]
    assert sum(len(data) for name, data in files.items() if "/fonts/" in name) < 300_000


def test_the_cover_is_a_picture_of_the_usual_size(student: Path):
    with Image.open(BytesIO(members(student)["OEBPS/cover.png"])) as cover:
        assert (cover.format, cover.size) == ("PNG", (1600, 2400))


@given(st.text(st.sampled_from("abcdefgh W"), max_size=400))
def test_a_cover_can_be_drawn_for_any_title(title: str):
    book = book_record(Edition("instructor", Meta(title, authors=("A", "B")), (), ()))
    assert etree.fromstring(cover_svg(book, theme())).get("width") == "1600"


def test_the_style_sheet_leaves_sizes_and_the_colour_of_text_to_the_reader(student: Path):
    css = members(student)["OEBPS/style.css"].decode()
    ours, _, colours = css.partition("@media (prefers-color-scheme: light)")
    assert not re.search(r"\d(px|pt|cm|mm)\b", css)
    assert not re.search(r"(?<!-)color: (?!inherit)", ours)
    assert "@media (prefers-color-scheme: dark)" in colours and css.rstrip().endswith(".own { margin: 0 }")


@given(st.integers(0, 0xFFFFFF))
def test_any_colour_can_be_read_in_the_dark(colour: int):
    colours = replace(theme().colours, accent=f"#{colour:06x}")
    assert contrast_ratio(dark_colours(colours)["accent"], "#26282c") >= 4.5


CHARS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@given(
    st.binary(),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.builds(Glyphs, CHARS, CHARS, CHARS),
    st.lists(st.builds(OutlineEntry, st.text("ab"), st.text("ab")), max_size=3).map(tuple),
)
def test_a_bundle_comes_out_as_it_went_in(page: bytes, title: str, glyphs: Glyphs, outline: tuple[OutlineEntry, ...]):
    pictures = (BundledPicture("pictures/a.png", "image/png", deflated(page)), BundledPicture("b", "c", stored(page)))
    lists = {"anchors": (title,), "leads_to": ("a", title), "captions": ((title, "words"),)}
    bundle = Bundle(deflated(page), page, title, ("mathml",), outline, glyphs, **lists, pictures=pictures)
    assert unpack(pack(bundle)) == bundle
    assert pack(bundle) == pack(bundle)


def test_characters_are_told_apart_by_their_font():
    section = etree.fromstring(
        '<p>a<code>b</code>c<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>d</mi><mi>π</mi><mi>sin</mi><annotation>e</annotation></math></p>'
    )
    found = glyphs_of(section)
    assert found == Glyphs("ACac", "b", "dinsπ𝑑𝜋")

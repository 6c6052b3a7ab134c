"""EPUBCheck and DAISY Ace read what we write: small books of all nodes, and a manuscript that is hard to set."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mathbook.build.make import Request, make
from mathbook.diagnostics import Collector
from mathbook.document.book import Audience
from mathbook.document.nodes import Footnote, Formula, Heading, Image, Paragraph, Term, Text
from mathbook.edition.resolve import resolve
from mathbook.epub.read_back import read_back
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.verify.judge import judge

sys.path.insert(0, str(Path(__file__).parents[1] / "rooms" / "epub"))
import torture
from browser import overflows
from epub_readers import ace, epubcheck, pages, pages_named, silent_heads, spoilt
from epub_samples import VALLEY, built, edition, paragraph
from print_pages import page_list

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"

pytestmark = pytest.mark.xdist_group("epubcheck")


@pytest.mark.parametrize(
    ("audience", "math"), [("student", "mathml"), ("instructor", "mathml"), ("student", "svg"), ("student", "both")]
)
def test_epubcheck_finds_nothing_in_a_book_of_all_nodes(audience: Audience, math: str, tmp_path: Path):
    assert epubcheck(built(edition(audience, math), tmp_path)) == []


def test_epubcheck_finds_nothing_in_a_book_that_is_hard_to_write(tmp_path: Path):
    book = edition()
    hard = Text("a & b < c > \"d\" 'e' é Ж 漢字 😀 \u202b اردو \u202c")
    notes = tuple(Footnote((paragraph(hard, Term("index", (hard,), "x")),), str(number)) for number in range(1, 61))
    title = (hard, Formula(r"x < \frac{1}{2}"), Image("figures/valley.svg", VALLEY.digest, '"alt" & <more>'))
    blocks = (Heading(2, title, "sec:a b/ü"), Heading(2, (Text(" "),)), Paragraph(notes), Heading(6, (hard,)))
    unit = replace(book.units[2], id="übung.1", title=title, blocks=blocks)
    meta = replace(
        book.meta, title="<&>", authors=("A & B",), identifier="", licence="(c) <us>", subtitle="", language="ar"
    )
    assert epubcheck(built(replace(book, meta=meta, units=(unit,), labels=()), tmp_path)) == []


def test_epubcheck_finds_nothing_in_an_empty_book(tmp_path: Path):
    book = edition()
    assert epubcheck(built(replace(book, units=book.units[:1], labels=()), tmp_path)) == []


@pytest.fixture(scope="module", params=["mathml", "svg"])
def hard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The torture manuscript's e-book: the instructor's with MathML, and drawn formulas in a book in Hebrew.

    It is proved below; the PDF only lends its pages, and may lack letters that no font of the machine has.
    """
    language = "en" if request.param == "mathml" else "he"
    root = torture.write(tmp_path_factory.mktemp(request.param), language=language, math=request.param)
    for _ in make(Project(root), Request(formats=("pdf", "epub"), audiences=("instructor",), verify=False)):
        pass
    return root / "dist" / "book-instructor.epub"


def test_what_is_hard_to_set_says_what_its_manuscript_says(hard: Path):
    book = read_book(Project(hard.parents[1]), Collector())
    assert book is not None
    assert judge(resolve(book, "instructor", Collector()), "epub", list(read_back(hard))).findings == ()


def test_epubcheck_finds_nothing_in_what_is_hard_to_set(hard: Path):
    assert epubcheck(hard) == []


def test_ace_finds_nothing_in_what_is_hard_to_set(hard: Path):
    assert (ace(hard), silent_heads(hard)) == ([], [])
    assert len(page_list(hard)) > 8


def test_nothing_of_what_is_hard_to_set_stands_out_of_a_screen(hard: Path):
    assert overflows(hard) == []


@pytest.mark.parametrize("hard", ["mathml"], indirect=True)
def test_the_browser_tells_what_stands_out(hard: Path, tmp_path: Path):
    bad = spoilt(hard, tmp_path / "wide.epub", "OEBPS/style.css", lambda text: text + "figure.listing { width: 60em }")
    assert any("figure.listing" in fault and "at 360, dark" in fault for fault in overflows(bad))


def test_words_of_another_script_say_which_way_they_run(hard: Path):
    tongues = next(page for page in pages(hard) if page.find(".//*[@id='tongues']") is not None)
    said = {"".join(p.itertext())[:3]: p.get("dir") for p in tongues.iter("{*}p")}
    hebrew = tongues.get("dir") == "rtl"
    assert (said["هذا"], said["Die"]) == ((None, "ltr") if hebrew else ("rtl", None))


def test_what_the_glossary_says_opens_beside_its_word(hard: Path):
    all_of_it, glossary = (next(pages_named(hard, name)) for name in ("text/all.xhtml", "text/glossary.xhtml"))
    links = [link for link in all_of_it.iter("{*}a") if "glossref" in link.get(EPUB_TYPE, "")]
    assert [link.get("href") for link in links] == ["#term-logit", "glossary.xhtml#term-odds", "#term-logit"]
    (note,) = (aside for aside in all_of_it.iter("{*}aside") if aside.get("id") == "term-logit")
    assert note.get("role") == "doc-footnote" and "spread" in "".join(note.itertext())
    assert [home.get("href") for home in note.iter("{*}a")] == ["glossary.xhtml#term-logit"]
    assert {"term-logit", "term-odds"} <= {element.get("id") for element in glossary.iter()}


@pytest.mark.parametrize("hard", ["mathml"], indirect=True)
def test_the_judges_tell_what_is_wrong(hard: Path, tmp_path: Path):
    """A picture without words, no word of hazards, a page without its number, a link that leads nowhere."""
    one = spoilt(hard, tmp_path / "1.epub", "OEBPS/text/all.xhtml", lambda text: text.replace(' alt="An arch', ' id="'))
    two = spoilt(one, tmp_path / "2.epub", "OEBPS/text/all.xhtml", lambda text: text.replace('aria-label="3"', ""))
    three = spoilt(two, tmp_path / "3.epub", "OEBPS/package.opf", lambda text: text.replace("accessibilityHazard", "x"))
    bad = spoilt(three, tmp_path / "bad.epub", "OEBPS/nav.xhtml", lambda text: text.replace("#page--3", "#page--300"))
    told = " ".join(ace(bad))
    assert all(rule in told for rule in ("image-alt", "pagebreak-label", "metadata-accessibilityhazard"))
    assert any("RSC-012" in complaint for complaint in epubcheck(bad))

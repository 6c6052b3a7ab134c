"""The book of this repository, built as a user builds it, before judges that none of us wrote."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import overflows
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from repair import faults

from mathbook.diagnostics import Collector
from mathbook.document.book import Audience, Book, FormatName
from mathbook.edition.resolve import resolve
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.theme.load import load_theme
from mathbook.verify.judge import judge

sys.path.insert(0, str(Path(__file__).parents[1] / "rooms" / "epub"))
from epub_readers import ace, epubcheck, silent_heads
from print_pages import assert_pages_agree, bare, page_list, printed_pages

pytestmark = pytest.mark.xdist_group("real book")

ROOT = Path(__file__).parents[2]

FOOTER = PP_PLACEHOLDER.FOOTER

EXCEPTIONS = {
    "Unexpected element 'rPr'": (
        "a:rPr inside m:r is what PowerPoint writes, and the schema of openxml-audit doesn't know it; Google Slides "
        "shows a formula only where the font is named there"
    ),
}
"""What a judge may say, and why we let it: the one list of exceptions."""


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the book once."""
    folder = tmp_path_factory.mktemp("real") / "dist"
    command = [sys.executable, "-m", "mathbook", "build", "--out", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def book() -> Book:
    collector = Collector()
    book = read_book(Project(ROOT), collector)
    assert book is not None
    assert not collector.diagnostics, "\n".join(str(diagnostic) for diagnostic in collector.diagnostics)
    return book


def files(folder: Path, pattern: str) -> list[Path]:
    found = sorted(folder.rglob(pattern))
    assert found, f"the build made no {pattern}"
    return found


def test_epubcheck_and_ace_find_nothing(dist: Path, tmp_path: Path):
    for file in files(dist, "*.epub"):
        copy = Path(shutil.copy(file, tmp_path))
        assert (epubcheck(copy), ace(copy), silent_heads(copy)) == ([], [], []), file.name


def test_nothing_of_the_e_book_stands_out_of_a_screen(dist: Path):
    assert overflows(dist / "book-instructor.epub") == []


def test_the_e_book_is_small(dist: Path):
    assert max(file.stat().st_size for file in files(dist, "*.epub")) < 600_000


@pytest.mark.parametrize("mark", ["", "-instructor"])
def test_every_printed_page_is_found_in_the_e_book_by_its_first_words(dist: Path, mark: str):
    pdf, epub = dist / f"book{mark}.pdf", dist / f"book{mark}.epub"
    assert_pages_agree(pdf, epub)
    # the second page of the print's own contents has no counterpart: the e-book has contents of its own
    listed = [label for label, _ in page_list(epub)]
    assert set(printed_pages(pdf)) - set(listed) <= {"iii"} and len(listed) > 30


NUMBERED = re.compile(r"((?:Theorem|Definition|Exercise|Algorithm) [0-9.]+[0-9]): (.+)")


@pytest.mark.parametrize(
    ("deck", "pdf"), [("deck", "book"), ("deck-instructor", "book-instructor"), ("decks/0", "handouts/0")]
)
def test_footers_name_the_pages_on_which_print_has_the_slide_s_title(dist: Path, deck: str, pdf: str):
    found = 0
    for file in files(dist, f"{deck}*.pptx"):
        name = file.relative_to(dist).with_suffix("").as_posix()
        if deck in ("deck", "decks/0") and name.endswith("-instructor"):
            continue
        printed = printed_pages(dist / f"{name.replace(deck, pdf, 1)}.pdf")
        for title, (first, last) in slides_with_pages(file):
            said = bare(NUMBERED.sub(r"\1 (\2)", title))
            labels = list(printed)
            pages = labels[labels.index(first) : labels.index(last) + 1]
            if NUMBERED.fullmatch(title):
                assert any(said in printed[page] for page in pages), (title, pages)
                found += 1
    assert found >= 20


def slides_with_pages(file: Path) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each slide's title with the first and the last page that its footer names."""
    for slide in Presentation(str(file)).slides:
        footers = [shape.text_frame.text for shape in slide.placeholders if shape.placeholder_format.type == FOOTER]
        if footers and (named := re.search(r" · handout pp?\. (\w+)(?:–(\w+))?$", footers[0])):
            yield slide.shapes.title.text_frame.text, (named[1], named[2] or named[1])


def test_openxml_audit_finds_nothing(dist: Path, tmp_path: Path):
    for file in files(dist, "*.pptx"):
        command = [Path(sys.executable).parent / "openxml-audit", "-f", "microsoft365", "-m", "0", "-o", "json", file]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
        complaints = list(_complaints(json.loads(done.stdout)))
        assert [complaint for complaint in complaints if not any(known in complaint for known in EXCEPTIONS)] == []


def _complaints(report: object) -> Iterator[str]:
    """Yield each message in openxml-audit's JSON, wherever it stands."""
    if isinstance(report, dict):
        if isinstance(report.get("description"), str):
            yield f"{report['description']} {report.get('part', '')} {report.get('path', '')}"
        for value in report.values():
            yield from _complaints(value)
    elif isinstance(report, list):
        for value in report:
            yield from _complaints(value)


def test_no_deck_has_what_makes_powerpoint_offer_a_repair(dist: Path):
    for file in files(dist, "*.pptx"):
        assert faults(file) == {}, file.name


def test_all_letters_come_from_the_theme_whatever_fonts_a_machine_has(dist: Path, book: Book):
    theme = load_theme(book.meta.theme, ROOT / "themes", Collector())
    assert theme is not None
    fonts, deck = theme.fonts, theme.deck
    families = (fonts.body, fonts.heading, fonts.code, fonts.math, deck.body, deck.heading, deck.code)
    stand_ins = {
        face.path.stem.partition("-")[0] for family in families for face in family.faces
    }  # Carlito for Calibri
    known = (*(family.name.replace(" ", "") for family in families), *stand_ins)
    for file in files(dist, "*.pdf"):
        fonts = subprocess.run(["pdffonts", str(file)], capture_output=True, text=True, check=True).stdout.splitlines()[
            2:
        ]
        names = {line.split()[0].partition("+")[2].replace("-", "") for line in fonts}
        assert [name for name in names if not name.startswith(known)] == [], file.name


def test_qpdf_finds_nothing(dist: Path):
    for file in files(dist, "*.pdf"):
        done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), file.name


def test_every_pdf_is_accessible_by_pdf_ua_1(dist: Path):
    import page

    for file in files(dist, "*.pdf"):
        report = page.validate_pdf(str(file), profile="ua1")
        assert [(failure.rule_id, failure.message) for failure in report.failures] == [], file.name


@pytest.mark.parametrize("audience", ["student", "instructor"])
@pytest.mark.parametrize(
    ("format_name", "stem", "suffix"), [("pdf", "book", "pdf"), ("epub", "book", "epub"), ("deck", "deck", "pptx")]
)
def test_nothing_of_the_book_is_lost(
    dist: Path, book: Book, audience: Audience, format_name: FormatName, stem: str, suffix: str
):
    edition = resolve(book, audience, Collector())
    file = dist / (f"{stem}.{suffix}" if audience == "student" else f"{stem}-instructor.{suffix}")
    read_back = _read_back(format_name)
    assert judge(edition, format_name, list(read_back(file))).findings == ()


def _read_back(format_name: str):
    return importlib.import_module(f"mathbook.{format_name}.read_back").read_back


def test_a_second_build_gives_the_same_bytes(dist: Path, tmp_path: Path):
    again = tmp_path / "dist"
    command = [sys.executable, "-m", "mathbook", "build", "--out", str(again), "-j", "1"]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    for file in files(dist, "*.*"):
        assert (again / file.relative_to(dist)).read_bytes() == file.read_bytes(), file.name

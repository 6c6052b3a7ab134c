"""The triptych shows each block as each finished file has it, and nothing that isn't in these files."""

from __future__ import annotations

import io
import shutil
import sys
import zipfile
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html
from PIL import Image, ImageStat

from mathbook.authoring.prove import examine_published, manuscript_of
from mathbook.authoring.reports import write_reports
from mathbook.build.make import Request, make
from mathbook.document.book import Audience
from mathbook.preview import drawings
from mathbook.project import Project
from mathbook.triptych.show import in_sync
from mathbook.verify.examine import examine

sys.path.insert(0, str(Path(__file__).parents[2] / "formats"))
from mutations import EXAMPLE, FILES, PICTURE

MORE = """
::: tip
Look at both ends.
:::

::: {.content-visible when-format="pdf"}
Only print says this of number 3.
:::
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a book of one example that has everything in it, for both audiences."""
    root = tmp_path_factory.mktemp("triptych") / "book"
    (root / "manuscript/examples").mkdir(parents=True)
    (root / "manuscript/figures").mkdir()
    (root / "manuscript/book.yaml").write_text("title: Steps & <Valleys>\n", "utf-8")
    (root / "manuscript/examples/03-steps.md").write_text(EXAMPLE.format(n=3) + MORE, "utf-8")
    (root / "manuscript/figures/valley3.svg").write_text(PICTURE.format(227), "utf-8")
    list(make(Project(root), Request()))
    return root


@pytest.fixture
def root(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of it that a test may spoil, on a machine without LibreOffice."""
    monkeypatch.setattr(drawings.shutil, "which", lambda _: None)
    return Path(shutil.copytree(built, tmp_path / "book"))


def triptych(root: Path, audience: Audience = "student") -> html.HtmlElement:
    """Return the page about the files as they are."""
    manuscript = manuscript_of(Project(root))
    mark = "" if audience == "student" else "-instructor"
    finished = {name: root / "dist" / book.replace(".", f"{mark}.") for name, book in FILES.items()}
    examined = {name: examine(path, path.name, manuscript.editions) for name, path in finished.items()}
    shown = in_sync(manuscript.editions[audience], manuscript.names, finished, examined, root / "kept")
    return html.fromstring(shown.encode())


def rows(page: html.HtmlElement) -> dict[str, html.HtmlElement]:
    return {row.findtext("h3/a"): row for row in page.iter("article")}


def rewrite(path: Path, member: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old in members[member]
    members[member] = members[member].replace(old, new, 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def test_each_block_stands_beside_itself_in_all_formats(root: Path):
    found = rows(triptych(root))
    assert {"Title", "Equation (3.1)", "Theorem 3.1", "List", "Table 3.1", "Figure 3.1", "Exercise 3.1", "Tip"} <= {
        *found
    }
    for name, row in found.items():
        assert row.get("class") == "row same", name
        assert [cell.get("class").split()[1] for cell in row.iter("figure") if "cell" in cell.get("class", "")] == [
            "pdf",
            "epub",
            "deck",
        ]


def test_print_is_cut_out_of_the_page(root: Path):
    for name, row in rows(triptych(root)).items():
        for strip in row.xpath(".//figure[contains(@class, ' pdf ')]//img"):
            with Image.open(io.BytesIO(b64decode(strip.get("src").partition(",")[2]))) as picture:
                assert picture.width > 600
                assert min(ImageStat.Stat(picture.convert("L")).extrema[0]) < 120, f"{name} is blank"


def test_the_e_book_is_its_own_markup_with_its_formulas_and_pictures(root: Path):
    found = rows(triptych(root))
    equation = found["Equation (3.1)"].xpath(".//template//math")
    assert "∂" in equation[0].text_content()
    assert [cell.text_content() for cell in found["Table 3.1"].xpath(".//template//td")] == [
        "alpha 3",
        "31",
        "beta 3",
        "32",
    ]
    (picture,) = found["Figure 3.1"].xpath(".//template//img")
    assert picture.get("src").startswith("data:image/svg+xml;base64,")


def test_what_a_format_leaves_out_on_purpose_is_said(root: Path):
    only_print = next(row for row in triptych(root).iter("article") if "Only print says this" in row.text_content())
    states = [cell.get("class").split()[2] for cell in only_print.xpath(".//figure[contains(@class, 'cell')]")]
    assert states == ["same", "left-out", "left-out"]


def test_without_libreoffice_it_says_so_and_shows_what_the_slides_say(root: Path):
    page = triptych(root)
    assert "Slides are not drawn here" in page.text_content()
    (said,) = rows(page)["Theorem 3.1"].xpath(".//div[@class='said']")
    assert "every step goes down" in said.text_content()


def test_a_difference_is_shown_in_its_row_and_in_the_contents(root: Path):
    rewrite(root / "dist/book.epub", "OEBPS/text/steps-3.xhtml", b"alpha 3", b"gamma 3")
    page = triptych(root)
    row = rows(page)["Table 3.1"]
    assert row.get("class") == "row differs"
    assert [(e.tag, e.text) for e in row.iter("del", "ins")] == [("del", "alpha"), ("ins", "gamma")]
    assert ["bad" in dot.get("class") for dot in page.xpath("//nav//span[contains(@class, 'dot')]")] == [True]


def test_the_page_needs_nothing_and_runs_nothing_of_the_files(root: Path):
    evil = b'<script>alert(1)</script><p onclick="alert(2)"><a href="javascript:alert(3)">Take</a> '
    rewrite(root / "dist/book.epub", "OEBPS/text/steps-3.xhtml", b"<p>Take ", evil)
    page = triptych(root)
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    (script,) = page.iter("script")
    assert b64encode(sha256(script.text.encode()).digest()).decode() in policy
    acting = page.xpath("//@*[starts-with(name(), 'on') or contains(., 'alert') or contains(., 'javascript')]")
    assert acting == []
    assert [at for at in page.xpath("//@src | //link/@href | //image/@href") if not at.startswith("data:")] == []


def test_the_students_page_tells_no_answer(root: Path):
    secret = "forty-two times as far"
    assert secret not in html.tostring(triptych(root), encoding="unicode")
    assert secret in html.tostring(triptych(root, "instructor"), encoding="unicode")


def test_reports_stay_beside_the_files_that_they_tell_of_and_go_with_them(root: Path):
    manuscript = manuscript_of(Project(root))
    list(write_reports(Project(root), manuscript, list(examine_published(root / "dist", manuscript))))
    reports = {"in-sync.html", "in-sync-instructor.html", "accessibility.html"}
    list(make(Project(root), Request()))
    assert reports <= {path.name for path in (root / "dist").iterdir()}
    source = root / "manuscript/examples/03-steps.md"
    source.write_text(source.read_text("utf-8").replace("both ends", "both sides"), "utf-8")
    list(make(Project(root), Request()))
    assert not reports & {path.name for path in (root / "dist").iterdir()}


def test_a_damaged_file_has_no_place_in_the_page_and_fails_its_judges(root: Path):
    rewrite(root / "dist/book.epub", "OEBPS/text/steps-3.xhtml", b"</", b"<//")
    (root / "dist/deck.pptx").write_bytes(b"no deck")
    manuscript = manuscript_of(Project(root))
    list(write_reports(Project(root), manuscript, list(examine_published(root / "dist", manuscript))))
    page = html.fromstring((root / "dist/in-sync.html").read_bytes())
    assert {cell.get("class").split()[1] for cell in page.xpath("//article//figure[contains(@class, 'cell')]")} == {
        "pdf"
    }
    judged = html.fromstring((root / "dist/accessibility.html").read_bytes())
    failed = {row.findtext("th/code") for row in judged.iter("tr") if row.xpath(".//*[contains(@class, 'failed')]")}
    assert {"book.epub", "deck.pptx"} <= failed

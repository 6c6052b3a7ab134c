"""Judges say what they found, and nothing of what they weren't asked."""

from __future__ import annotations

import shutil
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from mathbook.build.make import Request, make
from mathbook.document.book import Meta
from mathbook.judges import epubcheck, open_xml, panel, pdf_ua
from mathbook.judges.alternatives import alternatives_of_deck, alternatives_of_epub
from mathbook.judges.contrast import contrast
from mathbook.judges.page import accessibility
from mathbook.judges.verdict import Fault, Verdict
from mathbook.project import Project

sys.path.insert(0, str(Path(__file__).parents[2] / "formats"))
from mutations import EXAMPLE, PICTURE


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("judged") / "book"
    (root / "manuscript/examples").mkdir(parents=True)
    (root / "manuscript/figures").mkdir()
    (root / "manuscript/book.yaml").write_text("title: Steps\n", "utf-8")
    (root / "manuscript/examples/03-steps.md").write_text(EXAMPLE.format(n=3), "utf-8")
    (root / "manuscript/figures/valley3.svg").write_text(PICTURE.format(227), "utf-8")
    list(make(Project(root), Request(audiences=("student",))))
    return root / "dist"


@pytest.fixture
def dist(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "dist"))


def rewrite(path: Path, ending: str, old: bytes, new: bytes) -> None:
    """Put other bytes into the members whose names end so."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    changed = {name: data.replace(old, new) if name.endswith(ending) else data for name, data in members.items()}
    assert changed != members
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in changed.items():
            archive.writestr(name, data)


def said(verdict: Verdict) -> tuple[str, list[str]]:
    return verdict.outcome, [f"{fault.rule} {fault.message}" for fault in verdict.faults if not fault.accepted]


@pytest.mark.parametrize("name", ["book.pdf", "book.epub", "deck.pptx"])
def test_all_judges_pass_what_is_built(dist: Path, name: str):
    verdicts = list(panel.verdicts(dist / name, name))
    assert [said(verdict) for verdict in verdicts] == [("passed", []), ("passed", [])]
    assert len({verdict.judge for verdict in verdicts}) == 2


def test_a_pdf_without_its_language_fails_and_the_rules_are_named(dist: Path):
    with pikepdf.open(dist / "book.pdf", allow_overwriting_input=True) as pdf:
        del pdf.Root.Lang
        pdf.save(dist / "book.pdf")
    outcome, faults = said(pdf_ua.pdf_ua(dist / "book.pdf", "book.pdf"))
    assert outcome == "failed"
    assert any("LANGUAGE" in fault for fault in faults)


def test_an_e_book_with_a_broken_link_fails(dist: Path):
    rewrite(dist / "book.epub", "steps-3.xhtml", b"https://example.org/number/3", b"nowhere.xhtml")
    outcome, faults = said(epubcheck.epubcheck(dist / "book.epub", "book.epub"))
    assert outcome == "failed"
    assert any(fault.startswith("RSC-") for fault in faults)


def test_a_deck_with_an_element_that_no_schema_knows_fails(dist: Path):
    rewrite(dist / "deck.pptx", "slides/slide3.xml", b"<p:spTree>", b"<p:spTree><p:nothing/>")
    assert open_xml.open_xml(dist / "deck.pptx", "deck.pptx").outcome == "failed"


def test_text_that_is_hardly_seen_is_found_on_white_and_on_a_ground_of_its_own(tmp_path: Path):
    """Nine texts: black, grey and light grey, on white, light grey and black."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 300))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    drawn = ""
    for row, ground in enumerate((1.0, 0.8, 0.0)):
        drawn += f"{ground} g 0 {row * 100} 300 100 re f "
        for column, colour in enumerate((0.0, 0.5, 0.75)):
            drawn += f"BT {colour} g /F 10 Tf {10 + 100 * column} {40 + row * 100} Td (Words here) Tj ET "
    page.Contents = pdf.make_stream(drawn.encode())
    pdf.save(tmp_path / "grey.pdf")
    outcome, faults = said(contrast(tmp_path / "grey.pdf", "grey.pdf"))
    pairs = {tuple(fault.split(": ")[0].replace("1.4.3 text in ", "").split(" on ")) for fault in faults}
    light = {("#808080", "#ffffff"), ("#bfbfbf", "#ffffff"), ("#808080", "#cccccc"), ("#bfbfbf", "#cccccc")}
    assert (outcome, pairs) == ("failed", {*light, ("#000000", "#000000")})


def test_pictures_and_formulas_without_words_are_counted(dist: Path):
    rewrite(dist / "book.epub", "steps-3.xhtml", b" alt=", b" title=")
    rewrite(dist / "book.epub", "steps-3.xhtml", b" alttext=", b" title=")
    rewrite(dist / "book.epub", "steps-3.xhtml", b"<th ", b"<td ")
    rewrite(dist / "book.epub", "steps-3.xhtml", b"</th>", b"</td>")
    outcome, faults = said(alternatives_of_epub(dist / "book.epub", "book.epub"))
    assert outcome == "failed"
    page = "OEBPS/text/steps-3.xhtml"
    for fault in ("1.1.1 a picture without words", "1.1.1 a formula without words", "1.3.1 a table without heads"):
        assert f"{fault} in {page}" in faults


def test_slides_without_titles_and_pictures_without_words_are_counted(dist: Path):
    rewrite(dist / "deck.pptx", ".xml", b" descr=", b" title=")
    rewrite(dist / "deck.pptx", "slides/slide4.xml", b'type="title"', b'type="body"')
    outcome, faults = said(alternatives_of_deck(dist / "deck.pptx", "deck.pptx"))
    assert outcome == "failed"
    assert "2.4.2 slide 4 has no title" in faults
    assert any(fault.startswith("1.1.1 a picture without words") for fault in faults)
    assert any(fault.startswith("1.1.1 a formula without words") for fault in faults)


def test_who_is_not_installed_is_named_with_the_reason(dist: Path, monkeypatch: pytest.MonkeyPatch):
    def absent(name: str) -> str:
        raise epubcheck.PackageNotFoundError(name)

    for module in (epubcheck, open_xml, pdf_ua):
        monkeypatch.setattr(module, "version", absent)
    pdf_ua.judge_name.cache_clear()
    verdicts = [next(panel.verdicts(dist / name, name)) for name in ("book.pdf", "book.epub", "deck.pptx")]
    pdf_ua.judge_name.cache_clear()
    assert [(verdict.outcome, verdict.faults) for verdict in verdicts] == [("not run", ())] * 3
    assert all("pip install" in verdict.why for verdict in verdicts)


def test_without_java_epubcheck_is_not_run(dist: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    verdict = epubcheck.epubcheck(dist / "book.epub", "book.epub")
    assert (verdict.outcome, "Java" in verdict.why) == ("not run", True)


def test_the_page_claims_nothing_that_was_not_judged():
    meta = Meta(title="Steps & <more>", language="en")
    passed = Verdict("one 1.0", "this", "book.pdf", "passed")
    absent = replace(passed, judge="two", outcome="not run", why="not installed")
    failed = replace(passed, file="book.epub", outcome="failed", faults=(Fault("R-1", "a <fault>", 3),))
    page = accessibility(meta, [passed, absent, failed])
    assert "1 of 3 judgements passed" in page
    assert "1 could not be asked for" in page
    assert "not installed" in page and "a &lt;fault&gt;, 3 times" in page
    assert "files of this edition: one 1.0." in page  # two was not asked

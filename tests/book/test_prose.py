"""What holds for the text as a whole: its parts, its lengths, its figures, and what it may say about people."""

from __future__ import annotations

import importlib.util
import re
import sys
from datetime import date
from pathlib import Path
from typing import Literal

import book_text
import mathra
import pytest
import yaml

from mathbook.diagnostics import Collector
from mathbook.edition.resolve import resolve
from mathbook.project import Project
from mathbook.source.read import read_book

EXAMPLES = [book_text.example(number) for number in range(1, 8)]
CHAPTERS = book_text.chapters()
SEEDS = sorted((book_text.ROOT / "seeds").glob("*.yaml"))
BOOK = yaml.safe_load((book_text.MANUSCRIPT / "book.yaml").read_text(encoding="utf-8"))
SCRIPTS = [path for path in sorted(book_text.FIGURES.glob("*.py")) if path.stem != "plot"]
LINKS = {
    "https://www.youtube.com/watch?v=3qHkcs3kG44&t=5610s",
    "https://techcrunch.com/2016/12/01/facebooks-advice-to-students-interested-in-artificial-intelligence/",
}


def name_of(value: object) -> str:
    return getattr(value, "path", value).stem


every_example = pytest.mark.parametrize("chapter", EXAMPLES, ids=name_of)
every_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=name_of)
every_seed = pytest.mark.parametrize("path", SEEDS, ids=name_of)


@every_example
def test_an_example_has_all_its_parts(chapter: book_text.Chapter) -> None:
    body = chapter.body
    for block, count in (("source", 1), ("takeaway", 1), ("hint", 2), ("solution", 2)):
        assert len(re.findall(rf"^::: {block}$", body, re.MULTILINE)) == count, block
    assert len(re.findall(r"^:::: \{\.exercise #exr:\S+ title=", body, re.MULTILINE)) == 2
    assert "\n::: notes\n" in body
    assert body.count("$$") >= 2 * 3
    assert "](figures/" in body or "{#tbl:" in body
    assert body.lstrip().startswith("::: source\n")


@every_example
def test_an_example_has_800_to_1500_words(chapter: book_text.Chapter) -> None:
    assert chapter.words >= 800
    assert len(chapter.body.split()) <= 1500


@every_example
def test_an_examples_record_is_complete(chapter: book_text.Chapter) -> None:
    record = chapter.record
    assert list(record) == ["id", "title", "seed", "topics", "prerequisites", "added", "minutes", "summary"]
    assert chapter.path.stem.split("-", 1)[1] == record["id"] == record["seed"]
    assert date.fromisoformat(str(record["added"])) == date.fromisoformat(str(BOOK["date"]))
    assert 10 <= record["minutes"] <= 20


@every_chapter
def test_titles_fit_a_slide_and_levels_are_not_skipped(chapter: book_text.Chapter) -> None:
    text = re.sub(r"^```.*?^```", "", chapter.body, flags=re.DOTALL | re.MULTILINE)
    headings = re.findall(r"^(#+) (.*)$", text, re.MULTILINE)
    assert all(level == "##" and len(title) <= 50 for level, title in headings)
    assert len(chapter.record["title"]) <= 50


@every_chapter
def test_every_formula_is_known_to_the_parser(chapter: book_text.Chapter) -> None:
    macros = "".join(rf"\newcommand{{\{name}}}{{{body}}}" for name, body in BOOK["macros"].items())
    for formula in chapter.formulas:
        assert mathra.render(macros + formula.strip(), strict=True)["warnings"] == []


@every_chapter
def test_no_formula_needs_what_powerpoint_cannot_edit(chapter: book_text.Chapter) -> None:
    for formula in chapter.formulas:
        assert not re.search(r"\\hline|\\cancelto|\\begin\{array\}|\\color", formula)


def test_every_reference_has_its_label() -> None:
    labels = {label for chapter in CHAPTERS for label in re.findall(r"\{[^}]*#([a-z]+:[a-z0-9-]+)", chapter.body)}
    labels |= {f"ex:{chapter.record['id']}" for chapter in EXAMPLES}
    used = {label for chapter in CHAPTERS for label in re.findall(r"@([a-z]+:[a-z0-9-]+)", chapter.body)}
    assert used <= labels


def test_no_label_is_given_twice() -> None:
    labels = [label for chapter in CHAPTERS for label in re.findall(r"\{[^}]*#([a-z]+:[a-z0-9-]+)", chapter.body)]
    assert len(labels) == len(set(labels))


def test_only_the_links_that_the_article_gives_are_used() -> None:
    texts = [chapter.raw for chapter in CHAPTERS] + [path.read_text(encoding="utf-8") for path in SEEDS]
    assert {link for text in texts for link in re.findall(r"https?://[^\s)]+", text)} == LINKS


def test_nobody_is_quoted() -> None:
    for chapter in CHAPTERS:
        assert not re.search(r"^>", chapter.body, re.MULTILINE)


@every_seed
def test_a_seed_belongs_to_the_example_of_its_name(path: Path) -> None:
    seed = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert (book_text.MANUSCRIPT / "examples" / f"{path.stem}.md").is_file()
    assert path.stem.split("-", 1)[1] == seed["id"]
    known = {"id", "title", "who", "where", "when", "link", "start", "claims", "rights", "provenance"}
    assert {"id", "title", "who", "where", "claims", "rights", "provenance"} <= set(seed) <= known


def test_the_clip_starts_at_one_hour_33_minutes_and_30_seconds() -> None:
    seed = yaml.safe_load((book_text.ROOT / "seeds" / "04-derive-dont-memorise.yaml").read_text(encoding="utf-8"))
    assert seed["start"] == 1 * 3600 + 33 * 60 + 30 == 5610
    assert seed["link"].endswith("t=5610s")


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_a_figure_is_what_its_script_draws(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(script.parent))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = importlib.util.spec_from_file_location(f"figure_{script.stem}", script)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.draw().svg().encode() == script.with_suffix(".svg").read_bytes()


def test_every_figure_has_a_script_and_a_place_in_the_text() -> None:
    drawn = {path.stem for path in book_text.FIGURES.glob("*.svg")}
    shown = {name for chapter in CHAPTERS for name in re.findall(r"\]\(figures/(\w+)\.svg\)", chapter.body)}
    assert drawn == shown == {script.stem for script in SCRIPTS}
    assert len(drawn) >= 5


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_a_figures_words_can_be_read(script: Path) -> None:
    svg = script.with_suffix(".svg").read_text(encoding="utf-8")
    assert 'width="640"' in svg
    assert min(int(size) for size in re.findall(r'font-size="(\d+)"', svg)) >= 11
    assert "<title>" in svg and "<desc>" in svg


@every_chapter
def test_every_picture_is_described(chapter: book_text.Chapter) -> None:
    for attributes in re.findall(r"\]\(figures/[^)]*\)\{([^}]*)\}", chapter.body):
        assert re.search(r'#fig:\S+ width=\d+% alt="[^"]{40,}"(\ndescription="[^"]{200,600}")?$', attributes)


@every_chapter
def test_lines_of_prose_are_short_enough_to_review(chapter: book_text.Chapter) -> None:
    for line in chapter.raw.split("\n"):
        assert len(line) <= 132 or line.startswith(("|", "![", "description="))
        assert line == line.rstrip()


def test_every_macro_is_used() -> None:
    text = "".join(chapter.body for chapter in CHAPTERS)
    assert [name for name in BOOK["macros"] if not re.search(rf"\\{name}(?![A-Za-z])", text)] == []


@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_the_book_is_read_and_resolved_without_a_complaint(audience: Literal["student", "instructor"]) -> None:
    collector = Collector()
    book = read_book(Project(book_text.ROOT), collector)
    assert book is not None
    edition = resolve(book, audience, collector)
    assert collector.diagnostics == []
    assert len(CHAPTERS) == 10
    assert [unit.id for unit in edition.units][10:] == ["bibliography", "index"]

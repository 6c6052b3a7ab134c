"""What a build finds without any record of the file: passages that were read are changed, one thing at a time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mathbook.authoring.prove import manuscript_of
from mathbook.build.make import Request, make
from mathbook.document.book import FormatName
from mathbook.document.edition import Edition
from mathbook.document.passage import Passage
from mathbook.formats import formats
from mathbook.project import Project
from mathbook.verify.judge import judge
from mathbook.verify.proof import Finding

sys.path.insert(0, str(Path(__file__).parents[2] / "formats"))
from mutations import EXAMPLE, FILES, PICTURE

MORE = "\nSee @ex:other and @eq:sum3.\n"
OTHER = "---\nid: other\ntitle: Another\n---\n\nA book has more than one example.\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("judge") / "book"
    (root / "manuscript/examples").mkdir(parents=True)
    (root / "manuscript/figures").mkdir()
    (root / "manuscript/book.yaml").write_text("title: Steps\n", "utf-8")
    (root / "manuscript/examples/03-steps.md").write_text(EXAMPLE.format(n=3) + MORE, "utf-8")
    (root / "manuscript/examples/04-other.md").write_text(OTHER, "utf-8")
    (root / "manuscript/figures/valley3.svg").write_text(PICTURE.format(227), "utf-8")
    list(make(Project(root), Request(audiences=("student",))))
    return root


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    return manuscript_of(Project(root)).editions["student"]


def found_with(
    root: Path, edition: Edition, name: FormatName, change: Callable[[list[Passage]], list[Passage]]
) -> list[Finding]:
    """Return what is found in a file's passages after a change of them; nothing is found before it."""
    told = list(formats()[name].door("read_back")(root / "dist" / FILES[name]))
    assert judge(edition, name, told).findings == ()
    changed = change(told)
    assert changed != told
    return list(judge(edition, name, changed).findings)


def each(change: Callable[[Passage], Passage]) -> Callable[[list[Passage]], list[Passage]]:
    return lambda told: [change(passage) for passage in told]


def cells_exchanged(told: list[Passage]) -> list[Passage]:
    """Let two cells with words of their own change places."""
    at = [index for index, passage in enumerate(told) if passage.role == "cell" and passage.words in ("31", "32")]
    one, two = (told[index] for index in at)
    return [two if index == at[0] else one if index == at[1] else passage for index, passage in enumerate(told)]


@pytest.mark.parametrize("name", FILES)
def test_cells_that_change_places_are_found(root: Path, edition: Edition, name: FormatName):
    found = found_with(root, edition, name, cells_exchanged)
    assert {finding.what for finding in found} == {"cell"}


@pytest.mark.parametrize("name", FILES)
def test_another_symbol_in_a_formula_is_found(root: Path, edition: Edition, name: FormatName):
    def other(passage: Passage) -> Passage:
        return replace(passage, formulas=tuple(formula.replace("∂", "δ") for formula in passage.formulas))

    found = found_with(root, edition, name, each(other))
    assert [finding.what for finding in found] == ["equation"]


@pytest.mark.parametrize("name", FILES)
def test_a_link_out_of_the_book_that_leads_elsewhere_is_found(root: Path, edition: Edition, name: FormatName):
    def other(passage: Passage) -> Passage:
        return replace(passage, links=tuple(link.replace("number/3", "number/4") for link in passage.links))

    assert {finding.what for finding in found_with(root, edition, name, each(other))} == {"link"}


def test_a_link_in_print_that_leads_to_another_page_is_found(root: Path, edition: Edition):
    def other(passage: Passage) -> Passage:
        return replace(passage, links=tuple("page 1 at 9" if "page " in link else link for link in passage.links))

    found = found_with(root, edition, "pdf", each(other))
    assert {(finding.what, finding.wanted) for finding in found} == {("link", "#eq:sum3"), ("link", "#other")}


def test_a_link_in_print_that_is_gone_is_found(root: Path, edition: Edition):
    found = found_with(root, edition, "pdf", each(lambda passage: replace(passage, links=())))
    assert {("#other"), ("#eq:sum3"), ("https://example.org/number/3")} == {finding.wanted for finding in found}


@pytest.mark.parametrize("name", ["epub", "deck"])
def test_another_picture_is_found(root: Path, edition: Edition, name: FormatName):
    def other(passage: Passage) -> Passage:
        return replace(passage, pictures=("0" * 32,)) if passage.role == "figure" else passage

    assert {finding.what for finding in found_with(root, edition, name, each(other))} == {"figure"}


@pytest.mark.parametrize("name", ["pdf", "epub"])
def test_another_level_of_a_heading_is_found(root: Path, edition: Edition, name: FormatName):
    def other(passage: Passage) -> Passage:
        return replace(passage, level=passage.level + 1) if passage.role == "heading" else passage

    assert {finding.what for finding in found_with(root, edition, name, each(other))} == {"heading"}

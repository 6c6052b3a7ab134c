"""The next example: its number, its name, its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from mathbook.authoring.add import add, slug_of
from mathbook.authoring.changes import keep
from mathbook.authoring.check.run import run_checks
from mathbook.authoring.new import create
from mathbook.diagnostics import Collector, Stop
from mathbook.document.book import Example
from mathbook.project import Project
from mathbook.source.read import read_book


@pytest.fixture
def project(tmp_path: Path) -> Project:
    create(tmp_path / "book", "A Book")
    return Project(tmp_path / "book")


def order(project: Project) -> list[tuple[str, str]]:
    """Return ids and numbers in the book's order; the book has no mistakes."""
    collector = Collector()
    run_checks(project, collector)
    assert not collector.diagnostics
    book = read_book(project, Collector())
    assert book
    return [(unit.id, unit.number) for unit in book.units if isinstance(unit, Example)]


def test_a_new_example_is_the_last_and_has_the_next_number(project):
    new = add(project, "Gauss’s sum: “easy”")
    assert new.number == "3"
    assert new.example.name == "03-gausss-sum-easy.md"
    assert order(project)[-1] == ("gausss-sum-easy", "3")


def test_an_example_can_follow_any_other_and_keeps_a_number_of_its_own(project):
    add(project, "Third")
    add(project, "Between", after="odd-numbers")
    add(project, "Before between", after="odd-numbers")
    add(project, "After between", after="between")
    add(project, "Last", after="third")
    assert order(project) == [
        ("odd-numbers", "1"),
        ("before-between", "5"),
        ("between", "4"),
        ("after-between", "6"),
        ("birthdays", "2"),
        ("third", "3"),
        ("last", "7"),
    ]


def test_a_number_that_a_kept_edition_had_is_not_given_again(project):
    add(project, "Third")
    keep(project)
    (project.manuscript / "examples/03-third.md").unlink()
    (project.seeds / "03-third.yaml").unlink()
    assert add(project, "Another").number == "4"


def test_a_title_that_was_there_before_gets_another_name(project):
    assert [add(project, "Same").example.name for _ in range(2)] == ["03-same.md", "04-same-2.md"]


def test_an_example_that_is_not_there_can_not_be_followed(project):
    with pytest.raises(Stop, match="there is no example 'birthday'; did you mean birthdays"):
        add(project, "X", after="birthday")


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Don’t panic!", "dont-panic"), ("Größe & Maß", "große-maß"), ("a_b", "ab"), ("???", ""), ("数学", "数学")],
)
def test_slugs_are_words_with_hyphens(title, slug):
    assert slug_of(title) == slug

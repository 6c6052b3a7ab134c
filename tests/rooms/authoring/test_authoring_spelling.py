"""Words are looked up in a dictionary, and in the project's own list."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mathbook.authoring.check.run import run_checks
from mathbook.authoring.check.spelling import NoDictionary, dictionary_of
from mathbook.authoring.new import create
from mathbook.cli import cli
from mathbook.diagnostics import Collector
from mathbook.project import Project


@pytest.fixture
def book(tmp_path: Path) -> Project:
    create(tmp_path / "book", "A Book")
    return Project(tmp_path / "book")


def told(book: Project, text: str, words: str = "") -> list[tuple[str, int, int]]:
    (book.manuscript / "examples/01-odd-numbers.md").write_text(f"# Odd\n\n{text}\n", "utf-8")
    if words:
        (book.manuscript / "words.txt").write_text(words, "utf-8")
    collector = Collector()
    run_checks(book, collector, spell=True)
    file = "manuscript/examples/01-odd-numbers.md"
    found = [one for one in collector.diagnostics if one.span.file == file and one.code.value == "spelling"]
    return [(one.message.split("'")[1], one.span.line, one.span.column) for one in found]


def test_an_unknown_word_is_told_at_its_place(book: Project):
    assert told(book, "All is well here.\nBut *teh* end is not.") == [("teh", 4, 6)]


def test_code_formulas_names_and_abbreviations_are_not_looked_at(book: Project):
    assert told(book, "We met Toeplitz with `xqz` and $xqz$, said NASA and LaTeX.") == []


def test_the_project_has_words_of_its_own(book: Project):
    assert (
        told(book, "A softmax. Softmax's value. Backpropagation too.", "softmax\nBackpropagation\n# a remark\n") == []
    )


def test_a_language_without_a_dictionary_is_said_so():
    with pytest.raises(NoDictionary, match="there are: "):
        dictionary_of("tlh")


def test_without_the_extra_the_command_says_what_to_type(book: Project, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "spellchecker", None)
    done = CliRunner().invoke(cli, ["-C", str(book.root), "check", "--spell"])
    assert done.exit_code == 3
    assert "pip install 'mathbook[spell]'" in done.output

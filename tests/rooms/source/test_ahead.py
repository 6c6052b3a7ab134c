"""A book whose files were parsed ahead, by whomever, is the book that is read without it."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from mathbook.diagnostics import Collector, Diagnostic
from mathbook.document.book import Book
from mathbook.project import Project
from mathbook.source import ahead, markdown
from mathbook.source import read as reading
from mathbook.source.memory import Memory
from mathbook.source.read import read_book
from memories import Kept
from places import with_places
from specs import HERE, SPECS

BROKEN = {
    "picture.missing": "# A\n\n![Nothing.](figures/none.svg)\n",
    "picture.unreadable": "# B\n\n![Text.](figures/text.svg)\n",
    "seed.missing": "---\nseed: nobody\n---\n\n# C\n\n::: source\n:::\n",
    "formula.syntax": "# D\n\nIt is $\\frac{1}$ and $x$.\n",
    "unclosed": "# E\n\n::: theorem\nNever closed.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A book with every kind of node, and with faults of every kind."""
    shutil.copytree(HERE / "_book", tmp_path / "book")
    examples = tmp_path / "book/manuscript/examples"
    examples.mkdir()
    for number, name in enumerate(SPECS, start=10):
        shutil.copy(HERE / name / "in.md", examples / f"{number:03}-{name}.md")
    (tmp_path / "book/manuscript/figures/text.svg").write_text("no picture")
    for number, (name, text) in enumerate(BROKEN.items(), start=500):
        (examples / f"{number}-{name.replace('.', '-')}.md").write_text(text, "utf-8")
    return Project(tmp_path / "book")


def read(project: Project, memory: Memory | None = None) -> tuple[Book | None, list[Diagnostic]]:
    collector = Collector()
    return read_book(project, collector, memory), collector.diagnostics


def parsed_elsewhere(project: Project, memory: Memory) -> None:
    """Parse all files in batches, the last one first, each as if in another process."""
    batch = ahead.unknown(project, memory)
    assert batch
    for one in reversed(batch.divided(7)):
        sent = pickle.loads(pickle.dumps(one))
        pickle.loads(pickle.dumps(ahead.learnt(sent))).pour_into(memory)


def test_a_book_parsed_elsewhere_is_the_book_and_tells_the_same_in_the_same_order(project: Project):
    memory = Memory(Kept(), Kept())
    parsed_elsewhere(project, memory)
    assert with_places(read(project, memory)) == with_places(read(project))


def test_what_was_parsed_elsewhere_is_not_parsed_again(project: Project, monkeypatch: pytest.MonkeyPatch):
    memory = Memory(Kept(), Kept())
    parsed_elsewhere(project, memory)
    parsed: list[str] = []
    plain = reading.read_front_matter
    monkeypatch.setattr(reading, "read_front_matter", lambda t, file, c: (parsed.append(file), plain(t, file, c))[1])
    read(project, memory)
    # what is told of a seed that isn't there depends on all that are
    assert parsed == ["manuscript/examples/502-seed-missing.md"]


def test_files_that_the_memory_knows_are_not_asked_for(project: Project):
    memory = Memory(Kept(), Kept())
    parsed_elsewhere(project, memory)
    batch = ahead.unknown(project, memory)
    assert batch is not None
    assert not batch.paths
    changed = min((project.manuscript / "examples").glob("*.md"))
    changed.write_text("# New\n\nIt is new.\n", "utf-8")
    batch = ahead.unknown(project, memory)
    assert batch is not None
    assert batch.paths == (changed,)


def test_files_behind_many_that_the_memory_knows_are_left_to_the_reading(project: Project):
    memory = Memory(Kept(), Kept())
    parsed_elsewhere(project, memory)
    changed = max((project.manuscript / "examples").glob("*.md"))
    changed.write_text("# New\n\nIt is new.\n", "utf-8")
    batch = ahead.unknown(project, memory)
    assert batch is not None
    assert batch.paths == ()


def test_a_file_at_which_the_parser_breaks_off_breaks_off_the_reading_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
):
    plain = markdown.Dialect.tree

    def tree(self: markdown.Dialect, text: str) -> object:
        if "Never closed" in text:
            raise ArithmeticError("a mistake of ours")
        return plain(self, text)

    monkeypatch.setattr(markdown.Dialect, "tree", tree)
    memory = Memory(Kept(), Kept())
    parsed_elsewhere(project, memory)
    with pytest.raises(ArithmeticError):
        read(project, memory)

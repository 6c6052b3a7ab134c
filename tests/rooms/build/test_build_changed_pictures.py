"""A picture that is known by its mark stays in its file; one that changes while the book is built is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from mathbook import project as places
from mathbook.build.events import Planned
from mathbook.build.make import Request, make
from mathbook.diagnostics import Stop
from mathbook.project import Project

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="9"><title>A</title></svg>'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A book that was built once."""
    monkeypatch.setattr(places, "_SETTLED", -1)  # what was written just now counts as settled
    (tmp_path / "manuscript/examples").mkdir(parents=True)
    (tmp_path / "manuscript/book.yaml").write_text("title: A Book\n", "utf-8")
    for number in (1, 2, 3):
        (tmp_path / f"manuscript/{number}.svg").write_text(SVG.format(number), "utf-8")
        say(tmp_path, number, "It is so.")
    list(make(Project(tmp_path), request(1)))
    return Project(tmp_path)


def request(workers: int) -> Request:
    return Request(("epub",), ("student",), workers=workers, date="2026-01-01")


def say(root: Path, number: int, words: str) -> None:
    text = f"# Number {number}\n\n{words}\n\n![A picture.]({number}.svg)\n"
    (root / f"manuscript/examples/{number:02}-n{number}.md").write_text(text, "utf-8")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_picture_that_changes_while_the_book_is_built_is_told(project: Project, workers: int):
    before = (project.dist / "book.epub").read_bytes()
    for number in (1, 2):
        say(project.root, number, "It is otherwise.")
    with pytest.raises(Stop) as stopped:
        for event in make(project, request(workers)):
            if isinstance(event, Planned):
                assert event.to_compile == 2
                (project.root / "manuscript/1.svg").write_text(SVG.format(7), "utf-8")
    assert [(one.code.value, one.span.file) for one in stopped.value.diagnostics] == [
        ("file.changed", "manuscript/1.svg")
    ]
    assert (project.dist / "book.epub").read_bytes() == before
    list(make(project, request(workers)))
    assert (project.dist / "book.epub").read_bytes() != before


def test_pictures_of_units_that_stand_as_they_were_are_not_read(project: Project, monkeypatch: pytest.MonkeyPatch):
    read: list[str] = []
    monkeypatch.setattr(
        "mathbook.document.picture_file.read_bytes", lambda path, size: read.append(path.name) or path.read_bytes()
    )
    say(project.root, 2, "It is otherwise.")
    list(make(project, request(1)))
    assert set(read) == {"2.svg"}

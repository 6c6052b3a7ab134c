"""Names on the command line: which of them are formats, and what the others are called in dist/."""

from __future__ import annotations

from pathlib import Path

import pytest

from mathbook.build.asked import Asked, named


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "book/dist/handouts").mkdir(parents=True)
    return tmp_path / "book/dist"


@pytest.mark.parametrize(
    ("here", "written", "name"),
    [
        ("book", "handouts/03-a.pdf", "handouts/03-a.pdf"),
        ("book", "dist/handouts/03-a.pdf", "handouts/03-a.pdf"),
        ("book", "./dist//handouts/../deck.pptx", "deck.pptx"),
        ("book/dist/handouts", "03-a.pdf", "handouts/03-a.pdf"),
        ("book/dist/handouts", "../book.epub", "book.epub"),
        ("book/dist/handouts", "book.pdf", "book.pdf"),
        (".", "book/dist/deck-instructor.pptx", "deck-instructor.pptx"),
        (".", "dist/deck.pptx", "deck.pptx"),
        ("book", "dist", "dist"),
        ("book", "elsewhere/deck.pptx", "elsewhere/deck.pptx"),
        ("book", "03-a.pdf", "03-a.pdf"),
    ],
)
def test_a_file_is_named_as_in_dist_or_by_a_path_to_it(
    dist: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, here: str, written: str, name: str
):
    monkeypatch.chdir(tmp_path / here)
    assert named(["epub", written, "deck"], [dist]) == (("epub", "deck"), (name,))


def test_a_path_to_dist_counts_beside_another_folder_too(dist: Path, tmp_path: Path):
    written = [str(tmp_path / "out/book.pdf"), str(dist / "deck.pptx")]
    assert named(written, [tmp_path / "out", dist]) == ((), ("book.pdf", "deck.pptx"))


def test_files_tell_which_formats_and_editions_are_needed():
    asked = Asked(("epub",), ("student",), ("deck-instructor.pptx",))
    assert [row.name for row in asked.rows] == ["epub", "deck"]
    assert asked.editions == ("student", "instructor")
    assert Asked((), ("student", "instructor"), ("book.pdf",)).editions == ("student",)
    assert Asked((), ("student",), ("book-instructor.pdf",)).editions == ("instructor",)

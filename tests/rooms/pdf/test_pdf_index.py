"""The index in print: what it says of pages is true."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

from mathbook.authoring.new import create
from mathbook.build.make import Request, make
from mathbook.project import Project

WORDS = {"alpha": (1, 4), "beta": (2,), "gamma": (3,)}
FILLER = "\n\n".join(["A line that takes room on the page, and says nothing else."] * 60)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The words of each page of a book whose words stand on many pages."""
    root: Path = tmp_path_factory.mktemp("book") / "book"
    create(root, "Pages")
    for part in range(1, 5):
        marked = " ".join(f"[{word}]{{.index}}" for word, parts in WORDS.items() if part in parts)
        text = f"# Part {part}\n\n{FILLER}\n\nHere: {marked}.\n"
        (root / f"manuscript/examples/{part + 10}-part-{part}.md").write_text(text, "utf-8")
    for _ in make(Project(root), Request(("pdf",), ("student",))):
        pass
    with pypdfium2.PdfDocument(root / "dist/book.pdf") as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_each_word_stands_on_the_pages_that_the_index_names(pages: list[str]):
    index = next(page for page in reversed(pages) if "alpha" in page)
    for word, parts in WORDS.items():
        line = re.search(rf"^{word}, ([\d, ]+)\s*$", index, re.MULTILINE)
        assert line, index
        named = line[1].strip().split(", ")
        found = [page.split()[-1] for page in pages if page is not index and re.search(rf"\b{word}\b", page)]
        assert named == found
        assert len(named) == len(parts)

"""The room's law: what the edition says in this format is what a reader finds in the file."""

from __future__ import annotations

import itertools
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from epub_samples import built, edition, theme
from epub_trees import EXAMPLES
from hypothesis import HealthCheck, given, settings

from mathbook.document.book import Audience, Example, Meta
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import Exercise, Footnote
from mathbook.document.walk import map_tree
from mathbook.epub.bundle import unpack
from mathbook.epub.compile import compile
from mathbook.epub.read_back import read_back
from mathbook.verify.judge import judge


def numbered(example: Example) -> Example:
    """Return the example with its footnotes and exercises counted, as `edition/` does it."""
    notes, exercises = itertools.count(1), itertools.count(1)

    def number(node: object) -> object:
        if isinstance(node, Footnote):
            return replace(node, number=str(next(notes)))
        return replace(node, number=f"1.{next(exercises)}") if isinstance(node, Exercise) else node

    return replace(example, title=map_tree(example.title, number), blocks=map_tree(example.blocks, number))


def smallest_epub(page: bytes, folder: Path) -> Path:
    """Return an e-book of this one page, put together without the linker."""
    file = folder / "smallest.epub"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
            '<rootfile full-path="a/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        archive.writestr(
            "a/p.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="x" href="b/page%20one.xhtml"/>'
            '</manifest><spine><itemref idref="x"/></spine></package>',
        )
        archive.writestr("a/b/page one.xhtml", page)
    return file


@pytest.mark.parametrize("audience", ["student", "instructor"])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(example=EXAMPLES)
def test_every_word_and_formula_of_a_tree_is_found_again(audience: Audience, tmp_path: Path, example: Example):
    unit = numbered(example)
    made = Edition(audience, Meta("T"), (unit,), ())
    page = unpack(compile(unit, theme(), Options(audience, made.meta)).content).page.content
    assert judge(made, "epub", list(read_back(smallest_epub(page, tmp_path)))).findings == ()


@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_the_sample_book_is_found_again_passage_by_passage(audience: Audience, tmp_path: Path):
    book = edition(audience)
    assert judge(book, "epub", list(read_back(built(book, tmp_path)))).findings == ()


def test_a_changed_word_is_told(tmp_path: Path):
    book = edition()
    first, example, second = book.units
    other = replace(book, units=(first, replace(example, title=second.title), second))
    (finding,) = judge(book, "epub", list(read_back(built(other, tmp_path)))).findings
    assert finding.fault in ("different", "missing")
    assert (finding.unit, finding.what) == (example.id, "title")


def test_nothing_of_a_solution_is_in_the_students_bytes(tmp_path: Path):
    for audience, is_there in (("student", False), ("instructor", True)):
        with zipfile.ZipFile(built(edition(audience), tmp_path)) as archive:  # type: ignore[arg-type]
            said = b"\n".join(archive.read(name) + name.encode() for name in archive.namelist())
        assert (b"Secret" in said) is is_there
        assert (b"Say slowly" in said) is is_there
        assert (b"solution" in said.replace(b".solution", b"")) is is_there

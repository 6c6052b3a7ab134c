"""The pages that are told before a file is linked are those that it has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Example, Matter, Meta, PdfMeta, Unit
from mathbook.document.edition import Edition, Options
from mathbook.document.fragment import Fragment
from mathbook.document.nodes import Heading, Listing, Paragraph, Text
from mathbook.document.theme import Theme
from mathbook.pdf.compile import compile
from mathbook.pdf.link import link
from mathbook.pdf.pages import pages
from mathbook.theme.load import load_theme
from memories import Kept

META = Meta(title="Title", date="2026-01-02")


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded is not None
    return loaded


def example(number: int, sections: int, title: str = "") -> Example:
    words = Paragraph((Text("Words that fill some lines of a page, and then some more of them. " * 9),))
    blocks = tuple(block for at in range(sections) for block in (Heading(2, (Text(f"Section {at}"),)), words))
    return Example(f"e{number}", str(number), f"e{number}", (Text(title or f"Title {number}"),), blocks, Span("e.md"))


PREFACE = Matter("preface", "preface", "front", (Text("Preface"),), (Paragraph((Text("Before."),)),), Span("p.md"))
UNITS: tuple[Unit, ...] = (PREFACE, *(example(number, 9) for number in range(1, 8)))


def bare(fragments: list[Fragment]) -> list[Fragment]:
    return [replace(fragment, content=b"") for fragment in fragments]


@pytest.mark.parametrize("sides", ["single", "double"])
@pytest.mark.parametrize("units", [UNITS[:2], UNITS])
def test_a_book_has_the_pages_that_were_told(theme: Theme, tmp_path: Path, sides: str, units: tuple[Unit, ...]):
    meta, memo = replace(META, pdf=PdfMeta(sides=sides)), Kept()  # type: ignore[arg-type]
    edition = Edition("student", meta, units, ())
    fragments = [compile(unit, theme, Options("student", meta)) for unit in units]
    assert pages(edition, bare(fragments), theme, memo) is None  # the title page was never laid out
    linked = link(edition, fragments, theme, tmp_path / "book.pdf", memo)
    assert pages(edition, bare(fragments), theme, memo) == linked
    assert link(edition, fragments, theme, tmp_path / "again.pdf", memo) == linked
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "book.pdf").read_bytes()


def test_a_handout_has_the_pages_that_were_told(theme: Theme, tmp_path: Path):
    edition = Edition("student", META, UNITS[1:2], (), scope="unit")
    fragments = [compile(UNITS[1], theme, Options("student", META))]
    told = pages(edition, bare(fragments), theme, Kept())
    assert told == link(edition, fragments, theme, tmp_path / "handout.pdf")


def test_pages_that_only_the_engine_can_tell_are_not_told(theme: Theme, tmp_path: Path):
    memo = Kept()
    foreign = (example(1, 1, "\u05d0\u05d1"),)
    index = (*UNITS[:2], Matter("index", "index", "back", (Text("Index"),), (), Span("i.md"), kind="index"))
    for units in (foreign, index):
        edition = Edition("student", META, units, ())
        fragments = [compile(unit, theme, Options("student", META)) for unit in units]
        link(edition, fragments, theme, tmp_path / "book.pdf", memo)
        assert pages(edition, bare(fragments), theme, memo) is None


@pytest.mark.parametrize("before", range(24, 28))
def test_what_a_program_printed_stands_with_the_end_of_its_code(theme: Theme, tmp_path: Path, before: int):
    lines = tuple(Paragraph((Text(f"Line {at}."),)) for at in range(before))
    printed = Listing("out 0\nout 1", classes=("output",))
    unit = replace(example(1, 0), blocks=(*lines, Listing("print(0)\n" * 3, "python"), printed))
    made = compile(unit, theme, Options("student", META))
    link(Edition("student", META, (unit,), (), scope="unit"), [made], theme, tmp_path / "one.pdf")
    with pypdfium2.PdfDocument(tmp_path / "one.pdf") as document:
        pages_of_it = [page.get_textpage().get_text_bounded() for page in document]
    assert ["print" in words for words in pages_of_it if "out 0" in words] == [True]

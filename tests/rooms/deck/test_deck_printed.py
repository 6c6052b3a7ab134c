"""Footers say on which pages of the handout stands what a slide shows."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from deck_files import META, THEME, edition_of, example, heading, para

from mathbook.deck.compile import compile
from mathbook.deck.link import link
from mathbook.deck.printed import footer_end, pages_of, without_pages
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import Exercise
from mathbook.document.pagination import Flow, PageStart, Pagination, PrintPage


def page(label: str, flow: Flow, offset: int) -> PrintPage:
    return PrintPage(label, "e", PageStart(flow, offset))


def footers(edition: Edition, into: Path, pages: Pagination | None) -> list[str]:
    options = Options(edition.audience, edition.meta)
    link(edition, [compile(unit, THEME, options) for unit in edition.units], THEME, into, pages)
    with zipfile.ZipFile(into) as archive:
        slides = [archive.read(f"ppt/slides/slide{at}.xml").decode() for at in range(4, 8)]
    return [re.findall(r'type="ftr".*?<a:t>([^<]*)', xml)[0] for xml in slides]


@pytest.fixture
def edition() -> Edition:
    question = Exercise((para("Why?"),), (), (para("Because it is."),), number="1.1")
    return edition_of(example(heading("First"), para("Some words."), question, heading("Last"), para("The end.")))


def test_a_slide_names_the_pages_of_its_matter(edition: Edition, tmp_path: Path):
    # A title First Some words. | Exercise 1.1 Why? | Because … (a flow of its own) | Last The end.
    starts = [("text", 0), ("text", len("Example1AtitleFirstSome")), ("solutions", len("Because"))]
    pages = Pagination("x", tuple(page(str(at), flow, offset) for at, (flow, offset) in enumerate(starts, start=7)))
    said = [footer.rpartition(" · ")[2] for footer in footers(edition, tmp_path / "deck.pptx", pages)]
    assert said == ["handout pp. 7–8", "handout p. 8", "handout pp. 8–9", "handout p. 9"]


def test_without_a_handout_footers_say_no_page(edition: Edition, tmp_path: Path):
    edition_line = f"A Book · Example 1 · Edition {META.edition}, 2026-01-02"
    assert footers(edition, tmp_path / "deck.pptx", None) == [edition_line] * 4


def test_a_page_that_begins_where_a_solution_ended_begins_behind_it():
    pages = pages_of(
        (("text", "abc"), ("solutions", "xy"), ("text", "def")), [page("1", "text", 0), page("2", "text", 3)]
    )
    assert pages.starts == (0, 5)
    assert [pages.label(where, "de") for where in ((0, 3), (3, 5), (5, 8))] == [
        "Handzettel S. 1",
        "Handzettel S. 1",
        "Handzettel S. 2",
    ]


@pytest.mark.parametrize("language", ["en", "de", "fr", "pl", "eo"])
@pytest.mark.parametrize("where", [(0, 1), (0, 9)])
def test_pages_can_be_taken_out_of_a_footer_again(language: str, where: tuple[int, int]):
    pages = pages_of((("text", "abcdefghi"),), [page("iv", "text", 0), page("v", "text", 5)])
    footer = "A · B" + footer_end(pages.label(where, language)).decode()
    assert footer != "A · B" and without_pages(footer) == "A · B" and without_pages("A · B") == "A · B"

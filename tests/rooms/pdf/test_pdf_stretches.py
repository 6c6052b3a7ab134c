"""Pages are known by what is on them: those of one book as those of a longer one."""

from __future__ import annotations

from pathlib import Path

import pytest

from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Example, Meta
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import Heading, Link, Paragraph, Text
from mathbook.document.theme import Theme
from mathbook.pdf.compile import compile
from mathbook.pdf.link import link
from mathbook.pdf.read_back import read_back
from mathbook.pdf.seal import seal
from mathbook.pdf.stretches import stretches
from mathbook.theme.load import load_theme

META = Meta(title="Title 0123456789", date="2026-01-02")
WORDS = "Some words that fill a line of the page and then a little more than that, until it ends. "


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded is not None
    return loaded


def example(number: int, words: str = WORDS, to: str = "") -> Example:
    leading = Paragraph((Link((Text("there"),), f"#{to or f'e{number}'}", unit=to or f"e{number}"),))
    blocks = (Heading(2, (Text("Section"),)), Paragraph((Text(words * 50),)), leading)
    return Example(f"e{number}", str(number), f"e{number}", (Text("Title 0123456789"),), blocks, Span("e.md"))


def linked(units: list[Example], theme: Theme, folder: Path) -> Path:
    into = folder / f"{len(list(folder.iterdir()))}.pdf"
    fragments = [compile(unit, theme, Options("student", META)) for unit in units]
    link(Edition("student", META, tuple(units), ()), fragments, theme, into)
    return into


def keys(file: Path) -> dict[str, str]:
    with stretches(file) as pages:
        return {page.place: page.key for page in pages}


def test_a_page_has_the_key_that_it_has_in_a_longer_book(theme: Theme, tmp_path: Path):
    """If that shows no glyph that was not shown before."""
    short = keys(linked([example(1), example(2)], theme, tmp_path))
    longer = keys(linked([example(1), example(2), example(21)], theme, tmp_path))
    body = [place for place in short if place.removeprefix("page ").isdigit()]
    assert len(body) == 4 and all(short.values())
    assert {place: longer[place] for place in body} == {place: short[place] for place in body}
    assert longer["page ii"] != short["page ii"]


@pytest.mark.parametrize("changed", [example(2, WORDS[:-3] + "t. "), example(2, to="e1")])
def test_a_changed_page_has_another_key(theme: Theme, tmp_path: Path, changed: Example):
    before = keys(linked([example(1), example(2)], theme, tmp_path))
    after = keys(linked([example(1), changed], theme, tmp_path))
    pages = [place for place in before if before[place] != after[place]]
    assert pages and not {"page 1", "page 2"} & set(pages)


def test_a_file_that_something_was_appended_to_has_to_be_read(theme: Theme, tmp_path: Path):
    file = linked([example(1)], theme, tmp_path)
    said = list(read_back(file))
    seal(file, b"{}")
    assert set(keys(file).values()) == {""}
    assert list(read_back(file)) == said


def test_a_file_that_is_opened_anew_between_pages_says_the_same(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = linked([example(1), example(2)], theme, tmp_path)
    said = list(read_back(file))
    monkeypatch.setattr("mathbook.pdf.stretches.MOST_READ", 1)
    assert list(read_back(file)) == said

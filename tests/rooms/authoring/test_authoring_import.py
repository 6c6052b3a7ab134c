"""Articles become books: their words are all there, and what comes out builds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.authoring.article.article import article_of
from mathbook.authoring.article.from_html import HtmlReader
from mathbook.authoring.article.from_text import escaped, paragraphs_of_markdown, paragraphs_of_text
from mathbook.authoring.check.run import run_checks
from mathbook.authoring.import_article import import_article
from mathbook.diagnostics import Collector, Stop
from mathbook.document.book import Example
from mathbook.document.lines import lines_of
from mathbook.document.nodes import Link, Paragraph
from mathbook.document.plain import plain
from mathbook.document.walk import walk
from mathbook.project import Project
from mathbook.source.markdown import Surroundings, read_markdown
from mathbook.source.read import read_book

ARTICLE = """Why this & that?

An opening, which costs $5 and $6.

Example #1

First, somebody says: a_b_c is *not* 2 < 3 [see below].

1. This is no list.

Link: https://example.org/watch?v=3&t=75s (Skips to 1:15)


Example #2

- Neither is this.

The end."""
MARKDOWN = """# Why this & that?

An opening.

## Example #1: A title

Words with $x^2$.

### Inside

```python
# Example #9

x = 1
```

## Example 2 – Another

More.
"""
HTML = """<html><head><title>x</title><script>alert(1)</script></head><body><nav>Menu</nav><article>
<h1>Why this &amp; that?</h1><p>An <em>opening</em> with a <a href="https://example.org/a">link</a>.</p>
<h2>Example #1</h2><p>Words<br>and 2 * 3 * 4.</p><img src="a.png"><ul><li>one</li><li>two</li></ul>
<blockquote><p>Said.</p></blockquote><pre>x  =  1</pre>
<h2>Example #2: Another</h2><iframe src="https://example.org/v"></iframe><p>More</p></article></body></html>"""


def read(text: str) -> str:
    """Return the words that the manuscript's reader finds in a paragraph of Markdown."""
    collector = Collector()
    blocks = read_markdown(text, Surroundings("a.md", (), None, lambda *_: None, "en"), collector)
    assert not collector.diagnostics
    assert all(isinstance(block, Paragraph) for block in blocks)
    return " ".join(plain(block.children) for block in blocks)


# quotation marks, dashes and dots become those of print, which is meant; no-break spaces stay spaces
TEXT = st.text(alphabet="abcIVi 019.)(:;!?,*_`~^$@#<>[]{}|&=+%/\\é–", min_size=1, max_size=40)


@given(TEXT.map(lambda text: " ".join(text.split())).filter(lambda text: text and "..." not in text))
@settings(max_examples=400, deadline=None)
def test_plain_words_stay_the_words_that_they_are(text: str):
    assert read(escaped(text)) == text


def test_a_web_address_becomes_a_link():
    assert escaped("See https://a.org/x_y?b=1, or not.") == "See <https://a.org/x_y?b=1>, or not."


def imported(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    import_article(folder / name, folder / "book")
    return folder / "book"


@pytest.mark.parametrize(("name", "text"), [("a.txt", ARTICLE), ("a.md", MARKDOWN), ("a.html", HTML)])
def test_an_article_becomes_a_book_without_mistakes(tmp_path, name, text):
    root = imported(tmp_path, name, text)
    collector = Collector()
    assert run_checks(Project(root), collector) == 3
    assert not collector.has_errors
    book = read_book(Project(root), Collector())
    assert book
    assert book.meta.title == "Why this & that?"
    assert [unit.number for unit in book.units if isinstance(unit, Example)] == ["1", "2"]
    assert [seed.id for seed in book.seeds] == [unit.id for unit in book.units if isinstance(unit, Example)]


def test_all_words_of_a_text_are_there_in_their_order(tmp_path):
    book = read_book(Project(imported(tmp_path, "a.txt", ARTICLE)), Collector())
    assert book
    said = " ".join(line for unit in book.units for line in _own(unit))
    wanted = [paragraph for paragraph in paragraphs_of_text(ARTICLE) if not paragraph.startswith("Example")]
    for paragraph in wanted[1:]:
        assert read(paragraph) in said


def _own(unit: object) -> tuple[str, ...]:
    return lines_of(unit, "en")  # type: ignore[arg-type]


def test_a_seed_has_the_first_address_and_where_it_begins(tmp_path):
    book = read_book(Project(imported(tmp_path, "a.txt", ARTICLE)), Collector())
    assert book
    first = book.seeds[0]
    assert (first.link, first.start) == ("https://example.org/watch?v=3&t=75s", 75)
    assert first.where == "Why this & that?, Example #1"
    links = [node.target for node in walk(book.units[1].blocks) if isinstance(node, Link)]
    assert links == ["https://example.org/watch?v=3&t=75s"]


def test_markdown_keeps_its_formulas_and_code_and_its_headings_begin_at_the_second_level():
    article = article_of(paragraphs_of_markdown(MARKDOWN))
    assert [(section.number, section.title) for section in article.sections] == [(1, "A title"), (2, "Another")]
    assert article.sections[0].paragraphs == (
        "Words with $x^2$.",
        "## Inside",
        "```python\n# Example #9\n\nx = 1\n```",
    )


def test_html_gives_what_a_reader_reads():
    reader = HtmlReader()
    assert reader.paragraphs(HTML) == [
        "# Why this \\& that?",
        "An *opening* with a [link](https://example.org/a).",
        "## Example \\#1",
        "Words and 2 \\* 3 \\* 4.",
        "- one\n- two",
        "> Said.",
        "```\nx  =  1\n```",
        "## Example \\#2: Another",
        "<https://example.org/v>",
        "More",
    ]
    assert reader.left_out == 1


def test_examples_are_added_to_a_book_behind_those_that_are_there(tmp_path):
    root = imported(tmp_path, "a.txt", ARTICLE)
    import_article(tmp_path / "a.txt", root)
    collector = Collector()
    assert run_checks(Project(root), collector) == 6
    assert not collector.has_errors
    book = read_book(Project(root), Collector())
    assert book
    assert [unit.number for unit in book.units if isinstance(unit, Example)] == ["1", "2", "3", "4"]


def test_an_article_without_examples_is_told(tmp_path):
    (tmp_path / "a.txt").write_text("Only words.", "utf-8")
    with pytest.raises(Stop, match="the article has no examples; its examples begin with lines such as: Example #1"):
        import_article(tmp_path / "a.txt", tmp_path / "book")
    assert not (tmp_path / "book").exists()

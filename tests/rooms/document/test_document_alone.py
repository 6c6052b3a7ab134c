"""A unit on a handout says of which book the things are that it refers to."""

from __future__ import annotations

import pytest

from mathbook.diagnostics import Span
from mathbook.document.alone import as_alone
from mathbook.document.book import Example
from mathbook.document.nodes import Inline, Link, Paragraph, Text
from mathbook.document.plain import plain
from mathbook.document.walk import walk


def unit(*inlines: Inline) -> Example:
    return Example("one", "1", "one", (Text("One"),), (Paragraph(inlines),), Span("one.md"))


def link(words: str, unit: str, target: str = "") -> Link:
    return Link((Text(words),), f"#{target or unit}", unit=unit)


def said(made: Example, language: str = "en") -> str:
    (block,) = made.blocks
    assert isinstance(block, Paragraph)
    return plain(block.children, language)


TWO = link("Example\N{NO-BREAK SPACE}2", "two")


@pytest.mark.parametrize(
    ("inlines", "wanted"),
    [
        ((Text("See "), TWO, Text(".")), "See Example\N{NO-BREAK SPACE}2 of A Book."),
        ((TWO, Text(" and "), TWO), "Example\N{NO-BREAK SPACE}2 of A Book and Example\N{NO-BREAK SPACE}2"),
        ((TWO, Text(", "), link("“Why”", "pre")), "Example\N{NO-BREAK SPACE}2 of A Book, “Why” of the book"),
        ((link("my own words", "two"),), "my own words"),
        ((link("Equation\N{NO-BREAK SPACE}1.1", "one", "eq:a"),), "Equation\N{NO-BREAK SPACE}1.1"),
        ((Link((Text("a\N{NO-BREAK SPACE}page"),), "https://example.org"),), "a\N{NO-BREAK SPACE}page"),
    ],
)
def test_what_is_elsewhere_is_of_the_book(inlines: tuple[Inline, ...], wanted: str):
    assert said(as_alone(unit(*inlines), "A Book", "en")) == wanted


def test_only_links_that_lead_somewhere_stay_links():
    out, inside = Link((Text("a page"),), "https://example.org"), link("Equation\N{NO-BREAK SPACE}1.1", "one", "eq:a")
    made = as_alone(unit(TWO, out, inside, link("my own words", "two")), "A Book", "en")
    assert [node for node in walk(made.blocks) if isinstance(node, Link)] == [out, inside]


def test_it_is_said_in_the_book_s_language():
    german = link("Beispiel\N{NO-BREAK SPACE}2", "two")
    assert said(as_alone(unit(german), "Ein Buch", "de"), "de") == "Beispiel\N{NO-BREAK SPACE}2 in Ein Buch"

"""What has changed since an earlier edition, and what readers are told of it."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.authoring.changes_shown import lines_of_changes, marked_words, record_of_changes
from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Book, Example, Meta
from mathbook.document.nodes import Block, Exercise, Footnote, Formula, Link, Listing, Paragraph, Text
from mathbook.document.plain import plain
from mathbook.document.walk import walk
from mathbook.edition.changes import changes_between, present
from mathbook.edition.resolve import resolve


def para(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def example(number: str, *blocks: Block, **more: str) -> Example:
    return Example(f"e{number}", number, f"e{number}", (Text(f"Title {number}"),), blocks, Span("a.md"), **more)


def book(*examples: Example, edition: str = "1") -> Book:
    return Book(Meta("B", edition=edition), examples, ())


def test_nothing_has_changed_in_the_same_book():
    one = present(book(example("1", para("a"))))
    changes = changes_between(one, one)
    assert (changes.new, changes.revised, changes.withdrawn, changes.same) == ((), (), (), 1)


def test_new_revised_and_withdrawn_examples_are_told_apart():
    before = present(book(example("1", para("as it was")), example("2", para("same")), example("3", para("gone"))))
    after = present(book(example("1", para("as it is")), example("2", para("same")), example("4", para("come"))))
    changes = changes_between(before, after)
    assert [unit.id for unit in changes.new] == ["e4"]
    assert [(one.after.id, one.words) for one in changes.revised] == [("e1", (("as it was", "as it is"),))]
    assert [unit.id for unit in changes.withdrawn] == ["e3"]
    assert list(lines_of_changes(changes)) == [
        "since 1, 1980-01-01:",
        "new        4. Title 4",
        "revised    1. Title 1",
        "    as it [-was-] {+is+}",
        "withdrawn  3. Title 3",
        "1 as they were",
    ]
    assert record_of_changes(changes)["revised"][0]["words"] == [{"before": "as it was", "after": "as it is"}]


def test_formulas_code_and_footnotes_are_words_too():
    def unit(latex: str, code: str, note: str) -> Example:
        return example("1", Paragraph((Formula(latex), Footnote((para(note),)))), Listing(code))

    before = present(book(unit("x", "a = 1", "n")))
    for changed in (unit("y", "a = 1", "n"), unit("x", "a = 2", "n"), unit("x", "a = 1", "m")):
        assert len(changes_between(before, present(book(changed))).revised) == 1


def test_students_are_told_nothing_of_a_changed_solution():
    def unit(answer: str) -> Example:
        return example("1", Exercise((para("?"),), solution=(para(answer),)))

    past = present(book(unit("41")))
    assert past.units[0].private == ("41",)
    assert changes_between(past, present(book(unit("42")))).revised
    now = replace(book(unit("42"), edition="2"), past=past)
    assert len(resolve(now, "student", Collector()).units) == 1


def test_readers_are_told_what_is_new_with_links_and_the_author_s_words():
    past = present(book(example("1", para("a")), example("3", para("gone"))))
    now = replace(book(example("1", para("b"), revision="A sum corrected."), example("2"), edition="2"), past=past)
    news = resolve(now, "student", Collector()).units[0]
    said = [plain(node.children) for node in walk(news.blocks) if isinstance(node, Paragraph)]
    assert said == [
        "What has changed since Edition 1, 1980-01-01:",
        "Example\u00a02: Title 2",
        "Example\u00a01: Title 1. A sum corrected.",
        "Example\u00a03: Title 3",
    ]
    assert [node.target for node in walk(news.blocks) if isinstance(node, Link)] == ["#e2", "#e1"]


def test_a_book_without_an_earlier_edition_has_no_news():
    assert len(resolve(book(example("1")), "student", Collector()).units) == 1


WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), max_size=8).map(" ".join)


@given(WORDS, WORDS)
@settings(max_examples=150, deadline=None)
def test_marked_words_hold_both_lines(before: str, after: str):
    """Without what came, a marked line is the old one; without what went, the new one (short lines are not cut)."""
    line = marked_words(before, after)
    if "…" not in line:
        went = re.sub(r"\{\+.*?\+\}", "", line).replace("[-", "").replace("-]", "")
        came = re.sub(r"\[-.*?-\]", "", line).replace("{+", "").replace("+}", "")
        assert (went.split(), came.split()) == (before.split(), after.split())

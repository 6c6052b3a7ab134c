"""Changed words in the source that they came from: laws, and cases that a person reads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.diagnostics import Collector
from mathbook.document.nodes import Paragraph
from mathbook.document.plain import plain
from mathbook.source.markdown import Surroundings, read_markdown
from mathbook.talk.merge import merged
from mathbook.talk.rewrite import latex_rewritten, markdown, rewritten, spliced

WORDS = st.sampled_from(
    [
        "a",
        "sum",
        "of",
        "stones,",
        "that",
        "you",
        "can",
        "see",
        "(twice)",
        "it’s",
        "100%",
        "new_word",
        "x*y",
        "[not]",
        "$5",
        "<b>",
        "#1",
        "café",
        "Ω",
        "~no~",
    ]
)
UNBRACKETED = WORDS.filter(lambda word: "[" not in word)
LOOKS = st.sampled_from(["{}", "*{}*", "**{}**", "[{}]{{.index}}", "[{}](https://example.org)"])


def says(source: str) -> str:
    surroundings = Surroundings("in.md", (), None, lambda *_: None, "en")
    blocks = read_markdown(source, surroundings, Collector())
    return " ".join(plain(block.children) for block in blocks if isinstance(block, Paragraph))


def changed(source: str, old: str, new: str) -> str:
    splices = rewritten(source, old, new)
    assert splices is not None, (source, old, new)
    return spliced(source, splices)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_words_as_markdown_say_just_these_words(words: list[str]):
    text = " ".join(["So", *words])
    assert says(markdown(text)) == text.replace("'", "’")


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(UNBRACKETED, LOOKS), min_size=2, max_size=8), st.data())
def test_a_word_changed_in_its_source_is_what_the_source_says_then(parts: list[tuple[str, str]], data: st.DataObject):
    source = " ".join(["So", *(look.format(markdown(word)) for word, look in parts)])
    old = says(source)
    words = old.split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    words[at] = data.draw(st.sampled_from(["pebbles", "two words", "50%", "can’t"]))
    new = " ".join(words)
    splices = rewritten(source, old, new)
    assert splices is None or says(spliced(source, splices)) == new


@pytest.mark.parametrize(
    ("source", "old", "new", "expected"),
    [
        ("the *big* tree", "the big tree", "the large tree", "the *large* tree"),
        ("the *big* tree", "the big tree", "the tree", "the tree"),
        ("it's done -- twice", "it’s done – twice", "it’s done – thrice", "it's done -- thrice"),
        ("a [term]{.index}.\nAnd", "a term. And", "a new term. Or", "a new [term]{.index}.\nOr"),
        ("take $n = 5$ stones", "take n = 5 stones", "take n = 6 stones", "take $n = 6$ stones"),
        ("take $n$ of them", "take n of them", "take n of us", "take $n$ of us"),
    ],
)  # fmt: skip
def test_the_authors_markup_stays_around_the_words_that_changed(source: str, old: str, new: str, expected: str):
    assert changed(source, old, new) == expected


def test_words_that_come_from_a_reference_are_not_touched():
    assert rewritten("see @eq:one for it", "see Equation 1.1 for it", "see Formula 1.1 for it", {}) is None


@pytest.mark.parametrize(
    ("written", "old", "new", "expected"),
    [
        (r"\sum_{k=1}^{n} (2k - 1)", r"\sum_{k=1}^n(2k-1)", r"\sum_{k=1}^n(2k+1)", r"\sum_{k=1}^{n} (2k + 1)"),
        (r"\E[X] = 1", r"\mathrm{E}[X]=1", r"\mathrm{E}[X]=2", r"\E[X] = 2"),
        (r"\E[X] = 1", r"\mathrm{E}[X]=1", r"\mathrm{V}[X]=1", r"\mathrm{V}[X]=1"),
    ],
)
def test_a_formula_keeps_its_authors_way_of_writing_where_it_can(written: str, old: str, new: str, expected: str):
    assert latex_rewritten(written, old, new) == expected


LINES = st.lists(st.sampled_from(["one", "two", "three", "four"]), max_size=6).map(" ".join)


@given(LINES, LINES)
def test_merging_takes_the_side_that_changed(base: str, other: str):
    assert merged(base, other, base) == other
    assert merged(base, base, other) == other
    assert merged(base, other, other) == other


@given(LINES, LINES, LINES)
def test_merging_is_the_same_from_both_sides(base: str, mine: str, theirs: str):
    assert merged(base, mine, theirs) == merged(base, theirs, mine)


def test_changes_apart_are_both_made_and_the_same_words_changed_differently_are_a_conflict():
    assert merged("a b c d e", "A b c d e", "a b c d E") == "A b c d E"
    assert merged("a b c", "a x c", "a y c") is None
    assert merged("a c", "a x c", "a y c") is None

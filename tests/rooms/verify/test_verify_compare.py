"""The comparer has tests of its own: what isn't there is told, what is only divided is not."""

from __future__ import annotations

from mathbook.document.passage import Passage
from mathbook.verify.compare import missing


def words(*texts: str) -> list[Passage]:
    return [Passage("paragraph", text) for text in texts]


def test_what_is_said_is_not_missing():
    assert list(missing(words("One two three."), words("Zero. One two three. Four."))) == []


def test_a_missing_word_is_told():
    expected = words("One two three.")
    assert list(missing(expected, words("One three."))) == expected


def test_a_changed_word_is_told():
    expected = words("The bound is two over L.")
    assert list(missing(expected, words("The bound is ten over L."))) == expected


def test_hyphens_spaces_and_ligatures_make_no_difference():
    assert list(missing(words("A fine classification"), words("A ﬁne classi- fication"))) == []


def test_a_page_may_end_within_a_paragraph():
    assert (
        list(missing(words("It begins here and ends there."), words("It begins here", "1 note", "and ends there.")))
        == []
    )


def test_a_formula_is_looked_for_by_its_symbols():
    expected = [Passage("equation", "", ("a=b",))]
    assert list(missing(expected, [Passage("equation", "", ("a=b",))])) == []
    assert list(missing(expected, [Passage("equation", "", ("a=c",))])) == expected
    assert list(missing(expected, [], formulas=False)) == []


def test_a_formula_may_stand_as_plain_text():
    assert list(missing([Passage("paragraph", "Let ￼ be", ("x2",))], words("Let x 2 be"))) == []


def test_an_empty_file_holds_nothing():
    expected = words("One.")
    assert list(missing(expected, [])) == expected

"""What is expected is laid beside what was found, whatever pages, fonts and scripts have made of it."""

from __future__ import annotations

import pytest

from mathbook.document.book import FormatName
from mathbook.document.passage import NOTE_MARK, Passage, Role
from mathbook.verify.align import State, aligned


def passage(words: str, role: Role = "paragraph", label: str = "") -> Passage:
    return Passage(role, words, unit="unit", label=label)


def states(expected: list[Passage], found: list[Passage], format_name: FormatName = "pdf") -> list[State]:
    return [match.state for match in aligned(expected, found, format_name)]


def test_what_is_there_is_the_same_and_what_is_not_is_missing():
    assert states([passage("One two."), passage("Three.")], [passage("One two.")]) == ["same", "missing"]


def test_a_changed_word_makes_a_difference():
    assert states([passage("The bound is two over L.")], [passage("The bound is ten over L.")]) == ["different"]


@pytest.mark.parametrize("mark", ["• ", "12. ", "c) ", "ab. ", "XXXVIII. ", "S1. ", "[S2] ", "[3] ", "[3] iv. "])
def test_the_mark_of_a_list_or_a_footnote_makes_none(mark: str):
    assert states([passage("Take the first.")], [passage(f"{mark}Take the first.")], "deck") == ["same"]


@pytest.mark.parametrize("more", ["5", "5 ", "Not. ", "Never) ", "[3]4 "])
def test_a_number_or_a_word_before_the_words_makes_one(more: str):
    assert states([passage("Take the first.")], [passage(f"{more}Take the first.")], "deck") == ["different"]


def test_hyphens_spaces_and_ligatures_make_none():
    assert states([passage("A fine classification")], [passage("A \ufb01ne classi- fication")]) == ["same"]


def test_notes_and_running_heads_may_lie_between_the_halves_of_a_paragraph():
    paragraph = passage(f"Words before it{NOTE_MARK} and words behind it, on the next page.")
    found = [
        passage("Words before it1 and words"),
        passage("1. Said at the foot."),
        passage("A running head 4", "furniture"),
        passage("behind it, on the next page."),
    ]
    assert states([paragraph, passage("Said at the foot.", "footnote")], found) == ["same", "same"]


def test_a_line_from_right_to_left_may_be_painted_in_the_order_of_the_eye():
    title = passage("Tongues, \u0627\u0644\u0644\u063a\u0629 \u201c\u05d0\u201d", "title", label="Example 3")
    painted = passage("EXAMPLE 3 Tongues, \u201d\u05d0\u201c \u0627\u0644\u0644\u063a\u0629", "title")
    assert states([title], [painted]) == ["same"]


def test_such_a_line_may_end_a_proof():
    assert states([passage("so \u05d0\u05d1")], [passage("so \u05d1\u05d0 \u25a1")]) == ["same"]


def test_a_letter_less_on_such_a_line_is_told():
    assert states([passage("\u0627\u0644\u0644\u063a\u0629")], [passage("\u0627\u0644\u063a\u0629")]) == ["different"]


def test_signs_that_choose_a_form_of_a_letter_need_no_glyph_in_print():
    expected, painted = "a flag \U0001f3f3\ufe0f\u200d\U0001f308", "a flag \U0001f3f3\U0001f308"
    assert states([passage(expected)], [passage(painted)]) == ["same"]

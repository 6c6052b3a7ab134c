"""What stands before the items of a list where a format writes it as text."""

from __future__ import annotations

import pytest

from mathbook.document.list_marks import list_mark
from mathbook.document.nodes import ListStyle


@pytest.mark.parametrize(
    ("style", "number", "mark"),
    [
        ("decimal", 12, "12."),
        ("lower-alpha", 3, "c."),
        ("upper-alpha", 28, "AB."),
        ("lower-roman", 4, "iv."),
        ("upper-roman", 1994, "MCMXCIV."),
        ("lower-alpha", 0, "0."),
    ],
)
def test_a_number_is_written_in_the_list_s_style(style: ListStyle, number: int, mark: str) -> None:
    assert list_mark(style, number) == mark

"""The characters that a page needs of each font, those that no text holds too."""

from __future__ import annotations

import pytest

from mathbook.epub.glyphs import glyphs_of
from mathbook.formula.mathml import mathml
from mathbook.formula.parse import parse


@pytest.mark.parametrize(
    ("latex", "needed"),
    [(r"\sqrt{22}", "√2"), (r"\sqrt[3]{x}", "√3\N{MATHEMATICAL ITALIC SMALL X}"), (r"\left(\frac12\right)", "()")],
)
def test_a_formula_s_font_holds_all_that_is_drawn(latex: str, needed: str):
    assert set(needed) <= set(glyphs_of(mathml(parse(latex, display=True))).math)


def test_a_formula_without_a_root_needs_no_root_sign():
    assert "√" not in glyphs_of(mathml(parse("x", display=False))).math

"""Glyphs as text: the font's file shows what the parser draws, and says what it stands for."""

from __future__ import annotations

import re

import pytest
from formula_corpus import CORPUS, FONT

from mathbook.formula.parse import parse
from mathbook.formula.pdf_drawing import pdf_drawing
from mathbook.formula.typeface import NO_TEXT

SIGNS = r"\alpha\beta\Gamma\le\ne\equiv\in\cup\to\Rightarrow\infty\partial\nabla\forall\mathbb{R}\mathcal{L}\mathbf{x}"


def texts(latex: str) -> list[str]:
    drawn = pdf_drawing(parse(latex, display=True), FONT).operators.decode("ascii")
    return [FONT.text(int(glyph, 16)) for glyph in re.findall(r"<([0-9a-f]{4})> Tj", drawn)]


@pytest.mark.parametrize("latex", CORPUS)
def test_all_glyphs_of_a_formula_are_text(latex: str):
    svg = parse(latex, display=True).svg
    assert len(texts(latex)) == svg.count("<use ")


def test_the_text_is_what_a_person_would_type():
    assert "".join(texts(SIGNS)) == "αβΓ≤≠≡∈∪→⇒∞∂∇∀ℝℒ𝐱"
    assert "".join(texts(r"h(x_1) = \hat\theta")) == "h(x1)=θ\N{COMBINING CIRCUMFLEX ACCENT}"


def test_forms_of_a_sign_have_the_sign_s_text():
    """Large and small ones: the font has each as a glyph of its own."""
    assert "".join(texts(r"\bigl(\sum_{x=1}^{x=1}\bigr)")).replace(NO_TEXT, "") == "(∑x=1x=1)"


def test_an_outline_that_the_font_draws_otherwise_is_no_glyph_of_it():
    glyph = FONT.font.get_nominal_glyph(ord("x"))
    assert glyph and FONT.shift(glyph, "M0 0L500 0L500 900L0 900Z") is None
    assert FONT.shift(FONT.face.glyph_count + 1, "M0 0L1 1Z") is None

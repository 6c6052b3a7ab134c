"""Formulas as text, for tables and for programs that know no formulas."""

from __future__ import annotations

import pytest

from mathbook.formula.parse import parse
from mathbook.formula.readable import readable_runs
from mathbook.formula.runs import simple_runs


def told(latex: str) -> str:
    """Return the runs, raised ones between ⌈ and ⌉, lowered ones between ⌊ and ⌋."""
    marks = {-1: "⌊⌋", 0: "", 1: "⌈⌉"}
    runs = readable_runs(parse(latex, display=False))
    said = "".join(f"{marks[run.baseline][:1]}{run.text}{marks[run.baseline][1:]}" for run in runs)
    return said.replace("⌉⌈", "").replace("⌋⌊", "").replace("\u2009", " ")


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"x_0=\sum_i c_i v_i", "x⌊0⌋ = ∑⌊i⌋ c⌊i⌋v⌊i⌋"),
        (r"\frac{324}{99}", "324/99"),
        (r"\frac{L-\mu}{L+\mu}", "(L − μ)/(L + μ)"),
        (r"\frac12 w^2", "(1/2)w⌈2⌉"),
        (r"\frac12+\frac13", "1/2 + 1/3"),
        (r"\frac{a}{bc}", "a/(bc)"),
        (r"\sqrt{1-a^2}\,U", "√(1 − a⌈2⌉) U"),
        (r"\sqrt[3]{x}", "⌈3⌉√x"),
        (r"\rho^\star", "ρ⌈⋆⌉"),
        (r"f'(x)", "f′(x)"),
        (r"e^{x_i}", "e⌈x_i⌉"),
        (r"\hat y", "y\u0302"),
        (r"\mathbb{R}^n", "ℝ⌈n⌉"),
        (r"\left(\frac12\right)^k", "(1/2)⌈k⌉"),
        (r"\operatorname*{arg\,max}_x f", "arg max⌊x⌋ f"),
        (r"\operatorname{arg\,max}_x f", "arg max⌊x⌋ f"),
        (r"\ln\left(1+\sum_{i\ne c}e^{-i}\right)", "ln(1 + ∑⌊i≠c⌋ e⌈−i⌉)"),
    ],
)
def test_scripts_are_raised_and_lowered_and_fractions_have_a_stroke(latex: str, text: str):
    assert told(latex) == text


def test_what_can_t_be_said_in_a_line_is_the_parser_s_linear_text():
    matrix = parse(r"\begin{pmatrix}1\\2\end{pmatrix}", display=False)
    assert "".join(run.text for run in readable_runs(matrix)) == matrix.linear


@pytest.mark.parametrize("latex", ["x", "-x_i^2", r"\alpha + 2\beta \le 7", r"\sin x", "f'"])
def test_a_simple_formula_reads_as_it_is_shown(latex: str):
    parsed = parse(latex, display=False)
    assert readable_runs(parsed) == simple_runs(parsed)

"""Example 6: softmax, cross-entropy, log-sum-exp, and softmax twice."""

from __future__ import annotations

from math import e, exp, inf, log

import book_text
import numpy as np
import pytest
import sympy

TEXT = book_text.example(6)
SCORES = sympy.symbols("z_1:4", real=True)


def softmax(scores: np.ndarray) -> np.ndarray:
    weights = np.exp(scores - scores.max())
    return weights / weights.sum()


def test_the_listing_prints_what_the_book_says() -> None:
    ((code, output),) = book_text.listings(TEXT)
    assert book_text.run(code) == output


def test_the_gradient_is_p_minus_y() -> None:
    total = sum(sympy.exp(s) for s in SCORES)
    loss = sympy.log(total) - SCORES[1]
    for k, score in enumerate(SCORES):
        assert sympy.simplify(sympy.diff(loss, score) - (sympy.exp(score) / total - int(k == 1))) == 0
    TEXT.says(r"\frac{\partial \ell}{\partial z_k} = p_k - y_k")


def test_two_classes_are_logistic_regression() -> None:
    a, b = SCORES[:2]
    two = sympy.exp(a) / (sympy.exp(a) + sympy.exp(b))
    assert sympy.simplify(two - 1 / (1 + sympy.exp(-(a - b)))) == 0
    TEXT.says(r"$p_1 = \sigma(z_1 - z_2)$")


def test_the_figure_shows_these_probabilities_and_this_gradient() -> None:
    p = softmax(np.array([2.0, 1.0, 0.1]))
    gradient = p - np.array([0, 1, 0])
    assert [f"{value:.2f}" for value in p] == ["0.66", "0.24", "0.10"]
    assert [f"{value:.2f}" for value in gradient] == ["0.66", "-0.76", "0.10"]
    assert gradient.sum() == pytest.approx(0)
    TEXT.says("probabilities 0.66, 0.24, 0.10; gradient 0.66, minus 0.76, 0.10")


def test_doubles_end_between_e_to_the_709_and_e_to_the_710() -> None:
    assert exp(709) < inf
    with pytest.raises(OverflowError):
        exp(710)
    assert exp(-745) > 0 == exp(-746)
    assert f"{np.finfo(float).max:.1e}" == "1.8e+308"
    TEXT.says(r"ends near $1.8 \cdot 10^{308}$, and $e^{710}$ is beyond that", "smaller than $e^{-745}$")


def test_log_sum_exp_lies_between_the_maximum_and_the_maximum_plus_ln_n() -> None:
    rng = np.random.default_rng(6)
    for n in (1, 2, 10, 1000):
        z = rng.normal(scale=300, size=n)
        value = z.max() + log(np.exp(z - z.max()).sum())
        assert z.max() <= value <= z.max() + log(n)
    TEXT.says(r"$m \le \lse(z) \le m + \ln n$")


def test_a_constant_added_to_all_scores_changes_nothing() -> None:
    z = np.array([2.0, 1.0, 0.1])
    for shifted, text in (([1002.0, 1001.0, 1000.1], 1000), ([-998.0, -999.0, -999.9], -1000)):
        assert np.allclose(z + text, shifted)
        assert np.allclose(softmax(np.array(shifted)), softmax(z))


@pytest.mark.parametrize("n", [2, 10, 1000])
def test_softmax_twice_can_not_get_below_the_floor(n: int) -> None:
    floor = log(1 + (n - 1) / e)
    perfect = np.eye(n)[0]
    assert -log(softmax(perfect)[0]) == pytest.approx(floor)
    rng = np.random.default_rng(n)
    for _ in range(200):
        p = softmax(rng.normal(scale=20, size=n))
        assert -log(softmax(p)[0]) >= floor - 1e-12
    TEXT.says(f"| {n} | {log(n):.3f} | {floor:.3f} |")


def test_the_floors_of_the_text_are_those_of_the_table() -> None:
    assert f"{log(1000):.3f}" == "6.908"
    assert f"{log(1 + 999 / e):.3f}" == "5.909"
    assert f"{log(1 + 9 / e):.3f}" == "1.461"
    TEXT.says("creeps from 6.908 towards 5.909", r"$\ln 1000 \approx 6.91$", "With 10 classes it is 1.461")


def test_the_hessian_is_a_variance() -> None:
    total = sum(sympy.exp(s) for s in SCORES)
    p = [sympy.exp(s) / total for s in SCORES]
    for j in range(3):
        for k in range(3):
            assert sympy.simplify(sympy.diff(p[j], SCORES[k]) - p[j] * (int(j == k) - p[k])) == 0
    numbers = softmax(np.array([0.3, -1.0, 2.0, 0.0]))
    v = np.array([1.0, -2.0, 0.5, 3.0])
    h = np.diag(numbers) - np.outer(numbers, numbers)
    assert v @ h @ v == pytest.approx(numbers @ (v - numbers @ v) ** 2)
    assert np.ones(4) @ h @ np.ones(4) == pytest.approx(0)
    TEXT.says(r"\partial p_j/\partial z_k = p_j(\delta_{jk} - p_k)", r"$H = \diag(p) - p\,p^{\T}$")


def test_a_temperature_sharpens_or_flattens() -> None:
    z = np.array([2.0, 1.0])
    assert f"{softmax(z)[0]:.3f}" == "0.731"
    assert f"{softmax(z / 0.5)[0]:.3f}" == "0.881"
    assert softmax(z / 1e-3) == pytest.approx([1, 0])
    assert softmax(z / 1e6) == pytest.approx([0.5, 0.5], abs=1e-6)
    TEXT.says(r"about 0.731 for $\tau = 1$", r"$\sigma(2) \approx 0.881$")


def test_a_little_more_of_the_true_score_lowers_the_loss_by_what_the_gradient_says() -> None:
    before, after = (
        log(np.exp(scores).sum()) - scores[1] for scores in (np.array([2, 1, 0.1]), np.array([2, 1.01, 0.1]))
    )
    assert (f"{before:.5f}", f"{after:.5f}", f"{before - after:.5f}") == ("1.41703", "1.40946", "0.00757")
    slope = 1 - softmax(np.array([2, 1, 0.1]))[1]
    assert f"{slope:.4f}" == "0.7576" and before - after < 0.01 * slope
    TEXT.says("the loss falls from 1.41703 to 1.40946, by 0.00757", "The formula promises $0.01 \\cdot 0.7576$")

"""Example 4: logistic regression's loss, gradient and Hessian."""

from __future__ import annotations

from math import exp, log, sqrt

import book_text
import numpy as np
import pytest
import sympy

TEXT = book_text.example(4)
X = np.array([[1.0, i] for i in range(4)])
Y = np.array([0.0, 1.0, 0.0, 1.0])
z, w = sympy.symbols("z w", real=True)
SIGMA = 1 / (1 + sympy.exp(-z))


def sigmoid(scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-scores))


def loss(weights: np.ndarray, x: np.ndarray, y: np.ndarray) -> float:
    scores = x @ weights
    return float(np.sum(np.log1p(np.exp(scores)) - y * scores))


def gradient(weights: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return x.T @ (sigmoid(x @ weights) - y)


def hessian(weights: np.ndarray, x: np.ndarray) -> np.ndarray:
    p = sigmoid(x @ weights)
    return x.T @ np.diag(p * (1 - p)) @ x


def random_data() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    return rng.normal(size=3), rng.normal(size=(20, 3)), (rng.random(20) < 0.5).astype(float)


def test_both_forms_of_the_loss_agree() -> None:
    assert sympy.simplify(sympy.log(SIGMA) - (z - sympy.log(1 + sympy.exp(z))), ratio=10).equals(0)
    assert (sympy.log(1 - SIGMA) + sympy.log(1 + sympy.exp(z))).equals(0)
    weights, x, y = random_data()
    p = sigmoid(x @ weights)
    assert loss(weights, x, y) == pytest.approx(-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)))
    TEXT.says(r"$\ln p_i = z_i - \ln(1+e^{z_i})$", r"\sum_{i=1}^n \bigl[\, \ln(1+e^{z_i}) - y_i z_i \bigr]")


def test_the_derivative_of_sigma_is_sigma_times_one_minus_sigma() -> None:
    assert sympy.simplify(sympy.diff(SIGMA, z) - SIGMA * (1 - SIGMA)) == 0
    assert sympy.simplify(sympy.diff(sympy.log(1 + sympy.exp(z)), z) - SIGMA) == 0
    TEXT.says(r"$\sigma'(z) = \sigma(z)(1-\sigma(z))$")


def test_the_gradient_is_that_of_finite_differences() -> None:
    weights, x, y = random_data()
    for i, step in enumerate(np.eye(3) * 1e-6):
        slope = (loss(weights + step, x, y) - loss(weights - step, x, y)) / 2e-6
        assert gradient(weights, x, y)[i] == pytest.approx(slope, abs=1e-6)
    TEXT.says(r"\nabla \ell(w) = \sum_{i=1}^n (p_i - y_i)\, x_i = X^{\T}(p - y)")


def test_the_hessian_is_that_of_finite_differences_and_semidefinite() -> None:
    weights, x, y = random_data()
    for i, step in enumerate(np.eye(3) * 1e-6):
        slope = (gradient(weights + step, x, y) - gradient(weights - step, x, y)) / 2e-6
        assert np.allclose(hessian(weights, x)[i], slope, atol=1e-6)
    assert np.linalg.eigvalsh(hessian(weights, x))[0] > 0
    dependent = np.column_stack([x, x[:, 0] + x[:, 1]])
    assert np.linalg.eigvalsh(hessian(np.append(weights, 0.0), dependent))[0] == pytest.approx(0, abs=1e-9)
    TEXT.says(r"X^{\T} W X , \qquad W = \diag\bigl(p_i(1-p_i)\bigr)")


def test_no_eigenvalue_of_the_hessian_exceeds_the_bound() -> None:
    p = sympy.Symbol("p")
    assert sympy.expand(p * (1 - p) - (sympy.Rational(1, 4) - (p - sympy.Rational(1, 2)) ** 2)) == 0
    weights, x, _ = random_data()
    assert np.linalg.eigvalsh(hessian(weights, x))[-1] <= np.linalg.eigvalsh(x.T @ x)[-1] / 4
    TEXT.says(
        r"$p(1-p) = \tfrac14 - (p - \tfrac12)^2$",
        r"$L = \tfrac14 \lambda_{\max}(X^{\T}X)$",
        r"below $8/\lambda_{\max}(X^{\T}X)$",
    )


def test_four_points_by_hand() -> None:
    start = np.zeros(2)
    assert gradient(start, X, Y).tolist() == [0, -1]
    assert hessian(start, X).tolist() == [[1, 1.5], [1.5, 3.5]]
    assert (4 * hessian(start, X)).tolist() == [[4, 6], [6, 14]]
    assert np.linalg.det(hessian(start, X)) == pytest.approx(1.25)
    assert np.linalg.solve(hessian(start, X), -gradient(start, X, Y)) == pytest.approx([-1.2, 0.8])
    assert f"{exp(0.8):.1f}" == "2.2"
    TEXT.says(r"$y = (0, 1, 0, 1)$", "The determinant is 1.25", r"$d = (-1.2,\; 0.8)$", r"$e^{0.8} \approx 2.2$")
    TEXT.says(r"\begin{pmatrix} 4 & 6 \\ 6 & 14 \end{pmatrix} = \begin{pmatrix} 1 & 1.5 \\ 1.5 & 3.5 \end{pmatrix}")


def test_the_safe_step_for_the_four_points() -> None:
    greatest = np.linalg.eigvalsh(X.T @ X)[-1]
    assert greatest == pytest.approx(9 + sqrt(61))
    assert f"{greatest:.2f}" == "16.81"
    assert f"{greatest / 4:.2f}" == "4.20"
    assert 0.47 < 8 / greatest < 0.48
    TEXT.says(r"$\lambda_{\max}(X^{\T}X) = 9 + \sqrt{61} \approx 16.81$", r"$L \approx 4.20$", "stay below 0.47")


def test_the_squared_error_turns_at_minus_ln_2() -> None:
    s = sympy.Symbol("s")
    first = sympy.diff((1 - SIGMA) ** 2, z)
    second = sympy.diff(first, z)
    assert sympy.simplify(first + 2 * SIGMA * (1 - SIGMA) ** 2) == 0
    assert sympy.simplify(second + 2 * SIGMA * (1 - SIGMA) ** 2 * (1 - 3 * SIGMA)) == 0
    assert sympy.solve(1 - 3 * s, s) == [sympy.Rational(1, 3)]
    assert SIGMA.subs(z, -sympy.log(2)) == sympy.Rational(1, 3)
    TEXT.says(r"\frac{d^2}{dz^2}(1-s)^2 = -2 s (1-s)^2 (1 - 3s)", r"$s < \tfrac13$, that is for $z < -\ln 2$")


def test_the_slopes_at_minus_six() -> None:
    s = 1 / (1 + exp(6))
    assert f"{2 * s * (1 - s) ** 2:.3f}" == "0.005"
    assert f"{1 - s:.3f}" == "0.998"
    TEXT.says("with a slope of 0.005, the cross-entropy with 0.998")


def test_at_a_minimum_the_average_prediction_is_the_share_of_ones() -> None:
    weights = np.zeros(2)
    for _ in range(30):
        weights = weights - np.linalg.solve(hessian(weights, X), gradient(weights, X, Y))
    assert np.mean(sigmoid(X @ weights)) == pytest.approx(np.mean(Y))


def test_the_separable_pair_has_no_minimum_and_with_a_penalty_one_at_0_675() -> None:
    x, y = np.array([[-1.0], [1.0]]), np.array([0.0, 1.0])
    for weight in (-2.0, 0.0, 3.0):
        assert loss(np.array([weight]), x, y) == pytest.approx(2 * log(1 + exp(-weight)))

    def excess(weight: float) -> float:
        return weight - 2 / (1 + exp(weight))

    assert excess(0.67) < 0 < excess(0.68)
    assert excess(0.6745) < 0 < excess(0.6755)
    assert sympy.simplify(sympy.diff(2 * sympy.log(1 + sympy.exp(-w)), w) + 2 / (1 + sympy.exp(w))) == 0
    TEXT.says(
        "$w = 2/(1+e^w)$",
        r"$w \approx 0.675$",
        "At $w = 0.67$ the left side is smaller than the right, at $w = 0.68$ larger",
    )


def test_a_step_below_two_over_l_lowers_the_loss_as_the_book_promises() -> None:
    weights, x, y = random_data()
    greatest = float(np.linalg.eigvalsh(x.T @ x)[-1]) / 4
    for eta in np.linspace(0.01, 1.99, 25) / greatest:
        slope = gradient(weights, x, y)
        promised = loss(weights, x, y) - eta * (1 - eta * greatest / 2) * (slope @ slope)
        assert loss(weights - eta * slope, x, y) <= promised < loss(weights, x, y)
    TEXT.says(r"\ell(w) - \eta\,\bigl(1 - \tfrac12 \eta L\bigr)\, \lVert \nabla\ell \rVert^2", r"if $\eta < 2/L$")


def test_the_gradient_is_the_slope_that_two_losses_show() -> None:
    one = (np.array([[1.0]]), np.array([1.0]))
    slope = (loss(np.array([1.01]), *one) - loss(np.array([0.99]), *one)) / 0.02
    assert f"{slope:.5f}" == f"{gradient(np.array([1.0]), *one)[0]:.5f}" == "-0.26894"
    TEXT.says("says $\\sigma(1) - 1 = -0.26894$", "is $-0.26894$, too")

"""Example 2: gradient descent on a quadratic, its bound, and its best rate."""

from __future__ import annotations

from math import ceil, log

import book_text
import numpy as np
import pytest
import sympy

TEXT = book_text.example(2)
CURVATURES = np.array([1.0, 10.0])
START = np.array([9.0, 0.9])


def loss(x: np.ndarray) -> float:
    return float(0.5 * np.sum(CURVATURES * x * x))


def descend(eta: float, steps: int) -> list[float]:
    x, losses = START.copy(), [loss(START)]
    for _ in range(steps):
        x = x - eta * CURVATURES * x
        losses.append(loss(x))
    return losses


def test_the_listing_prints_what_the_book_says() -> None:
    ((code, output),) = book_text.listings(TEXT)
    assert book_text.run(code) == output
    for eta in (0.05, 0.18, 0.20, 0.21):
        assert f"eta = {eta:.2f}   loss = {descend(eta, 50)[-1]:.3g}" in output


def test_the_loss_starts_at_44_55() -> None:
    assert loss(START) == pytest.approx(44.55)
    TEXT.says("It starts at 44.55, with curvatures 1 and 10.")


def test_each_mode_is_multiplied_by_one_minus_eta_lambda() -> None:
    rng = np.random.default_rng(2)
    root = rng.normal(size=(4, 4))
    h, x, eta, k = root @ root.T + np.eye(4), rng.normal(size=4), 0.07, 9
    values, vectors = np.linalg.eigh(h)
    c = vectors.T @ x
    moved = x.copy()
    for _ in range(k):
        moved = moved - eta * h @ moved
    assert np.allclose(moved, vectors @ ((1 - eta * values) ** k * c))
    assert np.isclose(0.5 * moved @ h @ moved, 0.5 * np.sum(values * (1 - eta * values) ** (2 * k) * c**2))
    TEXT.says(
        r"x_k = \sum_i (1 - \eta\lambda_i)^k\, c_i v_i",
        r"f(x_k) = \tfrac12 \sum_i \lambda_i (1 - \eta\lambda_i)^{2k} c_i^2",
    )


def test_descent_converges_below_two_over_l_and_not_above_it() -> None:
    assert 2 / CURVATURES.max() == 0.2
    assert descend(0.199, 4000)[-1] < 1e-9
    assert descend(0.2, 4000)[-1] == pytest.approx(4.05)
    assert descend(0.201, 4000)[-1] > 1e9
    TEXT.says(r"0 < \eta < \frac{2}{L}", "so the bound is 0.2", "the loss stays at 4.05")


def test_the_steep_direction_grows_117_fold_in_50_steps() -> None:
    assert pytest.approx(-1.1) == 1 - 0.21 * 10
    assert round(1.1**50) == 117
    TEXT.says(r"multiplied by $-1.1$ at each step", r"$1.1^{50} \approx 117$")


def test_the_exploding_run_falls_for_five_steps_first() -> None:
    losses = descend(0.21, 30)
    assert all(losses[k] == pytest.approx(40.5 * 0.79 ** (2 * k) + 4.05 * 1.1 ** (2 * k)) for k in range(31))
    assert losses.index(min(losses)) == 5
    assert losses[1:6] == sorted(losses[1:6], reverse=True)
    assert losses[5:] == sorted(losses[5:])
    assert round(losses[5], 2) == 14.34
    TEXT.says(r"40.5 \cdot 0.79^{2k} + 4.05 \cdot 1.1^{2k}", "It falls from 44.55 to 14.34 in the first five steps")


def test_the_best_constant_step_balances_the_two_ends() -> None:
    mu, ell = sympy.symbols("mu L", positive=True)
    best = 2 / (mu + ell)
    assert sympy.simplify((1 - best * mu) - (best * ell - 1)) == 0
    kappa = ell / mu
    assert sympy.simplify((1 - best * mu) - (kappa - 1) / (kappa + 1)) == 0
    etas = np.linspace(0.001, 0.2, 200_000)
    rates = np.maximum(abs(1 - etas), abs(1 - 10 * etas))
    assert etas[rates.argmin()] == pytest.approx(2 / 11, abs=1e-5)
    assert rates.min() == pytest.approx(9 / 11, abs=1e-5)
    TEXT.says(r"\eta^{\star} = \frac{2}{\mu + L}", r"\rho^{\star} = \frac{\kappa - 1}{\kappa + 1}")


@pytest.mark.parametrize(("kappa", "rate", "steps"), [(10, "0.8182", 35), (100, "0.9802", 346), (1000, "0.9980", 3454)])
def test_the_table_of_prices_is_right(kappa: int, rate: str, steps: int) -> None:
    rho = (kappa - 1) / (kappa + 1)
    assert f"{rho:.4f}" == rate
    assert ceil(log(1000) / -log(rho)) == steps
    assert rho**steps <= 1e-3 < rho ** (steps - 1)
    TEXT.says(f"| {kappa} | {rate} | {steps} |", "| 1 | 0 | 1 |")


def test_the_steps_grow_in_proportion_to_a_large_condition_number() -> None:
    kappa = sympy.Symbol("kappa", positive=True)
    assert sympy.limit(kappa * sympy.log((kappa + 1) / (kappa - 1)), kappa, sympy.oo) == 2
    TEXT.says(r"$\ln\frac{\kappa+1}{\kappa-1} \approx \frac{2}{\kappa}$")


def test_metres_and_centimetres_cost_34539_steps() -> None:
    rho = 9999 / 10001
    assert rho == (10_000 - 1) / (10_000 + 1)
    assert ceil(log(1000) / -log(rho)) == 34539
    assert 2 / 100**2 == 2e-4
    TEXT.says(r"\diag(1, 10000)", r"$\eta < 2 \cdot 10^{-4}$", r"\approx 34539$")


def test_two_steps_of_different_sizes_arrive_at_once() -> None:
    mu, ell = sympy.symbols("mu L", positive=True)
    for value in (mu, ell):
        assert sympy.simplify((1 - value / ell) * (1 - value / mu)) == 0
    assert 1 / 1 == 5 * (2 / 10)
    assert abs(1 - 10 / 1) == 9
    TEXT.says("the second step is five times the bound", "the step makes it 9 times as large")


def test_power_iteration_with_differences_of_gradients_finds_l() -> None:
    rng = np.random.default_rng(22)
    x, v, eps = rng.normal(size=2), rng.normal(size=2), 1e-4
    v /= np.linalg.norm(v)
    estimate = 0.0
    for _ in range(40):
        hv = (CURVATURES * (x + eps * v) - CURVATURES * x) / eps
        estimate = float(np.linalg.norm(hv))
        v = hv / estimate
    assert estimate == pytest.approx(10, rel=1e-6)
    TEXT.says(r"$Hv \approx \bigl(\nabla f(x + \varepsilon v) - \nabla f(x)\bigr)/\varepsilon$")


def test_a_penalty_lowers_the_condition_number_and_the_price() -> None:
    largest, smallest, penalty = 10.0, 0.01, 0.1
    hessian = np.diag([smallest, largest]) + penalty * np.eye(2)
    kappa = np.linalg.cond(hessian)
    assert round(kappa) == 92 and round(largest / smallest) == 1000
    assert ceil(log(1000) / log((kappa + 1) / (kappa - 1))) == 318
    TEXT.says("it falls from 1000 to 92, and the price from 3454 steps to 318")

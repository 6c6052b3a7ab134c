"""Example 3: the range of a correlation, the tosses until two heads, and the variance of a fair game."""

from __future__ import annotations

from fractions import Fraction
from math import acos, cos, degrees, sqrt

import book_text
import numpy as np
import pytest
import sympy

TEXT = book_text.example(3)
HALF = sympy.Rational(1, 2)


def bounds(a: float, b: float) -> tuple[float, float]:
    spread = sqrt((1 - a * a) * (1 - b * b))
    return a * b - spread, a * b + spread


def test_the_determinant_factors_as_the_book_says() -> None:
    a, b, c = sympy.symbols("a b c")
    matrix = sympy.Matrix([[1, a, c], [a, 1, b], [c, b, 1]])
    assert sympy.expand(matrix.det() - (1 + 2 * a * b * c - a**2 - b**2 - c**2)) == 0
    assert sympy.expand(matrix.det() - ((1 - a**2) * (1 - b**2) - (c - a * b) ** 2)) == 0
    TEXT.says("= 1 + 2abc - a^2 - b^2 - c^2 = (1-a^2)(1-b^2) - (c - ab)^2")


def test_exactly_the_correlations_in_the_range_give_a_semidefinite_matrix() -> None:
    grid = np.linspace(-0.95, 0.95, 20)
    for a in grid:
        for b in grid:
            low, high = bounds(a, b)
            for c in np.linspace(-1, 1, 41):
                least = np.linalg.eigvalsh([[1, a, c], [a, 1, b], [c, b, 1]])[0]
                if abs(c - low) > 1e-9 and abs(c - high) > 1e-9:
                    assert (least >= -1e-12) == (low < c < high)


def test_the_construction_in_the_proof_has_these_correlations() -> None:
    a, b, theta = sympy.symbols("a b theta")
    rows = sympy.Matrix([[a, sympy.sqrt(1 - a**2), 0], [1, 0, 0], [b, 0, sympy.sqrt(1 - b**2)]])
    cov = rows * sympy.Matrix([[1, 0, 0], [0, 1, theta], [0, theta, 1]]) * rows.T
    assert [sympy.simplify(cov[i, i]) for i in range(3)] == [1, 1, 1]
    assert (cov[0, 1], cov[1, 2]) == (a, b)
    assert sympy.simplify(cov[0, 2] - a * b - theta * sympy.sqrt(1 - a**2) * sympy.sqrt(1 - b**2)) == 0


@pytest.mark.parametrize(("r", "low", "claim"), [(0.8, 0.28, r"$0.64 \pm 0.36$"), (0.6, -0.28, r"$0.36 \pm 0.64$")])
def test_the_two_cases_of_the_text(r: float, low: float, claim: str) -> None:
    assert bounds(r, r) == pytest.approx((low, 1.0))
    TEXT.says(claim, "anything from 0.28 to 1", "anything from $-0.28$ to 1")


def test_positive_correlations_force_a_third_only_beyond_the_unit_circle() -> None:
    for a in np.linspace(0.02, 0.98, 25):
        for b in np.linspace(0.03, 0.97, 25):
            if abs(a * a + b * b - 1) > 1e-9:
                assert (bounds(a, b)[0] > 0) == (a * a + b * b > 1)
    TEXT.says("$a^2 + b^2 > 1$")


def test_correlations_are_cosines() -> None:
    angle = acos(0.8)
    assert f"{degrees(angle):.1f}" == "36.9"
    assert f"{degrees(2 * angle):.1f}" == "73.7"
    assert cos(2 * angle) == pytest.approx(0.28)
    for a, b in ((0.3, 0.9), (0.8, 0.6)):
        assert bounds(a, b) == pytest.approx((cos(acos(a) + acos(b)), cos(acos(a) - acos(b))))
    TEXT.says("of 36.9 degrees", "Twice that is 73.7 degrees, whose cosine is 0.28")


def test_two_heads_in_a_row_take_six_tosses() -> None:
    e0, e1, p = sympy.symbols("e0 e1 p", positive=True)
    fair = sympy.solve([e0 - 1 - e1 * HALF - e0 * HALF, e1 - 1 - e0 * HALF], [e0, e1])
    assert (fair[e0], fair[e1]) == (6, 4)
    biased = sympy.solve([e0 - 1 - p * e1 - (1 - p) * e0, e1 - 1 - (1 - p) * e0], [e0, e1])
    assert sympy.simplify(biased[e0] - (1 + p) / p**2) == 0
    TEXT.says("$e_0 = 2 + e_1$", r"$e_1 = 2 + \tfrac12 e_1$", "so $e_1 = 4$ and $e_0 = 6$", r"e_0 = \frac{1+p}{p^2}")


def waiting_times(second: str, tosses: int = 400) -> tuple[float, float]:
    """Return mean and variance of the tosses until a head is followed at once by `second`, by counting all ways."""
    nothing, head, mean, square = 1.0, 0.0, 0.0, 0.0
    for n in range(1, tosses):
        done = head / 2
        nothing, head = ((nothing + head) / 2, nothing / 2) if second == "H" else (nothing / 2, (nothing + head) / 2)
        mean, square = mean + n * done, square + n * n * done
    return mean, square - mean**2


def test_counting_all_ways_gives_6_and_4_and_a_variance_of_22() -> None:
    assert waiting_times("H") == pytest.approx((6, 22))
    assert waiting_times("T")[0] == pytest.approx(4)
    TEXT.says(r"$\sqrt{22} \approx 4.7$")
    assert f"{sqrt(22):.1f}" == "4.7"


def test_thirty_people_land_between_5_and_7_about_three_times_in_four() -> None:
    draws = np.random.default_rng(3).random((4000, 30, 64)) < 0.5
    both = draws[..., :-1] & draws[..., 1:]
    means = (both.argmax(axis=-1) + 2)[both.any(axis=-1).all(axis=-1)].mean(axis=-1)
    assert 0.70 < np.mean((means > 5) & (means < 7)) < 0.82
    TEXT.says("between 5 and 7 about three times in four")


def test_a_fair_games_variance_is_its_odds() -> None:
    p = sympy.Symbol("p", positive=True)
    b = (1 - p) / p
    assert sympy.simplify(p * b - (1 - p)) == 0
    assert sympy.simplify(p * b**2 + (1 - p) - b) == 0
    TEXT.says(r"p\,b^2 + (1-p) = \frac{(1-p)^2}{p} + (1-p) = \frac{1-p}{p} = b")


@pytest.mark.parametrize(
    ("p", "row"),
    [
        (Fraction(1, 2), "| even money | 1/2 | 1 | 1 | 10 |"),
        (Fraction(1, 100), "| long shot | 1/100 | 99 | 99 | 99.5 |"),
    ],
)
def test_the_table_of_games(p: Fraction, row: str) -> None:
    gain = (1 - p) / p
    name = row.split("|")[1].strip()
    assert p * gain**2 + (1 - p) == gain
    TEXT.says(row)
    assert row == f"| {name} | {p} | {gain} | {gain} | {sqrt(100 * gain):.3g} |"


def test_the_long_shot_stays_away_in_37_of_100_evenings() -> None:
    assert f"{0.99**100:.1%}" == "36.6%"
    TEXT.says(r"$0.99^{100} \approx 36.6\%$")


def test_equal_correlations_can_not_be_very_negative() -> None:
    for n in (3, 10, 100):
        rho = -1 / (n - 1)
        matrix = (1 - rho) * np.eye(n) + rho * np.ones((n, n))
        assert np.linalg.eigvalsh(matrix)[0] == pytest.approx(0, abs=1e-9)
        assert np.linalg.eigvalsh(matrix - 0.01 * (np.ones((n, n)) - np.eye(n)))[0] < -0.001
        centred = np.eye(n) - np.ones((n, n)) / n
        assert centred[0, 1] / centred[0, 0] == pytest.approx(rho)
    TEXT.says(r"$\rho \ge -1/(n-1)$", r"$-\tfrac12$, for a hundred it is $-1/99$")


def test_a_head_and_then_a_tail_takes_four_tosses() -> None:
    e0, e1 = sympy.symbols("e0 e1")
    found = sympy.solve([e0 - 1 - e0 * HALF - e1 * HALF, e1 - 1 - e1 * HALF], [e0, e1])
    assert (found[e0], found[e1]) == (4, 2)
    TEXT.says("$e_1 = 2$, the first $e_0 = 2 + e_1 = 4$")


def test_each_further_head_doubles_the_wait() -> None:
    heads = sympy.symbols("k", integer=True)
    wait = 2 ** (heads + 1) - 2
    assert sympy.simplify(wait - (wait.subs(heads, heads - 1) + 1 + HALF * wait)) == 0
    assert [wait.subs(heads, k) for k in range(5)] == [0, 2, 6, 14, 30]
    TEXT.says("this gives 2, 6, 14, 30 and in general $2^{k+1} - 2$")

"""Example 7: a convolution as a matrix, its parameters, and the chain rule in several variables."""

from __future__ import annotations

import book_text
import numpy as np
import pytest

TEXT = book_text.example(7)


def convolution_matrix(side: int, kernel: int, padding: int = 0) -> np.ndarray:
    """Return which kernel weight (from 1) stands where in the matrix of a square convolution; 0 for none."""
    out = side + 2 * padding - kernel + 1
    matrix = np.zeros((out * out, side * side), dtype=int)
    for row in range(out):
        for column in range(out):
            for down in range(kernel):
                for across in range(kernel):
                    y, x = row + down - padding, column + across - padding
                    if 0 <= y < side and 0 <= x < side:
                        matrix[row * out + column, y * side + x] = kernel * down + across + 1
    return matrix


def toeplitz(w: np.ndarray, inputs: int) -> np.ndarray:
    return np.array(
        [np.concatenate([np.zeros(i), w, np.zeros(inputs - len(w) - i)]) for i in range(inputs - len(w) + 1)]
    )


def test_the_matrix_of_the_text_is_a_sliding_sum() -> None:
    rng = np.random.default_rng(7)
    w, x = rng.normal(size=3), rng.normal(size=5)
    assert np.allclose(toeplitz(w, 5) @ x, np.correlate(x, w, mode="valid"))
    assert toeplitz(np.array([1.0, 2.0, 3.0]), 5).tolist() == [[1, 2, 3, 0, 0], [0, 1, 2, 3, 0], [0, 0, 1, 2, 3]]
    TEXT.says(
        r"\begin{pmatrix} w_1 & w_2 & w_3 & 0 & 0 \\ 0 & w_1 & w_2 & w_3 & 0 \\ 0 & 0 & w_1 & w_2 & w_3 \end{pmatrix}"
    )


def test_the_figures_matrix_has_144_of_576_entries_and_nine_values() -> None:
    matrix = convolution_matrix(6, 3)
    assert matrix.shape == (16, 36)
    assert (matrix.size, np.count_nonzero(matrix), len(np.unique(matrix)) - 1) == (576, 144, 9)
    TEXT.says("16 rows, 36 columns, 144 of the 576 entries not zero, and only nine different numbers")


def test_the_counts_for_a_picture_of_28_by_28() -> None:
    matrix = convolution_matrix(28, 3)
    assert matrix.shape == (26 * 26, 28 * 28) == (676, 784)
    assert matrix.size == 529_984
    assert matrix.size + 676 == 530_660
    assert np.count_nonzero(matrix) == 6_084
    assert matrix.size - 6_084 == 523_900
    assert f"{6_084 / 529_984:.2%}" == "1.15%"
    TEXT.says(
        "676 rows, 784 columns and 529,984 entries", r"676 \cdot 784 + 676 = \text{530,660}", r"3 \cdot 3 + 1 = 10"
    )
    TEXT.says("Of the 529,984 entries, 6,084 aren't zero, or 1.15%.", "523,900 of its entries are zero")


def test_the_counts_with_channels() -> None:
    assert 64 * (3 * 3 * 3 + 1) == 64 * 28 == 1792
    inputs, outputs = 3 * 32 * 32, 64 * 30 * 30
    assert inputs * outputs + outputs == 177_004_800
    TEXT.says(r"$64 \cdot 28 = 1792$", "177,004,800", r"$D\,(k^2 C + 1)$")


def test_padding_leaves_82_squared_entries() -> None:
    assert np.count_nonzero(convolution_matrix(28, 3, padding=1)) == 6724 == 82**2 == (3 * 28 - 2) ** 2
    assert 676 * 9 + 104 * 6 + 4 * 4 == 6724
    assert 676 + 104 + 4 == 28**2
    TEXT.says(r"$676 \cdot 9 + 104 \cdot 6 + 4 \cdot 4 = 6724$", r"$3 \cdot 28 - 2 = 82$", "$82^2 = 6724$")


def network(w: np.ndarray, u: np.ndarray, x: np.ndarray, y: float) -> float:
    return float(0.5 * (u @ np.maximum(w @ x, 0) - y) ** 2)


def test_backpropagation_by_hand_is_right() -> None:
    w, u, x, y = np.array([[1.0, -1.0], [0.5, 0.5]]), np.array([2.0, 1.0]), np.array([1.0, 2.0]), 1.0
    a = w @ x
    h = np.maximum(a, 0)
    r = u @ h - y
    delta = r * u * (a > 0)
    assert (a.tolist(), h.tolist(), u @ h, r) == ([-1, 1.5], [0, 1.5], 1.5, 0.5)
    assert ((r * h).tolist(), delta.tolist()) == ([0, 0.75], [0, 0.5])
    assert np.outer(delta, x).tolist() == [[0, 0], [0.5, 1]]
    for i in range(2):
        for j in range(2):
            step = np.zeros((2, 2))
            step[i, j] = 1e-6
            slope = (network(w + step, u, x, y) - network(w - step, u, x, y)) / 2e-6
            assert slope == pytest.approx(np.outer(delta, x)[i, j], abs=1e-6)
    TEXT.says(r"$\hat y = 1.5$ and $r = 0.5$", r"$\nabla_u\ell = (0,\, 0.75)$, $\delta = (0,\, 0.5)$")
    TEXT.says(r"\begin{pmatrix} 0 & 0 \\ 0.5 & 1 \end{pmatrix}")


def test_the_three_lines_hold_for_a_smooth_network() -> None:
    rng = np.random.default_rng(77)
    w, u, x, y = rng.normal(size=(4, 3)), rng.normal(size=4), rng.normal(size=3), 0.3

    def loss(w: np.ndarray, u: np.ndarray) -> float:
        return float(0.5 * (u @ np.tanh(w @ x) - y) ** 2)

    h = np.tanh(w @ x)
    r = u @ h - y
    delta = r * u * (1 - h**2)
    step = rng.normal(size=(4, 3))
    slope = (loss(w + 1e-6 * step, u) - loss(w - 1e-6 * step, u)) / 2e-6
    assert slope == pytest.approx(np.sum(np.outer(delta, x) * step), abs=1e-6)
    turn = rng.normal(size=4)
    slope = (loss(w, u + 1e-6 * turn) - loss(w, u - 1e-6 * turn)) / 2e-6
    assert slope == pytest.approx(r * h @ turn, abs=1e-6)
    TEXT.says(r"\delta = \nabla_a \ell = r\, u \odot \varphi'(a)", r"\nabla_W \ell = \delta\, x^{\T}")


def test_a_matrix_times_a_vector_costs_a_thousandth_of_a_matrix_times_a_matrix() -> None:
    units = 1000
    assert (units**2, units**3) == (10**6, 10**9)
    TEXT.says("$10^6$ multiplications", "$10^9$ of them", "layers of 1,000 units")


def test_the_kernels_own_gradient() -> None:
    x, w, g = np.array([1.0, 2, 0, -1, 3]), np.array([1.0, 0, -1]), np.array([1.0, 0, 2])
    matrix = toeplitz(w, 5)
    assert (matrix @ x).tolist() == [1, 3, -3]
    kernel = [g @ x[k : k + 3] for k in range(3)]
    assert kernel == [1, 0, 6]
    for k in range(3):
        assert kernel[k] == pytest.approx(g @ (toeplitz(np.eye(3)[k], 5) @ x))
    assert (matrix.T @ g).tolist() == [1, 0, 1, 0, -2]
    TEXT.says("$y = (1, 3, -3)$", r"$(1 + 0,\; 2 - 2,\; 0 + 6) = (1, 0, 6)$", "= (1, 0, 1, 0, -2)$")

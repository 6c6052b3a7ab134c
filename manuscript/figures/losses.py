"""Example 4: the cross-entropy and the squared error of one label y = 1, as functions of the score z."""

from math import exp, log

from plot import BLUE, INK, MUTED, RUST, Axes, Drawing, save, steps

TURN = -log(2)


def sigmoid(z: float) -> float:
    """Return the logistic function."""
    return 1 / (1 + exp(-z))


def cross_entropy(z: float) -> float:
    """Return the negative log-likelihood of the label 1."""
    return log(1 + exp(-z))


def squared_error(z: float) -> float:
    """Return the squared distance of the probability from 1."""
    return (1 - sigmoid(z)) ** 2


def draw() -> Drawing:
    """Return the figure: a convex curve, and one that turns from concave to convex at z = -ln 2."""
    drawing = Drawing(
        "Two losses for one label",
        "Over the score z from minus 6 to 4: the cross-entropy falls along a convex curve; the squared error is flat "
        "at 1 on the left, bends down, and turns from concave to convex at z = minus ln 2.",
    )
    axes = Axes(drawing, 62, 40, 420, 240, (-6.0, 4.0), (0.0, 4.0))
    axes.frame(
        [(z, f"{z:g}".replace("-", "−")) for z in (-6.0, -4.0, -2.0, 0.0, 2.0, 4.0)],
        [(float(value), str(value)) for value in range(5)],
    )
    axes.label("score *z*", "loss when *y* = 1")
    axes.curve([(z, cross_entropy(z)) for z in steps(-3.98, 4, 120)], BLUE)
    axes.curve([(z, squared_error(z)) for z in steps(-6, 4, 120)], RUST, 2.4, "9 5")
    turn = axes.at(TURN, squared_error(TURN))
    drawing.dot(turn, RUST, 4.5, "#ffffff")
    drawing.line((turn[0] + 4, turn[1] - 5), (turn[0] + 58, turn[1] - 62), MUTED)
    drawing.text((turn[0] + 62, turn[1] - 64), "turns at *z* = −ln 2", INK, 14)
    high = axes.at(-2.7, cross_entropy(-2.7))
    drawing.text((high[0] + 14, high[1] - 4), "cross-entropy: convex", BLUE, 14, bold=True)
    flat = axes.at(-5.9, 1.0)
    drawing.text((flat[0], flat[1] - 12), "squared error: not convex", RUST, 14, bold=True)
    return drawing


if __name__ == "__main__":
    save(__file__, draw())

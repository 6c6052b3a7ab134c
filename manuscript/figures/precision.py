"""Example 1: how much a positive answer is worth, as a function of the base rate."""

from math import log

from plot import BLUE, INK, MUTED, RUST, Axes, Drawing, save

SENSITIVITY = 0.90
# Each specificity with its colour, its dashes, and how far below the curve's end its label stands.
CURVES = ((0.999, BLUE, "", 3), (0.99, INK, "9 5", 22), (0.95, RUST, "2 5", 32))


def precision(base_rate: float, specificity: float) -> float:
    """Return the share of positive answers that are right."""
    right = SENSITIVITY * base_rate
    return right / (right + (1 - specificity) * (1 - base_rate))


def draw() -> Drawing:
    """Return the figure: three curves over a logarithmic base rate."""
    drawing = Drawing(
        "Precision against base rate",
        "Three rising curves, for specificities 0.999, 0.99 and 0.95. At a base rate of one in a hundred they stand at "
        "90, 48 and 15 percent.",
    )
    axes = Axes(drawing, 62, 40, 424, 240, (0.001, 0.5), (0.0, 1.0), log)
    axes.frame(
        [(0.001, "0.1%"), (0.01, "1%"), (0.1, "10%"), (0.5, "50%")],
        [(0.0, "0%"), (0.25, "25%"), (0.5, "50%"), (0.75, "75%"), (1.0, "100%")],
    )
    axes.label("base rate (logarithmic scale)", "precision")
    drawing.line(axes.at(0.01, 0.0), axes.at(0.01, 1.0), MUTED, 1.0, "3 4")
    rates = [0.001 * 500 ** (i / 120) for i in range(121)]
    for specificity, colour, dash, drop in CURVES:
        axes.curve([(rate, precision(rate, specificity)) for rate in rates], colour, 2.4, dash)
        x, y = axes.at(0.5, precision(0.5, specificity))
        drawing.text((x + 12, y + drop), f"specificity {specificity}", colour, 14, bold=True)
        at = axes.at(0.01, precision(0.01, specificity))
        drawing.dot(at, colour)
        drawing.text(
            (at[0] - 10, at[1] - 9), f"{100 * precision(0.01, specificity):.0f}%", colour, 14, "end", bold=True
        )
    return drawing


if __name__ == "__main__":
    save(__file__, draw())

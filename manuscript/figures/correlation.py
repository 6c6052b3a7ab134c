"""Example 3: what corr(A, C) can be if corr(A, B) and corr(B, C) are both r."""

from plot import BLUE, INK, MUTED, PALE, RUST, Axes, Drawing, save, steps

MARKED = (0.6, 0.8)


def bounds(a: float, b: float) -> tuple[float, float]:
    """Return the least and the greatest possible third correlation."""
    spread = ((1 - a * a) * (1 - b * b)) ** 0.5
    return a * b - spread, a * b + spread


def draw() -> Drawing:
    """Return the figure: the band between the two bounds, with the two cases of the text marked."""
    drawing = Drawing(
        "The range of the third correlation",
        "A band between the line at 1 and the parabola 2 r^2 - 1. At r = 0.6 it reaches from minus 0.28 to 1, "
        "at r = 0.8 from 0.28 to 1.",
    )
    axes = Axes(drawing, 62, 40, 440, 240, (0.0, 1.0), (-1.0, 1.0))
    floor = [(r, bounds(r, r)[0]) for r in steps(0, 1, 60)]
    drawing.area([axes.at(x, y) for x, y in [*floor, (0.0, 1.0)]], PALE)
    axes.frame(
        [(0.0, "0"), (0.2, "0.2"), (0.4, "0.4"), (0.6, "0.6"), (0.8, "0.8"), (1.0, "1")],
        [(-1.0, "−1"), (-0.5, "−0.5"), (0.0, "0"), (0.5, "0.5"), (1.0, "1")],
    )
    drawing.line(axes.at(0, 0), axes.at(1, 0), MUTED, 1.0)
    axes.label("*r* = corr(*A*, *B*) = corr(*B*, *C*)", "corr(*A*, *C*)")
    axes.curve([(0.0, 1.0), (1.0, 1.0)], BLUE)
    axes.curve(floor, BLUE, 2.4, "9 5")
    for r in MARKED:
        low, high = bounds(r, r)
        drawing.line(axes.at(r, low), axes.at(r, high), RUST, 2.2)
        for value in (low, high):
            drawing.dot(axes.at(r, value), RUST)
        at = axes.at(r, low)
        drawing.text((at[0] + 9, at[1] + 16), f"{low:.2f}".replace("-", "−"), RUST, 14, bold=True)
    right = axes.at(1.0, 1.0)
    drawing.text((right[0] + 12, right[1] + 5), "greatest: 1", BLUE, 14, bold=True)
    drawing.text((right[0] + 12, right[1] + 34), "least: 2*r*² − 1", BLUE, 14, bold=True)
    drawing.text(axes.at(0.16, 0.34), "possible", INK, 14)
    return drawing


if __name__ == "__main__":
    save(__file__, draw())

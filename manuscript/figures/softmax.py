"""Example 6: scores, the probabilities that softmax makes of them, and the gradient p - y."""

from math import exp

from plot import BLUE, INK, MUTED, RULE, RUST, Axes, Drawing, save

SCORES = (2.0, 1.0, 0.1)
TRUE_CLASS = 1


def softmax(scores: tuple[float, ...]) -> list[float]:
    """Return the probabilities of the scores."""
    greatest = max(scores)
    weights = [exp(score - greatest) for score in scores]
    return [weight / sum(weights) for weight in weights]


def draw() -> Drawing:
    """Return the figure: three panels of three bars each."""
    probabilities = softmax(SCORES)
    gradient = [p - (i == TRUE_CLASS) for i, p in enumerate(probabilities)]
    drawing = Drawing(
        "From scores to a gradient",
        "Three panels of bars. Scores 2, 1 and 0.1; probabilities 0.66, 0.24 and 0.10; gradient 0.66, minus 0.76 and "
        "0.10, negative only at the true class, the second.",
        height=280,
    )
    panels = (("scores *z*", SCORES, (-1.2, 2.6)), ("probabilities *p*", probabilities, (-1.0, 1.0)))
    for column, (name, values, span) in enumerate((*panels, ("gradient *p* − *y*", gradient, (-1.0, 1.0)))):
        axes = Axes(drawing, 26 + 208 * column, 48, 172, 186, (0.0, 3.0), span)
        drawing.text((axes.left, 28), name, INK, 16, bold=True)
        draw_bars(axes, list(values))
    return drawing


def draw_bars(axes: Axes, values: list[float]) -> None:
    """Draw the bars of one panel, each with its value and its class below."""
    drawing = axes.drawing
    for i, value in enumerate(values):
        start, end = axes.at(i + 0.2, max(value, 0)), axes.at(i + 0.8, min(value, 0))
        colour = RUST if i == TRUE_CLASS else BLUE
        drawing.box(start, (end[0] - start[0], end[1] - start[1]), colour)
        middle = (start[0] + end[0]) / 2
        text = f"{value:.2g}" if value in SCORES else f"{value:.2f}"
        drawing.text((middle, start[1] - 7 if value > 0 else end[1] + 17), text.replace("-", "−"), colour, 14, "middle")
        drawing.text((middle, 262), f"class {i + 1}", MUTED, 13, "middle")
    drawing.line(axes.at(0, 0), axes.at(3, 0), MUTED)
    drawing.line((axes.left, 242), (axes.left + axes.width, 242), RULE, 0.8)


if __name__ == "__main__":
    save(__file__, draw())

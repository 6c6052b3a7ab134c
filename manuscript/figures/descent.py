"""Example 2: gradient descent on one bowl with two step sizes, one below the bound and one above it."""

from plot import BLUE, INK, MUTED, RUST, Axes, Drawing, Point, save

CURVATURES = (1.0, 10.0)
START = (9.0, 0.9)
COUNT = 14
PANELS = ((0.18, BLUE, "settles"), (0.21, RUST, "explodes"))
LEVELS = (2.0, 8.0, 18.0, 32.0, 50.0)


def path(step: float, count: int) -> list[Point]:
    """Return the points that gradient descent visits."""
    points = [START]
    for _ in range(count):
        x, y = points[-1]
        points.append(((1 - step * CURVATURES[0]) * x, (1 - step * CURVATURES[1]) * y))
    return points


def draw() -> Drawing:
    """Return the figure: two panels with level lines and a path on each."""
    drawing = Drawing(
        "Two runs of gradient descent",
        "Level lines of a long, narrow bowl, twice. With step size 0.18 the path zigzags into the middle; with 0.21 "
        "each jump across the valley is longer than the one before.",
        height=300,
    )
    for column, (step, colour, verdict) in enumerate(PANELS):
        axes = Axes(drawing, 16 + 314 * column, 46, 294, 210, (-10.5, 10.5), (-3.7, 3.7))
        draw_valley(axes)
        points = path(step, COUNT)
        axes.curve(points, colour, 1.8)
        for point in points:
            drawing.dot(axes.at(*point), colour, 2.6)
        start = axes.at(*START)
        drawing.dot(start, colour, 4.2, "#ffffff")
        drawing.text((start[0], start[1] - 12), "start", INK, 14, "middle")
        drawing.text((axes.left, 28), f"*η* = {step}: {verdict}", colour, 16, bold=True)
    drawing.text((320, 288), f"{COUNT} steps; curvature 1 along the valley, 10 across it", MUTED, 14, "middle")
    return drawing


def draw_valley(axes: Axes) -> None:
    """Draw the level lines of the loss and a cross at its minimum."""
    middle = axes.at(0, 0)
    for level in LEVELS:
        edge = axes.at((2 * level / CURVATURES[0]) ** 0.5, (2 * level / CURVATURES[1]) ** 0.5)
        axes.drawing.ellipse(middle, (edge[0] - middle[0], middle[1] - edge[1]))
    axes.drawing.line((middle[0] - 6, middle[1]), (middle[0] + 6, middle[1]), MUTED, 1.4)
    axes.drawing.line((middle[0], middle[1] - 6), (middle[0], middle[1] + 6), MUTED, 1.4)


if __name__ == "__main__":
    save(__file__, draw())

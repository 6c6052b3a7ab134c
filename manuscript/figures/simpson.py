"""Example 5: rates of two groups against their mix, and where the two pooled rates come from (made-up counts)."""

from plot import BLUE, INK, MUTED, RUST, Axes, Drawing, save

RATES = {"bootcamp": (0.20, 0.70), "self-study": (0.25, 0.75)}
SHARES = {"bootcamp": 0.8, "self-study": 0.2}
LOOKS = {"bootcamp": (RUST, "9 5"), "self-study": (BLUE, "")}


def pooled(group: str, share: float) -> float:
    """Return the group's overall rate if this share of it has a background."""
    without, with_background = RATES[group]
    return (1 - share) * without + share * with_background


def draw() -> Drawing:
    """Return the figure: two parallel lines, the pooled points on them, and both groups at an equal mix."""
    drawing = Drawing(
        "Job rates against the share with a background",
        "Two parallel rising lines. The self-study line lies five points above the bootcamp line everywhere, but the "
        "bootcamp's pooled point, at a share of 80 percent, lies far above self-study's, at a share of 20 percent.",
    )
    axes = Axes(drawing, 62, 40, 440, 240, (0.0, 1.0), (0.0, 0.8))
    axes.frame(
        [(share / 10, f"{10 * share}%") for share in (0, 2, 5, 8, 10)],
        [(rate / 10, f"{10 * rate}%") for rate in (0, 2, 4, 6, 8)],
    )
    axes.label("share of the group that has a background", "found a job")
    drawing.line(axes.at(0.5, 0), axes.at(0.5, 0.8), MUTED, 1.0, "3 4")
    for group, (colour, dash) in LOOKS.items():
        axes.curve([(0.0, pooled(group, 0)), (1.0, pooled(group, 1))], colour, 2.2, dash)
        share = SHARES[group]
        drawing.dot(axes.at(share, pooled(group, share)), colour, 6)
        drawing.dot(axes.at(0.5, pooled(group, 0.5)), colour, 4.5, "#ffffff")
        end = axes.at(1.0, pooled(group, 1.0))
        drawing.text((end[0] + 10, end[1] + 5), group, colour, 14, bold=True)
    low, high = axes.at(0.2, pooled("self-study", 0.2)), axes.at(0.8, pooled("bootcamp", 0.8))
    drawing.text((low[0] - 10, low[1] - 22), "pooled: 35%", BLUE, 14, "middle", bold=True)
    drawing.text((high[0] + 8, high[1] + 25), "pooled: 60%", RUST, 14, bold=True)
    middle = axes.at(0.5, 0.0)
    drawing.text((middle[0] + 8, middle[1] - 10), "same mix: 45% and 50%", INK, 14)
    return drawing


if __name__ == "__main__":
    save(__file__, draw())

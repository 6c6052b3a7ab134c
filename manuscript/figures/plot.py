"""A small pen for the book's figures: it writes SVG text, so that the same numbers always give the same bytes.

Each figure has a script of its own beside this one. `python manuscript/figures/NAME.py` writes NAME.svg; the tests
draw every figure again and compare it with the file. Colours keep their order of lightness in grey print, and no
figure tells two curves apart by colour alone: dashes and labels do it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

INK = "#1d1f24"
MUTED = "#565c68"
RULE = "#cfccc2"
PALE = "#e8ecee"
BLUE = "#14505c"
RUST = "#b8541f"
GOLD = "#d9a441"
WHITE = "#ffffff"

Point = tuple[float, float]


def number(value: float) -> str:
    """Return a coordinate with at most two decimals and no negative zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@dataclass
class Drawing:
    """A sheet of `width` by `height` pixels with what has been drawn on it. `title` and `words` are its description."""

    title: str
    words: str
    width: int = 640
    height: int = 340
    parts: list[str] = field(default_factory=list)

    def line(self, start: Point, end: Point, colour: str = INK, width: float = 1.0, dash: str = "") -> None:
        """Draw a straight line."""
        self.path([start, end], colour, width, dash)

    def path(
        self, points: Iterable[Point], colour: str, width: float = 2.0, dash: str = "", fill: str = "none"
    ) -> None:
        """Draw a line through all points, or with `fill` the area inside it."""
        steps = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<polyline points="{steps}" fill="{fill}" stroke="{colour}" stroke-width="{number(width)}"'
            f' stroke-linejoin="round" stroke-linecap="round"{dashes}/>'
        )

    def area(self, points: Iterable[Point], fill: str) -> None:
        """Fill the area inside the points."""
        steps = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.parts.append(f'<polygon points="{steps}" fill="{fill}"/>')

    def box(self, corner: Point, size: Point, fill: str, stroke: str = "none") -> None:
        """Draw a rectangle from its upper left corner."""
        self.parts.append(
            f'<rect x="{number(corner[0])}" y="{number(corner[1])}" width="{number(size[0])}"'
            f' height="{number(size[1])}" fill="{fill}" stroke="{stroke}"/>'
        )

    def ellipse(self, centre: Point, radii: Point, colour: str = RULE) -> None:
        """Draw an ellipse with its axes along the sheet's."""
        self.parts.append(
            f'<ellipse cx="{number(centre[0])}" cy="{number(centre[1])}" rx="{number(radii[0])}"'
            f' ry="{number(radii[1])}" fill="none" stroke="{colour}" stroke-width="1"/>'
        )

    def dot(self, centre: Point, colour: str, radius: float = 4.0, fill: str = "") -> None:
        """Draw a dot; with `fill` white it is a ring."""
        self.parts.append(
            f'<circle cx="{number(centre[0])}" cy="{number(centre[1])}" r="{number(radius)}"'
            f' fill="{fill or colour}" stroke="{colour}" stroke-width="1.6"/>'
        )

    def text(
        self,
        at: Point,
        words: str,
        colour: str = INK,
        size: int = 14,
        anchor: str = "start",
        *,
        bold: bool = False,
        turned: bool = False,
    ) -> None:
        """Write words; those between asterisks are set in italics, as names of quantities are."""
        weight = ' font-weight="600"' if bold else ""
        turn = f' transform="rotate(-90 {number(at[0])} {number(at[1])})"' if turned else ""
        pieces = [
            f'<tspan font-style="italic">{escape(piece)}</tspan>' if turn_on % 2 else escape(piece)
            for turn_on, piece in enumerate(words.split("*"))
            if piece
        ]
        self.parts.append(
            f'<text x="{number(at[0])}" y="{number(at[1])}" font-size="{size}" fill="{colour}"'
            f' text-anchor="{anchor}"{weight}{turn}>{"".join(pieces)}</text>'
        )

    def svg(self) -> str:
        """Return the finished drawing."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}"'
            f' viewBox="0 0 {self.width} {self.height}" font-family="\'Source Sans 3\', sans-serif" role="img">'
        )
        sheet = f'<rect width="{self.width}" height="{self.height}" fill="{WHITE}"/>'
        about = f"<title>{escape(self.title)}</title>\n<desc>{escape(self.words)}</desc>"
        return "\n".join([head, about, sheet, *self.parts, "</svg>", ""])


@dataclass(frozen=True)
class Axes:
    """A frame on a drawing, and the map from quantities to pixels. `x` and `y` are (least, greatest)."""

    drawing: Drawing
    left: float
    top: float
    width: float
    height: float
    x: Point
    y: Point
    scale: Callable[[float], float] = float

    def at(self, x: float, y: float) -> Point:
        """Return where the point (x, y) lies on the sheet."""
        first, last = self.scale(self.x[0]), self.scale(self.x[1])
        across = (self.scale(x) - first) / (last - first)
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * self.width, self.top + (1 - up) * self.height

    def frame(self, x_ticks: Sequence[tuple[float, str]], y_ticks: Sequence[tuple[float, str]]) -> None:
        """Draw the two axes, thin lines across at the y ticks, and all ticks' labels."""
        for value, label in y_ticks:
            start, end = self.at(self.x[0], value), self.at(self.x[1], value)
            self.drawing.line(start, end, RULE, 0.8)
            self.drawing.text((start[0] - 8, start[1] + 4.5), label, MUTED, 13, "end")
        for value, label in x_ticks:
            x, y = self.at(value, self.y[0])
            self.drawing.line((x, y), (x, y + 5), MUTED)
            self.drawing.text((x, y + 20), label, MUTED, 13, "middle")
        self.drawing.line(self.at(self.x[0], self.y[0]), self.at(self.x[1], self.y[0]), MUTED)

    def label(self, x: str, y: str) -> None:
        """Say what the axes measure: x below the frame, y above its upper left corner."""
        self.drawing.text((self.left + self.width, self.top + self.height + 40), x, INK, 14, "end")
        self.drawing.text((self.left - 34, self.top - 14), y, INK, 14)

    def curve(self, points: Iterable[Point], colour: str, width: float = 2.4, dash: str = "") -> None:
        """Draw a line through points given as quantities."""
        self.drawing.path([self.at(x, y) for x, y in points], colour, width, dash)


def steps(first: float, last: float, count: int) -> list[float]:
    """Return `count` + 1 evenly spaced numbers from first to last."""
    return [first + (last - first) * i / count for i in range(count + 1)]


def save(script: str, drawing: Drawing) -> None:
    """Write the drawing beside the script that made it, under the script's name."""
    Path(script).with_suffix(".svg").write_text(drawing.svg(), encoding="utf-8", newline="\n")

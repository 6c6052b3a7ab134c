"""The shapes of a plain SVG as paths in the words of PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from fontTools.svgLib.path.parser import parse_path
from lxml import etree

from mathbook.painting.paint import NotPlain, number_of

GEOMETRY: Mapping[str, frozenset[str]] = {
    "path": frozenset({"d"}),
    "rect": frozenset({"x", "y", "width", "height", "rx", "ry"}),
    "line": frozenset({"x1", "y1", "x2", "y2"}),
    "circle": frozenset({"cx", "cy", "r"}),
    "ellipse": frozenset({"cx", "cy", "rx", "ry"}),
    "polyline": frozenset({"points"}),
    "polygon": frozenset({"points"}),
}
"""The shapes, each with the attributes that say where it is."""

_DATA_CHARACTERS = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE+\-.,\s]*").fullmatch
_UNUSUAL_NUMBER = re.compile(r"(?<![\d.])0\d|\d\.(?!\d)").search
"""Numbers that the parser of paths takes for two: 05 and 5."""
_CORNER = re.compile(r"(\S+ \S+) [ml]")


def path_of(shape: etree._Element) -> str:
    """Return the operators of the shape's path; nothing if it has no extent. Raises NotPlain."""
    name = etree.QName(shape).localname
    data = shape.get("d", "").strip() if name == "path" else _DATA[name](shape)
    return path_operators(data) if data and data != "none" else ""


@lru_cache(maxsize=4096)
def path_operators(data: str) -> str:
    """Return a path's data (SVG 2, 9.3) as operators (ISO 32000-1, 8.5.2), each part of it on a line. Raises NotPlain
    for what it can't read.
    """
    if not _DATA_CHARACTERS(data) or _UNUSUAL_NUMBER(data):
        raise NotPlain(data)
    pen = _Pen()
    try:
        parse_path(data, pen)
    except (ValueError, ArithmeticError, IndexError) as error:
        raise NotPlain(str(error)) from None
    return " ".join(pen.steps).replace(" \n ", "\n")


def decimal(number: float) -> str:
    """Return a number as PDF writes it: without an exponent."""
    short = f"{number:.7g}"
    return short if "e" not in short else f"{number:.10f}"


@lru_cache(maxsize=4096)
def filled_operators(path: str) -> str:
    """Return what of a path can be filled: PDFium shows lines that have no area as thin ones."""
    return "\n".join(part for part in path.split("\n") if " c" in part or len(set(_CORNER.findall(part))) > 2)


Point = tuple[float, float]


@dataclass(slots=True)
class _Pen:
    """Notes what the parser of paths tells it to draw."""

    steps: list[str] = field(default_factory=list)
    at: Point = (0.0, 0.0)

    def moveTo(self, point: Point) -> None:
        """Begin at the point."""
        if self.steps:
            self.steps.append("\n")
        self._add("m", point)

    def lineTo(self, point: Point) -> None:
        """Draw a line to the point."""
        self._add("l", point)

    def curveTo(self, first: Point, second: Point, end: Point) -> None:
        """Draw a cubic curve."""
        self._add("c", first, second, end)

    def qCurveTo(self, control: Point, end: Point) -> None:
        """Draw a quadratic curve, as the cubic one that is the same."""
        (x, y), (cx, cy), (ex, ey) = self.at, control, end
        self.curveTo(
            (x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y)), (ex + 2 / 3 * (cx - ex), ey + 2 / 3 * (cy - ey)), end
        )

    def closePath(self) -> None:
        """Draw a line to the beginning."""
        self.steps.append("h")

    def endPath(self) -> None:
        """Leave the path open."""

    def _add(self, operator: str, *points: Point) -> None:
        self.at = points[-1]
        self.steps.append(" ".join([decimal(length) for point in points for length in point] + [operator]))


def _of(shape: etree._Element, *names: str) -> tuple[float, ...]:
    return tuple(number_of(shape.get(name, "0")) for name in names)


def _rect(shape: etree._Element) -> str:
    x, y, width, height = _of(shape, "x", "y", "width", "height")
    if width <= 0 or height <= 0:
        return ""
    rx, ry = _radii(shape)
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if not rx or not ry:
        # one side as a curve: PDFium moves what it knows for a rectangle to whole pixels, and makes thin ones thicker
        return f"M{x} {y}H{x + width}V{y + height}H{x}C{x} {y + height} {x} {y} {x} {y}Z"
    right, bottom, corner = x + width, y + height, f"A{rx} {ry} 0 0 1"
    return (
        f"M{x + rx} {y}H{right - rx}{corner} {right} {y + ry}V{bottom - ry}{corner} {right - rx} {bottom}"
        f"H{x + rx}{corner} {x} {bottom - ry}V{y + ry}{corner} {x + rx} {y}Z"
    )


def _radii(shape: etree._Element) -> tuple[float, float]:
    """Return how round the corners are; what isn't said is as the other."""
    given = shape.get("rx") or shape.get("ry") or "0"
    return number_of(shape.get("rx") or given), number_of(shape.get("ry") or given)


def _line(shape: etree._Element) -> str:
    x1, y1, x2, y2 = _of(shape, "x1", "y1", "x2", "y2")
    return f"M{x1} {y1}L{x2} {y2}"


def _circle(shape: etree._Element) -> str:
    x, y, radius = _of(shape, "cx", "cy", "r")
    return _round(x, y, radius, radius)


def _ellipse(shape: etree._Element) -> str:
    return _round(*_of(shape, "cx", "cy", "rx", "ry"))


def _round(x: float, y: float, rx: float, ry: float) -> str:
    if rx <= 0 or ry <= 0:
        return ""
    half = f"A{rx} {ry} 0 0 1"
    return f"M{x + rx} {y}{half} {x - rx} {y}{half} {x + rx} {y}Z"


def _points(shape: etree._Element) -> str:
    points = shape.get("points", "").strip()
    return f"M{points}" if points else ""


def _polygon(shape: etree._Element) -> str:
    points = _points(shape)
    return f"{points}Z" if points else ""


_DATA: Mapping[str, Callable[[etree._Element], str]] = {
    "rect": _rect,
    "line": _line,
    "circle": _circle,
    "ellipse": _ellipse,
    "polyline": _points,
    "polygon": _polygon,
}

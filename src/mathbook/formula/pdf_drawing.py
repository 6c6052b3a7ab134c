"""The drawing of a formula as PDF operators: its glyphs are text in the font of formulas, the rest are paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree
from PIL import ImageColor

from mathbook.formula.parse import ParsedFormula
from mathbook.formula.svg import SVG, parsed_svg
from mathbook.formula.transformations import product, transformations
from mathbook.formula.typeface import Typeface
from mathbook.frozen import frozen

_XLINK = "{http://www.w3.org/1999/xlink}href"
_GLYPH = re.compile(r"g(\d+)$")
"""How the parser names an outline: by its glyph's number in the font."""
FONT_NAME = "MathbookFormula"
"""By this name pages know the font of formulas."""


@frozen
class Drawing:
    """Operators for a page's content, and the glyphs of the font that they show."""

    operators: bytes
    glyphs: frozenset[int]


@lru_cache(maxsize=2048)
def pdf_drawing(parsed: ParsedFormula, font: Typeface) -> Drawing:
    """Return operators in 1000 units an em, y up, the origin at the left on the baseline: glyphs as text in the font
    (ISO 32000-1, 9.4), and as paths those that it doesn't have as they are drawn.

    The caller sets the fill and the stroke colour; a part with a colour of its own sets and restores it.
    """
    root = parsed_svg(parsed.svg)
    outlines = {path.get("id", ""): path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("id")}
    group = root.find(f"{SVG}g")
    assert group is not None, "the drawing has no group"
    pen = _Pen(outlines, font)
    operators = "\n".join(pen.operators(group)).replace(f" ET\nBT /{FONT_NAME} 1000 Tf ", "\n")
    left = float(root.get("viewBox", "0").split()[0])
    drawn = f"q 1 0 0 1 {_number(-left)} 0 cm\n{operators}\nQ" if left else operators
    return Drawing(drawn.encode("ascii"), frozenset(pen.glyphs))


@dataclass(slots=True)
class _Pen:
    """Draws the elements of one drawing, and remembers the glyphs."""

    outlines: dict[str, str]
    font: Typeface
    glyphs: set[int] = field(default_factory=set)

    def operators(self, group: etree._Element) -> Iterator[str]:
        """Yield the operators of each part of a group."""
        for part in group:
            if isinstance(part.tag, str):
                drawn = self._glyph(part) if part.tag == f"{SVG}use" else "\n".join(self._shape(part))
                yield _coloured(part, drawn) if drawn else ""

    def _glyph(self, part: etree._Element) -> str:
        name = (part.get("href") or part.get(_XLINK) or "").removeprefix("#")
        outline = self.outlines[name]
        glyph = int(number[1]) if (number := _GLYPH.search(name)) else 0
        shift = self.font.shift(glyph, outline) if glyph and outline else None
        if shift is None:
            return _placed(part, f"{_path(outline)} f") if outline else ""
        self.glyphs.add(glyph)
        place = " ".join(map(_number, product([*transformations(part), (1, 0, 0, 1, shift, 0)])))
        return f"BT /{FONT_NAME} 1000 Tf {place} Tm <{glyph:04x}> Tj ET"

    def _shape(self, part: etree._Element) -> Iterator[str]:
        match etree.QName(part).localname:
            case "path":
                yield _placed(part, f"{_path(part.get('d', ''))} {_paint(part)}")
            case "rect":
                yield " ".join(_number(part.get(name, "0")) for name in ("x", "y", "width", "height")) + " re f"
            case "line":
                ends = [_number(part.get(name, "0")) for name in ("x1", "y1", "x2", "y2")]
                width, cap = (
                    _number(part.get("stroke-width", "40")),
                    "1 J" if part.get("stroke-linecap") == "round" else "",
                )
                yield f"q {width} w {cap} {ends[0]} {ends[1]} m {ends[2]} {ends[3]} l S Q"
            case "circle" | "ellipse":
                yield _placed(part, f"{_ellipse(part)} {_paint(part)}")
            case "polygon" | "polyline":
                points = re.findall(r"-?[\d.]+", part.get("points", ""))
                pairs = [" ".join(points[at : at + 2]) for at in range(0, len(points) - 1, 2)]
                steps = " ".join(f"{pair} {'l' if at else 'm'}" for at, pair in enumerate(pairs))
                yield f"{steps} {'h f' if etree.QName(part).localname == 'polygon' else 'S'}"
            case "g":
                yield _placed(part, "\n".join(self.operators(part)))
            case "text" | "title" | "metadata" | "defs" | "style":
                return  # words for search and for readers: the PDF has its own
            case other:
                raise AssertionError(f"the drawing has an element <{other}>")


def _paint(part: etree._Element) -> str:
    stroked = part.get("stroke") not in (None, "none")
    return f"{_number(part.get('stroke-width', '40'))} w S" if stroked and part.get("fill") == "none" else "f"


def _placed(part: etree._Element, operators: str) -> str:
    """Return the operators under the part's own translation and transformation."""
    matrices = [" ".join(map(_number, matrix)) + " cm" for matrix in transformations(part)]
    return f"q {' '.join(matrices)} {operators} Q" if matrices else operators


def _coloured(part: etree._Element, operators: str) -> str:
    colour = next((part.get(key, "") for key in ("fill", "stroke") if part.get(key) not in (None, "none")), "")
    if colour in ("", "currentColor", "transparent"):
        return operators
    channels = " ".join(f"{channel / 255:.4g}" for channel in ImageColor.getrgb(colour)[:3])
    return f"q {channels} rg {channels} RG {operators} Q"


def _ellipse(part: etree._Element) -> str:
    """Return an ellipse as four curves (the usual constant 0.5523)."""
    cx, cy = float(part.get("cx", 0)), float(part.get("cy", 0))
    rx = float(part.get("rx", part.get("r", 0)))
    ry = float(part.get("ry", part.get("r", 0)))
    quarter = 0.5523
    points = [(1, 0, 1, quarter, quarter, 1, 0, 1), (0, 1, -quarter, 1, -1, quarter, -1, 0)]
    points += [(-1, 0, -1, -quarter, -quarter, -1, 0, -1), (0, -1, quarter, -1, 1, -quarter, 1, 0)]
    steps = [f"{_number(cx + rx)} {_number(cy)} m"]
    for _, _, *curve in points:
        steps.append(
            " ".join(_number(c * (ry if at % 2 else rx) + (cy if at % 2 else cx)) for at, c in enumerate(curve))
        )
        steps.append("c")
    return " ".join(steps)


@lru_cache(maxsize=4096)
def _path(data: str) -> str:
    """Return an SVG path (absolute M, L, H, V, C, Q, Z) as PDF operators."""
    steps: list[str] = []
    x = y = 0.0
    for command, arguments in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", arguments)]
        match command:
            case "M" | "L":
                for at in range(0, len(numbers), 2):
                    x, y = numbers[at : at + 2]
                    steps.append(f"{_number(x)} {_number(y)} {'m' if command == 'M' and at == 0 else 'l'}")
            case "H" | "V":
                x, y = (numbers[-1], y) if command == "H" else (x, numbers[-1])
                steps.append(f"{_number(x)} {_number(y)} l")
            case "C":
                for at in range(0, len(numbers), 6):
                    curve = numbers[at : at + 6]
                    x, y = curve[4:]
                    steps.append(" ".join(_number(number) for number in curve) + " c")
            case "Q":
                for at in range(0, len(numbers), 4):
                    qx, qy, ex, ey = numbers[at : at + 4]
                    curve = [x + 2 / 3 * (qx - x), y + 2 / 3 * (qy - y), ex + 2 / 3 * (qx - ex), ey + 2 / 3 * (qy - ey)]
                    x, y = ex, ey
                    steps.append(" ".join(_number(number) for number in (*curve, ex, ey)) + " c")
            case "Z" | "z":
                steps.append("h")
            case other:
                raise AssertionError(f"the drawing has a path command {other}")
    return " ".join(steps)


def _number(value: float | str) -> str:
    return f"{float(value):.6g}"

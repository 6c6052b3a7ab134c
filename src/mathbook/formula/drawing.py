"""The drawing of a formula: the parser's SVG, as PDF operators and as a picture that stands alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree
from PIL import ImageColor

from mathbook.formula.parse import ParsedFormula
from mathbook.formula.svg import SVG, parsed_svg
from mathbook.formula.svg_rules import is_broken
from mathbook.formula.tree import Colored, Node, Operator, Row, Table
from mathbook.formula.walk import walk

_XLINK = "{http://www.w3.org/1999/xlink}href"


_BROKEN_RULES = "rules of an array beside cells across columns are drawn out of place"
_NO_ROOM = "a sign that begins a coloured part is drawn without room before it"


def warnings(parsed: ParsedFormula) -> tuple[str, ...]:
    """Return what is known to be drawn wrongly in this formula, in words for its author."""
    nodes = tuple(walk(parsed.tree))
    broken = any(isinstance(node, Table) and node.verticals and is_broken(node) for node in nodes)
    close = any(isinstance(node, Colored) and _begins_with_sign(node.base) for node in nodes)
    found = {_BROKEN_RULES: broken, _NO_ROOM: close}
    return tuple(words for words, is_so in found.items() if is_so)


def _begins_with_sign(node: Node) -> bool:
    match node:
        case Row(children=(first, *_)):
            return _begins_with_sign(first)
        case Operator(cls=cls):
            return cls in ("bin", "rel")
        case _:
            return False


@lru_cache(maxsize=2048)
def pdf_operators(parsed: ParsedFormula) -> bytes:
    """Return path operators (ISO 32000-1, 8.5) in 1000 units an em, y up, the origin at the left on the baseline.

    The caller sets the fill and the stroke colour; a part with a colour of its own sets and restores it.
    """
    root = parsed_svg(parsed.svg)
    outlines = {path.get("id", ""): path.get("d", "") for path in root.iter(f"{SVG}path") if path.get("id")}
    group = root.find(f"{SVG}g")
    assert group is not None, "the drawing has no group"
    operators = "\n".join(_operators(group, outlines))
    left = float(root.get("viewBox", "0").split()[0])
    return (f"q 1 0 0 1 {_number(-left)} 0 cm\n{operators}\nQ" if left else operators).encode("ascii")


def _operators(group: etree._Element, outlines: dict[str, str]) -> Iterator[str]:
    for part in group:
        if isinstance(part.tag, str):
            drawn = "\n".join(_drawn(part, outlines))
            yield _coloured(part, drawn) if drawn else ""


def _drawn(part: etree._Element, outlines: dict[str, str]) -> Iterator[str]:
    match etree.QName(part).localname:
        case "use":
            outline = outlines[(part.get("href") or part.get(_XLINK) or "").removeprefix("#")]
            yield _placed(part, f"{_path(outline)} f")
        case "path":
            yield _placed(part, f"{_path(part.get('d', ''))} {_paint(part)}")
        case "rect":
            yield " ".join(_number(part.get(name, "0")) for name in ("x", "y", "width", "height")) + " re f"
        case "line":
            ends = [_number(part.get(name, "0")) for name in ("x1", "y1", "x2", "y2")]
            width, cap = _number(part.get("stroke-width", "40")), "1 J" if part.get("stroke-linecap") == "round" else ""
            yield f"q {width} w {cap} {ends[0]} {ends[1]} m {ends[2]} {ends[3]} l S Q"
        case "circle" | "ellipse":
            yield _placed(part, f"{_ellipse(part)} {_paint(part)}")
        case "polygon" | "polyline":
            points = re.findall(r"-?[\d.]+", part.get("points", ""))
            pairs = [" ".join(points[at : at + 2]) for at in range(0, len(points) - 1, 2)]
            steps = " ".join(f"{pair} {'l' if at else 'm'}" for at, pair in enumerate(pairs))
            yield f"{steps} {'h f' if etree.QName(part).localname == 'polygon' else 'S'}"
        case "g":
            yield _placed(part, "\n".join(_operators(part, outlines)))
        case "text" | "title" | "metadata" | "defs" | "style":
            return  # words for search and for readers: the PDF has its own
        case other:
            raise AssertionError(f"the drawing has an element <{other}>")


def _paint(part: etree._Element) -> str:
    stroked = part.get("stroke") not in (None, "none")
    return f"{_number(part.get('stroke-width', '40'))} w S" if stroked and part.get("fill") == "none" else "f"


def _placed(part: etree._Element, operators: str) -> str:
    """Return the operators under the part's own translation and transformation."""
    x, y = part.get("x"), part.get("y")
    matrices = [f"1 0 0 1 {_number(x or '0')} {_number(y or '0')} cm"] if x or y else []
    matrices = [*_matrices(part.get("transform", "")), *matrices]
    return f"q {' '.join(matrices)} {operators} Q" if matrices else operators


def _matrices(transform: str) -> Iterator[str]:
    for name, arguments in re.findall(r"(\w+)\(([^)]*)\)", transform):
        numbers = [_number(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", arguments)]
        match name:
            case "translate":
                yield f"1 0 0 1 {numbers[0]} {numbers[1] if len(numbers) > 1 else '0'} cm"
            case "scale":
                yield f"{numbers[0]} 0 0 {numbers[-1]} 0 0 cm"
            case "matrix":
                yield " ".join(numbers) + " cm"
            case other:
                raise AssertionError(f"the drawing has a transformation {other}")


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


def svg_picture(parsed: ParsedFormula, colour: str = "#000000") -> str:
    """Return the drawing as an SVG that stands alone: no metadata, no clashing ids, a colour of its own.

    Its width and height are in em of the drawing, its view box has 1000 units an em.
    """
    root = parsed_svg(parsed.svg)
    for name in ("title", "metadata", "style", "text"):
        for part in root.findall(f"{SVG}{name}"):
            root.remove(part)
    for attribute in ("aria-labelledby", "role", "style", "data-mathra-version", "lang"):
        root.attrib.pop(attribute, None)
    root.set("color", colour)
    text = etree.tostring(root, encoding="unicode")
    text = re.sub(r"mathra-[0-9a-f]+-", "", text).replace(' xmlns:mathra="urn:mathra:1"', "")
    return text.replace("currentColor", colour)

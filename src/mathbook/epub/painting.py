"""The cover as pixels: PDFium paints them, in a quarter of the time that an SVG's renderer takes to write its PNG."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from math import cos, radians, sin

import pydyf
from lxml import etree
from PIL import Image
from pypdfium2 import PdfBitmap, PdfDocument, raw

_COMMAND = re.compile(r"([MLHVQCZ])([^MLHVQCZ]*)")
_MOVE = re.compile(r"(translate|rotate)\(([^)]*)\)")
_LENGTHS = {"L": 2, "H": 1, "V": 1, "Q": 4, "C": 6}
"""How many numbers each step of a path takes (SVG 2, 9.3)."""
_ARC = 0.5523
"""How far from its ends the handles of a quarter of a circle lie, in radii."""


def painted(svg: str) -> Image.Image:
    """Return a drawing as our cover's template writes it, as pixels: rectangles, ellipses, lines and outlines in flat
    colours.
    """
    root = etree.fromstring(svg.encode())
    width, height = int(root.get("width", "")), int(root.get("height", ""))
    with (
        PdfDocument(_as_pdf(root, width, height)) as document,
        closing(PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGRx)) as bitmap,
    ):
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, document[0], 0, 0, width, height, 0, raw.FPDF_REVERSE_BYTE_ORDER)
        return Image.frombytes("RGB", (width, height), bitmap.buffer, "raw", "RGBX", bitmap.stride)


def _as_pdf(root: etree._Element, width: int, height: int) -> bytes:
    """Return a page of a point a pixel (ISO 32000-1, 7.7.3), turned upside down: its y goes up."""
    operators = [f"1 0 0 -1 0 {height} cm", *(line for shape in root for line in _drawn(shape, is_line=False))]
    opacities = {value for shape in root.iter() for key, value in shape.attrib.items() if key.endswith("-opacity")}
    states = {_state(one): pydyf.Dictionary({"ca": one, "CA": one}) for one in sorted(opacities)}
    pdf, content = pydyf.PDF(), pydyf.Stream(["\n".join(operators).encode("ascii")])
    pdf.add_object(content)
    page = {
        "Type": "/Page",
        "Parent": pdf.pages.reference,
        "MediaBox": pydyf.Array([0, 0, width, height]),
        "Contents": content.reference,
        "Resources": pydyf.Dictionary({"ExtGState": pydyf.Dictionary(states)}),
    }
    pdf.add_page(pydyf.Dictionary(page))
    written = io.BytesIO()
    pdf.write(written)
    return written.getvalue()


def _drawn(shape: etree._Element, is_line: bool) -> Iterator[str]:
    """Yield the operators that draw a shape, or a group of shapes; what has no ground `is_line`."""
    is_line = is_line or shape.get("fill") == "none"
    yield "q"
    yield from _looks(shape)
    if etree.QName(shape).localname == "g":
        for one in shape:
            yield from _drawn(one, is_line)
    else:
        yield from _outline(shape)
        yield "S" if is_line else "f"
    yield "Q"


def _looks(shape: etree._Element) -> Iterator[str]:
    for kind, value in _MOVE.findall(shape.get("transform", "")):
        turn = radians(float(value)) if kind == "rotate" else 0.0
        place = value if kind == "translate" else "0 0"
        yield f"{cos(turn):.6f} {sin(turn):.6f} {-sin(turn):.6f} {cos(turn):.6f} {place} cm"
    for key, value in shape.attrib.items():
        if key in ("fill", "stroke") and value != "none":
            red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
            yield f"{red:.4f} {green:.4f} {blue:.4f} {'rg' if key == 'fill' else 'RG'}"
        elif key == "stroke-width":
            yield f"{value} w"
        elif key in ("stroke-linejoin", "stroke-linecap"):
            yield "1 j" if key == "stroke-linejoin" else "1 J"  # round
        elif str(key).endswith("-opacity"):
            yield f"/{_state(value)} gs"


def _state(opacity: str) -> str:
    return f"S{opacity.replace('.', '-')}"


def _outline(shape: etree._Element) -> Iterator[str]:
    """Yield the operators that lay a shape's outline."""
    match etree.QName(shape).localname:
        case "rect":
            yield " ".join([*(shape.get(key, "0") for key in ("x", "y", "width", "height")), "re"])
        case "path":
            yield from _steps(shape.get("d", ""))
        case "polyline":
            for count, point in enumerate(shape.get("points", "").split()):
                yield f"{point.replace(',', ' ')} {'l' if count else 'm'}"
        case "circle" | "ellipse":
            x, y, radius = (float(shape.get(key, "0")) for key in ("cx", "cy", "r"))
            yield from _ellipse(x, y, float(shape.get("rx", radius)), float(shape.get("ry", radius)))


def _ellipse(x: float, y: float, rx: float, ry: float) -> Iterator[str]:
    yield f"{x + rx} {y} m"
    for a, b in ((1, 0), (0, 1), (-1, 0), (0, -1)):  # a quarter leads from (a, b) to (-b, a)
        first, second, end = (a - b * _ARC, b + a * _ARC), (a * _ARC - b, b * _ARC + a), (-b, a)
        yield " ".join(f"{x + rx * across} {y + ry * down}" for across, down in (first, second, end)) + " c"
    yield "h"


def _steps(path: str) -> Iterator[str]:
    """Yield the steps of a path that has only absolute ones."""
    x = y = 0.0
    for command, values in _COMMAND.findall(path):
        if command == "Z":
            yield "h"
            continue
        numbers = [float(value) for value in values.split()]
        if command == "M":
            (x, y), numbers, command = numbers[:2], numbers[2:], "L"
            yield f"{x} {y} m"
        length = _LENGTHS[command]
        for at in range(0, len(numbers), length):
            step = _step(command, numbers[at : at + length], x, y)
            x, y = step[-2:]
            yield " ".join(map(str, step)) + (" l" if len(step) == 2 else " c")


def _step(command: str, values: Sequence[float], x: float, y: float) -> Sequence[float]:
    """Return a step from there as the numbers of a line or of a cubic curve."""
    match command, values:
        case "H", [across]:
            return (across, y)
        case "V", [down]:
            return (x, down)
        case "Q", [a, b, c, d]:
            return ((x + 2 * a) / 3, (y + 2 * b) / 3, (c + 2 * a) / 3, (d + 2 * b) / 3, c, d)
    return values

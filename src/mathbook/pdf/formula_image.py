"""A formula as an image for WeasyPrint: it has a size in em, and draws prepared PDF operators."""

from __future__ import annotations

import codecs
from typing import Any

from mathbook.formula.drawing import pdf_operators
from mathbook.formula.parse import ParsedFormula


class FormulaImage:
    """What WeasyPrint asks of an image (its SVGImage has the same two methods)."""

    def __init__(self, parsed: ParsedFormula) -> None:
        self._parsed = parsed
        symbols = (codecs.BOM_UTF16_BE + parsed.linear.encode("utf-16-be")).hex().encode("ascii")
        # what the outlines stand for, on one line (ISO 32000-1, 14.9.4): readers of the file get symbols back
        self._operators = b"/Span <</ActualText <" + symbols + b">>> BDC\n" + pdf_operators(parsed) + b"\nEMC"

    def get_intrinsic_size(self, _resolution: float, font_size: float) -> tuple[float, float, float]:
        """Return width and height in CSS pixels, and their ratio."""
        parsed = self._parsed
        width = max(parsed.width, 0.001) * font_size
        height = max(parsed.ascent + parsed.descent, 0.001) * font_size
        return width, height, width / height

    def draw(self, stream: Any, width: float, _height: float, style: Any) -> None:
        """Append the operators to the page's stream, whose y grows downwards, in the text's colour."""
        scale = width / (max(self._parsed.width, 0.001) * 1000)
        stream.set_color(style["color"])
        stream.set_color(style["color"], stroke=True)
        stream.transform(a=scale, d=-scale, f=self._parsed.ascent * 1000 * scale)
        stream.stream.append(self._operators)

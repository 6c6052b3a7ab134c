"""A formula as an image for WeasyPrint: it has a size in em, and draws prepared PDF operators."""

from __future__ import annotations

import codecs
from typing import Any

from mathbook.formula.parse import ParsedFormula
from mathbook.formula.pdf_drawing import pdf_drawing
from mathbook.formula.typeface import Typeface


class FormulaImage:
    """What WeasyPrint asks of an image (its SVGImage has the same two methods)."""

    def __init__(self, parsed: ParsedFormula, font: Typeface) -> None:
        self.parsed = parsed
        drawing = pdf_drawing(parsed, font)
        self.glyphs = drawing.glyphs
        symbols = (codecs.BOM_UTF16_BE + parsed.linear.encode("utf-16-be")).hex().encode("ascii")
        # the formula on one line (ISO 32000-1, 14.9.4): what is copied has its fractions and exponents in order
        self._operators = b"/Span <</ActualText <" + symbols + b">>> BDC\n" + drawing.operators + b"\nEMC"

    def get_intrinsic_size(self, _resolution: float, font_size: float) -> tuple[float, float, float]:
        """Return width and height in CSS pixels, and their ratio."""
        parsed = self.parsed
        width = max(parsed.width, 0.001) * font_size
        height = max(parsed.ascent + parsed.descent, 0.001) * font_size
        return width, height, width / height

    def draw(self, stream: Any, width: float, _height: float, style: Any) -> None:
        """Append the operators to the page's stream, whose y grows downwards, in the text's colour."""
        scale = width / (max(self.parsed.width, 0.001) * 1000)
        stream.set_color(style["color"])
        stream.set_color(style["color"], stroke=True)
        stream.transform(a=scale, d=-scale, f=self.parsed.ascent * 1000 * scale)
        stream.stream.append(self._operators)

"""Words as outlines, so that a drawing looks the same wherever it is drawn."""

from __future__ import annotations

from typing import Any

import uharfbuzz as hb
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from mathbook.document.theme import FontFamily

_TransformPen: Any = TransformPen  # fontTools is only partly typed


class Lettering:
    """Sets words in the upright face of a family whose weight is nearest to the one asked for."""

    def __init__(self, family: FontFamily, weight: int) -> None:
        upright = [face for face in family.faces if face.style == "normal"] or family.faces
        face = min(upright, key=lambda face: abs(face.weight - weight))
        self._font = hb.Font(hb.Face(hb.Blob.from_file_path(str(face.path))))
        self._em = self._font.face.upem

    def width(self, words: str, size: float) -> float:
        """Return how wide the words are at this size."""
        return float(sum(position.x_advance for position in self._shaped(words).glyph_positions) * size / self._em)

    def path(self, words: str, size: float) -> str:
        """Return the words' outlines as SVG path data, from the left end of their baseline."""
        shaped = self._shaped(words)
        scale = size / self._em
        pen: Any = SVGPathPen(None, ntos=lambda number: f"{number:.1f}".removesuffix(".0"))
        x = 0.0
        for info, position in zip(shaped.glyph_infos, shaped.glyph_positions, strict=True):
            at = (scale, 0, 0, -scale, x + position.x_offset * scale, -position.y_offset * scale)
            self._font.draw_glyph_with_pen(info.codepoint, _TransformPen(pen, at))
            x += position.x_advance * scale
        return str(pen.getCommands())

    def _shaped(self, words: str) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str(words)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer)
        return buffer

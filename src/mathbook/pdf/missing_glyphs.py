"""Letters that no font has: each gets a glyph of its own in the embedded font, the box that stands for any such letter.

The layout engine gives them numbers behind the font's last glyph. With nothing there, some readers paint a box and
others nothing, and some don't find the letter in the text.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from copy import deepcopy

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph


def with_boxes(data: bytes, lacking: Iterable[int]) -> bytes:
    """Return the font with its first glyph's outline (OpenType, ".notdef") at
    these numbers. A font with PostScript outlines is returned as it is.
    """
    font = TTFont(io.BytesIO(data))
    if "glyf" not in font:
        return data
    order, asked = font.getGlyphOrder(), set(lacking)
    added = [f"missing{number}" for number in range(len(order), max(asked, default=0) + 1)]
    outlines, advances, first = font["glyf"], font["hmtx"], order[0]
    font.setGlyphOrder([*order, *added])
    outlines.glyphOrder = font.getGlyphOrder()
    for number, name in enumerate(added, len(order)):
        outlines.glyphs[name] = deepcopy(outlines[first]) if number in asked else Glyph()
        advances.metrics[name] = advances.metrics[first]
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()

"""The parser's drawing, mended: colours as digits, array rules in their places, a box that holds all that is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from mathbook.formula.colours import hexadecimal
from mathbook.formula.svg_rules import mend_rules
from mathbook.formula.tree import Node, Overlapped, Raised, Smashed
from mathbook.formula.walk import walk

SVG = "{http://www.w3.org/2000/svg}"
_LOOSE = (Smashed, Overlapped, Raised)
"""What may draw outside of its box."""
_COLOUR = re.compile(r' (fill|stroke)="(?!(?:none|currentColor|transparent)")([^"]+)"')
"""What is painted in a colour of its own."""
_SHAPES = ("<rect", "<line", "<ellipse", "<circle", "<polygon")
Extent = tuple[float, float, float, float]
"""Left, bottom, right and top, in 1000 units an em, y up."""


def parsed_svg(text: str) -> etree._Element:
    """Return the drawing's root element."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(text.encode(), parser)


def mended(text: str, tree: Node) -> str:
    """Return the drawing with what the parser draws wrongly mended; most need nothing."""
    loose = any(isinstance(node, _LOOSE) for node in walk(tree))
    if not loose and not any(shape in text for shape in _SHAPES) and ' fill="#' not in text:
        return _with_colours(text)
    root = parsed_svg(_with_colours(text))
    group = root.find(f"{SVG}g")
    assert group is not None, "the drawing has no group"
    mend_rules(group, tree)
    _fit(root, group, glyphs=loose)
    return etree.tostring(root, encoding="unicode")


def check_colours(text: str) -> None:
    """Raise FormulaError for a colour of the drawing that isn't known."""
    _with_colours(text)


def _with_colours(text: str) -> str:
    return _COLOUR.sub(_colour_attribute, text)


def _colour_attribute(found: re.Match[str]) -> str:
    return f' {found[1]}="{hexadecimal(found[2])}"'


def _fit(root: etree._Element, group: etree._Element, *, glyphs: bool) -> None:
    """Enlarge the view box to all that is drawn: strokes, frames, and glyphs that were moved."""
    left, top, width, height = (float(number) for number in root.get("viewBox", "").split())
    box = [left, -top - height, left + width, -top]
    for extent in _extents(root, group, glyphs):
        box = [*map(min, box[:2], extent[:2]), *map(max, box[2:], extent[2:])]
    left, bottom, right, top = box
    root.set("viewBox", " ".join(f"{number:.7g}" for number in (left, -top, right - left, top - bottom)))
    root.set("width", f"{(right - left) / 1000:.4g}em")
    root.set("height", f"{(top - bottom) / 1000:.4g}em")
    root.set("style", f"vertical-align: {bottom / 1000:.4g}em")


def _extents(root: etree._Element, group: etree._Element, glyphs: bool) -> Iterator[Extent]:
    outlines = {f"#{path.get('id')}": path.get("d", "") for path in root.iter(f"{SVG}path")} if glyphs else {}
    for part in group:
        match etree.QName(part).localname:
            case "rect":
                x, y, width, height = (float(part.get(name, 0)) for name in ("x", "y", "width", "height"))
                yield x, y, x + width, y + height
            case "line":
                x1, y1, x2, y2, half = (float(part.get(name, 0)) for name in ("x1", "y1", "x2", "y2", "stroke-width"))
                half /= 2
                yield min(x1, x2) - half, min(y1, y2) - half, max(x1, x2) + half, max(y1, y2) + half
            case "use" if glyphs:
                yield _placed(part, ink(outlines[part.get("href", "")]))
            case _:
                pass  # the parser's own box holds glyphs and circles


def _placed(use: etree._Element, ink: Extent) -> Extent:
    found = re.match(r"translate\((\S+) (\S+)\) scale\((\S+)\)", use.get("transform", ""))
    x, y, scale = (float(number) for number in found.groups()) if found else (_of(use, "x"), _of(use, "y"), 1.0)
    left, bottom, right, top = ink
    return x + left * scale, y + bottom * scale, x + right * scale, y + top * scale


def _of(part: etree._Element, name: str) -> float:
    return float(part.get(name, 0))


@lru_cache(maxsize=4096)
def ink(outline: str) -> Extent:
    """Return the extent of a glyph's points, which is never less than that of its curves."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", outline)] or [0.0, 0.0]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])

"""The drawing of a formula as a picture that stands alone, and what is known to be wrong with it."""

from __future__ import annotations

import re

from lxml import etree

from mathbook.formula.parse import ParsedFormula
from mathbook.formula.svg import SVG, parsed_svg
from mathbook.formula.svg_rules import is_broken
from mathbook.formula.tree import Colored, Node, Operator, Row, Table
from mathbook.formula.walk import walk

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

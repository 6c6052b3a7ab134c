"""Making OMML elements (ECMA-376 part 1, section 22.1), properties first, in the order of the schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
FONT = "Cambria Math"

Element = etree._Element


def el(name: str, *children: Element) -> Element:
    """Return an element of the math namespace."""
    made = etree.Element(f"{{{M}}}{name}", nsmap={"m": M})
    made.extend(children)
    return made


def val(name: str, value: str) -> Element:
    """Return a property: an element with m:val."""
    made = el(name)
    made.set(f"{{{M}}}val", value)
    return made


def properties(name: str, values: Mapping[str, str]) -> Element:
    """Return a properties element such as m:dPr with its values, which must be given in the schema's order."""
    return el(name, *(val(key, value) for key, value in values.items()))


def arg(name: str, content: Iterable[Element]) -> Element:
    """Return an argument (m:e, m:num, m:sub, …) with its content."""
    return el(name, *content)


def run(text: str, *, upright: bool = False, normal: bool = False, colour: str = "") -> Element:
    """Return an m:r. Letters are italic unless `upright`; `normal` is ordinary text. `colour` is six hex digits.

    The font is named in DrawingML's own properties, as PowerPoint writes it, and as Google Slides needs it.
    """
    made = el("r")
    if normal:
        made.append(el("rPr", el("nor")))
    elif upright:
        made.append(el("rPr", val("sty", "p")))
    made.append(_drawing_properties(colour))
    words = etree.SubElement(made, f"{{{M}}}t")
    words.text = text
    if text != text.strip():
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _drawing_properties(colour: str) -> Element:
    made = etree.Element(f"{{{A}}}rPr", {"lang": "en-US"}, nsmap={"a": A})
    if colour:
        fill = etree.SubElement(made, f"{{{A}}}solidFill")
        etree.SubElement(fill, f"{{{A}}}srgbClr", {"val": colour})
    etree.SubElement(made, f"{{{A}}}latin", {"typeface": FONT})
    return made


def delimited(opening: str, closing: str, parts: Iterable[Iterable[Element]], separator: str = "") -> Element:
    """Return an m:d."""
    values = {"begChr": opening}
    if separator:
        values["sepChr"] = separator
    return el("d", properties("dPr", {**values, "endChr": closing}), *(arg("e", part) for part in parts))

"""Making OMML elements (ECMA-376 part 1, section 22.1), properties first, in the order of the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from lxml import etree

from mathbook.formula.tree import Node
from mathbook.frozen import frozen

M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
FONT = "Cambria Math"

Element: TypeAlias = etree._Element
HAIR = "\u200a"
"""The narrowest space: an argument without content shows as a dotted box, a zero-width one in LibreOffice too."""


@frozen
class Style:
    """What the nodes inside inherit: whether it is display style, and a colour (six hex digits, or empty)."""

    display: bool
    colour: str = ""

    @property
    def inner(self) -> Style:
        """The style of scripts and fractions."""
        return replace(self, display=False)


Build: TypeAlias = Callable[[Node, Style], list[Element]]
"""What makes the elements of a node, at least one: the visitor, as its helpers see it."""


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


def nothing() -> Element:
    """Return what stands where there is nothing, for programs that want an argument or an operand."""
    return run(HAIR, normal=True)


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


def held(content: list[Element]) -> Element:
    """Return the content as one element: the only one as it is, others in an m:box."""
    return content[0] if len(content) == 1 else el("box", arg("e", content))


def scripts(base: list[Element], sub: list[Element] | None, sup: list[Element] | None) -> Element:
    """Return the base with a sub- and a superscript."""
    parts = [arg("e", base)]
    parts += [] if sub is None else [arg("sub", sub)]
    parts += [] if sup is None else [arg("sup", sup)]
    if len(parts) == 1:
        return held(base)
    return el("sSubSup" if len(parts) == 3 else "sSup" if sub is None else "sSub", *parts)


def under_over(base: list[Element], below: list[Element] | None, above: list[Element] | None) -> Element:
    """Return the base with something below it (m:limLow) and above it (m:limUpp)."""
    made = held(base)
    if below is not None:
        made = el("limLow", arg("e", [made]), arg("lim", below))
    if above is not None:
        made = el("limUpp", arg("e", [made]), arg("lim", above))
    return made

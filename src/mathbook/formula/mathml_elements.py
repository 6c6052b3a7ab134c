"""Making MathML elements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def el(
    name: str, attributes: Mapping[str, str], children: Iterable[etree._Element] = (), text: str | None = None
) -> etree._Element:
    """Return a MathML element."""
    made = etree.Element(f"{{{NAMESPACE}}}{name}", dict(attributes), nsmap={None: NAMESPACE})
    made.text = text
    made.extend(list(children))
    return made


def row(children: list[etree._Element]) -> etree._Element:
    """Return the children in one element: the only one as it is, others in an <mrow>."""
    return children[0] if len(children) == 1 else el("mrow", {}, children)


def formed(children: list[etree._Element], style: str) -> etree._Element:
    """Return the children in an <mrow> with a style."""
    return el("mrow", {"style": style}, children)


def delimiter(symbol: str, form: str) -> etree._Element:
    """Return a delimiter that grows with what it holds."""
    attributes = {"form": form, "stretchy": "true", "fence": "true"}
    if form == "infix":
        attributes |= {"lspace": "0.1667em", "rspace": "0.1667em"}
    return el("mo", attributes, text=symbol)


def number_em(em: float) -> str:
    """Return a length in em."""
    return f"{em:.4g}em"

"""Making MathML elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from lxml import etree

from mathbook.formula.tree import Node
from mathbook.frozen import frozen

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
Element: TypeAlias = etree._Element


@frozen
class Style:
    """What the nodes inside inherit: TeX's style, 0 display, 1 text, 2 script (and smaller)."""

    level: int

    @property
    def display(self) -> bool:
        """Whether it is display style."""
        return self.level == 0

    @property
    def small(self) -> bool:
        """Whether it is script style, in which TeX sets no wide spaces."""
        return self.level >= 2


SCRIPT = Style(2)
Build: TypeAlias = Callable[[Node, Style], list[Element]]
"""What makes the elements of a node: the visitor, as its helpers see it."""


def el(name: str, attributes: Mapping[str, str], children: Iterable[Element] = (), text: str | None = None) -> Element:
    """Return a MathML element."""
    made = etree.Element(f"{{{NAMESPACE}}}{name}", dict(attributes), nsmap={None: NAMESPACE})
    if text is not None:
        made.text = text
    for child in children:
        made.append(child)
    return made


def row(children: list[Element]) -> Element:
    """Return the children in one element: the only one as it is, others in an <mrow>."""
    return children[0] if len(children) == 1 else el("mrow", {}, children)


def sign(symbol: str, attributes: Mapping[str, str] | None = None) -> Element:
    """Return an <mo> without space around it and of its natural size: MathML's dictionary would choose for itself."""
    return el("mo", {"lspace": "0", "rspace": "0", "stretchy": "false", **(attributes or {})}, text=symbol)


def fence(symbol: str, form: str, *, grows: bool = True) -> Element:
    """Return a delimiter, which may grow with what it holds; `form` is prefix, infix or postfix."""
    return sign(symbol, {"form": form, "stretchy": "true" if grows else "false", "fence": "true"})


def stretchy(symbol: str) -> Element:
    """Return a sign as wide as what it stands above, below or between."""
    return sign(symbol, {"stretchy": "true"})


def space(em: float) -> Element:
    """Return a space. No `width` may be negative (MathML Core, 3.2.5): what goes back is a margin."""
    if em < 0:
        return el("mspace", {"width": "0", "style": f"margin-inline-start: {length(em)}"})
    return el("mspace", {"width": length(em)})


def length(em: float) -> str:
    """Return a length in em."""
    return f"{em:.4g}em"


def under_over(base: Element, below: Element | None, above: Element | None) -> Element:
    """Return the base with something below and above it."""
    return _attached(base, below, above, ("munder", "mover", "munderover"))


def scripts(base: Element, sub: Element | None, sup: Element | None) -> Element:
    """Return the base with a sub- and a superscript."""
    return _attached(base, sub, sup, ("msub", "msup", "msubsup"))


def _attached(base: Element, low: Element | None, high: Element | None, names: tuple[str, str, str]) -> Element:
    if low is not None and high is not None:
        return el(names[2], {}, [base, low, high])
    if low is not None:
        return el(names[0], {}, [base, low])
    return base if high is None else el(names[1], {}, [base, high])

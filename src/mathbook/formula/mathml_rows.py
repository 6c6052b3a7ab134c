"""A row in MathML: TeX's spaces as `lspace` and `rspace` of signs, or as <mspace> where there is no sign."""

from __future__ import annotations

from lxml import etree

from mathbook.formula.mathml_elements import Build, Element, Style, length, sign, space
from mathbook.formula.rows import joined, spread
from mathbook.formula.spacing import gaps
from mathbook.formula.tree import Delimited, Function, Node, Operator, Scripts

_APPLY = "\u2061"
_EMBELLISHED = frozenset({"msub", "msup", "msubsup", "munder", "mover", "munderover", "mstyle"})


def row_elements(children: tuple[Node, ...], style: Style, build: Build) -> list[Element]:
    """Return the elements of a row."""
    made: list[Element] = []
    carrier: Element | None = None
    children = joined(spread(children))
    for at, (child, gap) in enumerate(zip(children, gaps(children, small=style.small), strict=True)):
        built = build(child, style)
        sign_of = _core(built)
        if gap:
            made += _spaced(gap, sign_of, carrier)
        made += built
        carrier = sign_of
        if _is_applied(children, at):
            made.append(sign(_APPLY))
    return made


def _spaced(gap: float, after: Element | None, before: Element | None) -> list[Element]:
    """Let a sign have the space that stands beside it; return an <mspace> if there is none."""
    if after is not None:
        after.set("lspace", length(gap))
    elif before is not None:
        before.set("rspace", length(gap))
    else:
        return [space(gap)]
    return []


def _core(built: list[Element]) -> Element | None:
    """Return the sign that an element is (MathML Core's embellished operator), None if it is none."""
    if len(built) != 1:
        return None
    element = built[0]
    while etree.QName(element).localname in _EMBELLISHED and len(element) and not _is_accent(element):
        element = element[0]
    return element if etree.QName(element).localname == "mo" else None


def _is_accent(element: Element) -> bool:
    return "accent" in element.attrib or "accentunder" in element.attrib


def _is_applied(children: tuple[Node, ...], at: int) -> bool:
    """True for a function's name with something behind it that it can be applied to."""
    child = children[at]
    function = child.base if isinstance(child, Scripts) else child
    if not isinstance(function, Function) or at + 1 == len(children):
        return False
    after = children[at + 1]
    return isinstance(after, Delimited) or not isinstance(after, Operator) or after.cls in ("open", "ord")

"""A row in OMML: sums, functions and delimiters take what belongs to them, as an editor of formulas wants it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from mathbook.formula.omml_elements import (
    Build,
    Element,
    Style,
    arg,
    delimited,
    el,
    nothing,
    properties,
    run,
    scripts,
    under_over,
)
from mathbook.formula.operands import (
    end_of_operand,
    function_of,
    has_empty_base,
    lacks_left,
    lacks_right,
    large_operator,
    opens,
    partner_of,
)
from mathbook.formula.rows import joined
from mathbook.formula.tree import LargeOperator, Node, Operator, Row, Scripts, Space

_KNOWN = """
arccos arccot arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max
min sec sin sinh sup tan tanh
"""
_FUNCTIONS = frozenset(_KNOWN.split())
"""Functions that programs know by their names."""
_INTEGRALS = "∫∬∭∮∯∰"
Taken: TypeAlias = tuple[Element, int]
"""An element, and where the row goes on."""
One: TypeAlias = Callable[[Node, Style], Element]
"""What makes the one element of a node."""


def row_elements(children: tuple[Node, ...], style: Style, one: One, build: Build) -> list[Element]:
    """Return the elements of a row."""
    made: list[Element] = []
    children, at = joined(children), 0
    while at < len(children):
        taken = _taken(children, at, style, build)
        made += [taken[0]] if taken else _padded(children, at, [one(children[at], style)])
        at = taken[1] if taken else at + 1
    return made


def _taken(children: tuple[Node, ...], at: int, style: Style, build: Build) -> Taken | None:
    """Return what the child at `at` makes together with those behind it, None if it stands for itself."""
    child = children[at]
    if large_operator(child) is not None:
        end = end_of_operand(children, at + 1)
        return nary(child, children[at + 1 : end], style, build), end
    if function_of(child) is not None:
        end = end_of_operand(children, at + 1)
        return _applied(child, children[at + 1 : end], style, build), end
    if opens(child) and (partner := partner_of(children, at)):
        return _pair(child, children[partner], children[at + 1 : partner], style, build), partner + 1
    if has_empty_base(child) and at + 1 < len(children):
        return _prescripts(child, children[at + 1], style, build), at + 2
    return None


def _padded(children: tuple[Node, ...], at: int, made: list[Element]) -> list[Element]:
    """Return the elements of the child at `at`: a sign that lacks an operand has nothing in its place.

    LibreOffice shows a sign between operands that has not both as a question mark, unless it stands alone.
    """
    if len(children) == 1:
        return made
    before = [nothing()] if lacks_left(children, at) else []
    after = [nothing()] if lacks_right(children, at) else []
    return [*before, *made, *after]


def _pair(opening: Node, closing: Node, inside: tuple[Node, ...], style: Style, build: Build) -> Element:
    """Return what stands between two delimiters as one m:d, with the scripts that hang on the second."""
    assert isinstance(opening, Operator)
    sign = closing.base if isinstance(closing, Scripts) else closing
    assert isinstance(sign, Operator)
    made = delimited(opening.symbol, sign.symbol, [build(Row(inside), style)])
    return _with_scripts([made], closing, style, build)


def _prescripts(node: Node, base: Node, style: Style, build: Build) -> Element:
    """Return scripts before their base (m:sPre)."""
    assert isinstance(node, Scripts)
    sub, sup = (build(script or Row(()), style.inner) for script in (node.sub, node.sup))
    return el("sPre", arg("sub", sub), arg("sup", sup), arg("e", build(base, style)))


def nary(node: Node, operand: tuple[Node, ...], style: Style, build: Build) -> Element:
    """Return a large operator with its limits and its operand."""
    operator = large_operator(node)
    assert operator is not None
    sub, sup = (node.sub, node.sup) if isinstance(node, Scripts) else (None, None)
    values = {"chr": operator.symbol, "limLoc": "undOvr" if _limits(operator, style) else "subSup"}
    values |= {"subHide": "1"} if sub is None else {}
    values |= {"supHide": "1"} if sup is None else {}
    return el(
        "nary",
        properties("naryPr", values),
        arg("sub", build(sub, style.inner) if sub is not None else []),
        arg("sup", build(sup, style.inner) if sup is not None else []),
        arg("e", build(Row(operand), style)),
    )


def _limits(operator: LargeOperator, style: Style) -> bool:
    return operator.limits if operator.limits is not None else style.display and operator.symbol not in _INTEGRALS


def _applied(node: Node, operand: tuple[Node, ...], style: Style, build: Build) -> Element:
    """Return a function applied to its operand (m:func), or its name alone."""
    name = function_name(node, style, build)
    operand = operand[1:] if operand and isinstance(operand[0], Space) and len(operand) > 1 else operand
    if not operand:
        return name
    return el("func", arg("fName", [name]), arg("e", build(Row(operand), style)))


def function_name(node: Node, style: Style, build: Build) -> Element:
    """Return a function's name, with what stands below or beside it."""
    function = function_of(node)
    assert function is not None
    name = word(function.name, style)
    if function.limits and style.display and isinstance(node, Scripts):
        return under_over([name], *script_parts(node, style, build))
    return _with_scripts([name], node, style, build)


def word(name: str, style: Style) -> Element:
    """Return a name of several letters. LibreOffice sets those that it doesn't know upright only as normal text."""
    known = len(name) == 1 or name in _FUNCTIONS
    return run(name, upright=known, normal=not known, colour=style.colour)


def _with_scripts(base: list[Element], node: Node, style: Style, build: Build) -> Element:
    return scripts(base, *script_parts(node, style, build)) if isinstance(node, Scripts) else base[0]


def script_parts(node: Scripts, style: Style, build: Build) -> tuple[list[Element] | None, list[Element] | None]:
    """Return the elements of the sub- and of the superscript."""
    sub = None if node.sub is None else build(node.sub, style.inner)
    sup = None if node.sup is None else build(node.sup, style.inner)
    return sub, sup

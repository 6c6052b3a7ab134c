"""MathML Core (W3C) from the tree, with what EPUB 3.3 asks of it: `alttext`, and the LaTeX as an annotation."""

from __future__ import annotations

import unicodedata
from typing import assert_never

from mathbook.formula.heights import is_low
from mathbook.formula.letters import BRACES, accent_sign, shown
from mathbook.formula.mathml_boxes import boxed
from mathbook.formula.mathml_elements import (
    SCRIPT,
    Element,
    Style,
    el,
    fence,
    length,
    row,
    scripts,
    sign,
    space,
    stretchy,
    under_over,
)
from mathbook.formula.mathml_rows import row_elements
from mathbook.formula.mathml_tables import table_elements
from mathbook.formula.parse import ParsedFormula
from mathbook.formula.rows import children_of
from mathbook.formula.symbols import symbols
from mathbook.formula.tree import (
    Accent,
    Arrow,
    ArrowDiagram,
    Attached,
    Bar,
    Bloc,
    Boxed,
    Brace,
    Built,
    Chemistry,
    Classed,
    Colored,
    Delimited,
    Drawing,
    Fraction,
    Function,
    Identifier,
    LargeOperator,
    Leaf,
    Multicolumn,
    Node,
    Number,
    Operator,
    Quantity,
    Root,
    Row,
    Scripts,
    Space,
    Stacked,
    Styled,
    Table,
    Tinted,
    Unit,
    VerticalArrow,
    Words,
    Written,
)
from mathbook.formula.walk import walk

_INTEGRALS = "∫∬∭∮∯∰"
_SIZES = (0.0, 1.2, 1.8, 2.4, 3.0)
"""Heights in em of \\big, \\Big, \\bigg and \\Bigg."""


def mathml(parsed: ParsedFormula, *, annotate: bool = True) -> Element:
    """Return the <math> element; with `annotate` the LaTeX stands in it as an annotation."""
    attributes = {"display": "block" if parsed.display else "inline", "alttext": parsed.speech}
    shown_part = row(_nodes(parsed.tree, Style(0 if parsed.display else 1)))
    if not annotate:
        return el("math", attributes, [shown_part])
    annotation = el("annotation", {"encoding": "application/x-tex"}, text=parsed.latex)
    return el("math", attributes, [el("semantics", {}, [shown_part, annotation])])


def draws_only(parsed: ParsedFormula) -> bool:
    """Return whether only the drawing shows all of the formula (chemical structures, diagrams with arrows).

    In its MathML a line of text stands for what is drawn.
    """
    return any(isinstance(node, Drawing) for node in walk(parsed.tree))


def _nodes(node: Node, style: Style) -> list[Element]:
    """Return the node as elements to stand in a row."""
    if isinstance(node, Row):
        return row_elements(node.children, style, _node)
    return _node(node, style)


def _one(node: Node, style: Style) -> Element:
    """Return the node as one element, in a row of its own if need be."""
    return row(_nodes(node, style))


def _maybe(node: Node | None, style: Style) -> Element | None:
    return None if node is None else _one(node, style)


def _node(node: Node, style: Style) -> list[Element]:
    if isinstance(node, Leaf):
        return [_leaf(node, style)]
    if isinstance(node, Built):
        return _built(node, style)
    if isinstance(node, Attached):
        return [_attached(node, style)]
    if isinstance(node, Boxed):
        return [boxed(node, _nodes(node.base, style))]
    if isinstance(node, Tinted):
        return _tinted(node, style)
    if isinstance(node, Drawing):
        return [el("mtext", {"class": "drawn"}, text=_in_words(node))]
    assert_never(node)


def _in_words(node: Drawing) -> str:
    """Return a line of text for what MathML can't show."""
    match node:
        case ArrowDiagram(cells=cells):
            return "; ".join(", ".join("".join(symbols(cell)) for cell in row) for row in cells)
        case Written(operation=operation, terms=terms):
            return f" {operation} ".join(terms)
        case Chemistry():
            return "[chemical structure]"
        case _:
            assert_never(node)


def _leaf(node: Leaf, style: Style) -> Element:
    match node:
        case Number(text=text):
            return el("mn", {}, text=text)
        case Identifier(name=name, variant=variant):
            return _letter(shown(name, variant), upright=variant == "upright")
        case Operator():
            return _operator(node)
        case LargeOperator(symbol=symbol, limits=limits):
            # without `movablelimits` it would move \\limits to its side in a line of text
            still = {"movablelimits": "false"} if limits and not style.display else {}
            return sign(symbol, {"stretchy": "false", **still})
        case Function(name=name):
            return _letter(name.replace(" ", "\u2009"), upright=True)
        case Space(em=em):
            return space(em)
        case Bloc(width=width, height=height, rise=rise):
            box = {"width": length(width), "height": length(height + rise), "depth": length(-rise)}
            return el("mspace", {**box, "style": "background-color: currentColor"})
        case _:
            assert_never(node)


def _letter(name: str, *, upright: bool) -> Element:
    """Return the <mi>: MathML shows one letter in italics, so that an upright one has to say so."""
    return el("mi", {"mathvariant": "normal"} if upright and len(name) == 1 else {}, text=name)


def _operator(node: Operator) -> Element:
    """Return the sign. Ordinary letters among signs (ℓ, ℏ, ∂, ∞) are identifiers."""
    if node.size:
        height = length(_SIZES[node.size])
        return sign(node.symbol, {"stretchy": "true", "minsize": height, "maxsize": height})
    if node.cls == "ord" and (unicodedata.category(node.symbol[0])[0] == "L" or node.symbol in "∂∇𝛁𝛛∞∅ℵ"):
        return _letter(node.symbol, upright=True)
    still = {"largeop": "false"} if node.symbol in "∑∏∐⋀⋁⋂⋃" + _INTEGRALS else {}
    return sign(node.symbol, still)


def _built(node: Built, style: Style) -> list[Element]:
    match node:
        case Row(children=children):
            return [row(row_elements(children, style, _node))]
        case Fraction():
            return [_fraction(node, style)]
        case Root(radicand=radicand, index=index):
            if index is None:
                return [el("msqrt", {}, _nodes(radicand, style))]
            return [el("mroot", {}, [_one(radicand, style), _one(index, SCRIPT)])]
        case Delimited():
            return [row(_delimited(node, style))]
        case Table():
            made = table_elements(node, style, _nodes)
            return [row(made)]
        case Words(parts=parts):
            return [row([element for part in parts for element in _words(part, style)])]
        case _:
            assert_never(node)


def _fraction(node: Fraction, style: Style) -> Element:
    asked = {"display": Style(0), "row": Style(1), "text": Style(1)}.get(node.style, style)
    inner = Style(min(asked.level + 1, 2))
    thickness = {} if node.ruled else {"linethickness": "0"}
    made = el("mfrac", thickness, [_one(node.num, inner), _one(node.den, inner)])
    if not node.style:
        return made
    return el("mstyle", {"displaystyle": str(asked.display).lower(), "scriptlevel": "0"}, [made])


def _delimited(node: Delimited, style: Style) -> list[Element]:
    """Return the parts between their delimiters. Browsers choose larger ones than TeX where nothing is high."""
    grows = not is_low(node)
    made = [fence(node.open, "prefix", grows=grows)] if node.open else []
    for at, part in enumerate(node.parts):
        made += _nodes(part, style)
        if at < len(node.middles):
            made.append(fence(node.middles[at], "infix", grows=grows))
    return [*made, fence(node.close, "postfix", grows=grows)] if node.close else made


def _words(part: str | Node, style: Style) -> list[Element]:
    """Return words as <mtext>, their spaces kept by no-break spaces; formulas among them are in text style."""
    if isinstance(part, str):
        return [el("mtext", {}, text=part.replace(" ", "\u00a0"))]
    inner = _nodes(part, Style(max(style.level, 1)))
    return inner if style.level else [el("mstyle", {"displaystyle": "false"}, inner)]


def _attached(node: Attached, style: Style) -> Element:
    match node:
        case Scripts(base=Identifier() | Function() as base, sub=None, sup=Operator(symbol=symbol)) if (
            symbol in _PRIMES
        ):
            # as a script it would be raised twice: fonts have it small and high already
            return el("mrow", {}, [_one(base, style), sign(symbol)])
        case Scripts(base=base, sub=sub, sup=sup):
            attach = under_over if has_limits(base, style.display) else scripts
            return attach(_one(base, style), _maybe(sub, SCRIPT), _maybe(sup, SCRIPT))
        case Stacked(base=base, above=above, below=below):
            return under_over(_one(base, style), _maybe(below, SCRIPT), _maybe(above, SCRIPT))
        case Accent(base=base, mark=mark, stretchy=wide, below=below):
            return _accent(_one(base, style), accent_sign(mark, wide=wide), wide, below)
        case Bar(base=base, above=above):
            return _accent(_one(base, style), "‾" if above else "_", True, not above)
        case Brace(base=base, above=above, label=label, bracket=bracket):
            brace = stretchy(BRACES[above, bracket])
            name = "mover" if above else "munder"
            held = el(name, {}, [_one(base, style), brace])
            return held if label is None else el(name, {}, [held, _one(label, SCRIPT)])
        case Arrow(symbol=symbol, above=above, below=below):
            return under_over(stretchy(symbol), _label(below), _label(above))
        case VerticalArrow(symbol=symbol, left=left, right=right):
            arrow = sign(symbol, {"stretchy": "true", "minsize": "2em"})
            return row([part for part in (_label(left), arrow, _label(right)) if part is not None])
        case _:
            assert_never(node)


_PRIMES = frozenset("′″‴⁗")


def _label(node: Node | None) -> Element | None:
    """Return what stands at an arrow, with some room: the arrow is longer than it."""
    if node is None:
        return None
    return el("mrow", {}, [space(0.3), *_nodes(node, SCRIPT), space(0.3)])


def has_limits(base: Node, display: bool) -> bool:
    r"""True if what goes with the base stands below and above it (TeX: \limits, display style)."""
    match base:
        case LargeOperator(symbol=symbol, limits=limits):
            return limits if limits is not None else display and symbol not in _INTEGRALS
        case Function(limits=limits):
            return limits and display
        case Classed(cls="op"):
            return display
        case _:
            return False


def _accent(base: Element, symbol: str, wide: bool, below: bool) -> Element:
    # an arrow is as wide as an em: over one letter it is set smaller
    small = {"mathsize": "70%"} if symbol in "→←↔" and not wide else {}
    operator = sign(symbol, {"stretchy": "true" if wide else "false", **small})
    name, attribute = ("munder", "accentunder") if below else ("mover", "accent")
    return el(name, {attribute: "true"}, [base, operator])


def _tinted(node: Tinted, style: Style) -> list[Element]:
    match node:
        case Colored(base=base, color=color):
            return [el("mstyle", {"mathcolor": color}, _nodes(base, style))]
        case Styled(base=base, level=level):
            attributes = {"displaystyle": str(level == 0).lower(), "scriptlevel": str(max(level - 1, 0))}
            return [el("mstyle", attributes, _nodes(base, Style(min(level, 2))))]
        case Classed(base=base) | Multicolumn(base=base) | Unit(base=base) | Quantity(base=base):
            return [row(row_elements(children_of(base), style, _node))]
        case _:
            assert_never(node)

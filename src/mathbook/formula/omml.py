"""OMML (ECMA-376 part 1, section 22.1) from the tree: formulas that PowerPoint's users can edit."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from mathbook.formula.letters import BRACES, shown
from mathbook.formula.omml_elements import (
    Element,
    Style,
    arg,
    delimited,
    el,
    held,
    nothing,
    properties,
    run,
    scripts,
    under_over,
    val,
)
from mathbook.formula.omml_rows import function_name, nary, row_elements, script_parts, word
from mathbook.formula.omml_tables import has_omml, table_element
from mathbook.formula.operands import function_of, large_operator
from mathbook.formula.parse import ParsedFormula
from mathbook.formula.rows import children_of
from mathbook.formula.tree import (
    Accent,
    Arrow,
    Attached,
    Bar,
    Bloc,
    Boxed,
    Brace,
    Built,
    Canceled,
    Classed,
    Colored,
    Delimited,
    Drawing,
    Fraction,
    Framed,
    Function,
    Identifier,
    LargeOperator,
    Leaf,
    Multicolumn,
    Node,
    Number,
    Operator,
    Overlapped,
    Phantom,
    Quantity,
    Raised,
    Root,
    Row,
    Scaled,
    Scripts,
    Smashed,
    Space,
    Stacked,
    Styled,
    Table,
    Tinted,
    Unit,
    VerticalArrow,
    Words,
)
from mathbook.formula.walk import walk


def omml(parsed: ParsedFormula) -> Element:
    """Return the formula as m:oMath."""
    return el("oMath", *_nodes(parsed.tree, Style(parsed.display)))


def omml_para(parsed: ParsedFormula, justification: str = "center") -> Element:
    """Return the formula as m:oMathPara, to stand alone. `justification` is left, right, center or centerGroup."""
    return el("oMathPara", el("oMathParaPr", val("jc", justification)), omml(parsed))


def expressible(parsed: ParsedFormula) -> bool:
    """True if OMML can show all of the formula."""
    return not obstacle(parsed)


def obstacle(parsed: ParsedFormula) -> str:
    """Return the first kind of thing in the formula that OMML can't show, nothing if there is none."""
    return next(filter(None, map(_obstacle, walk(parsed.tree))), "")


def what_is_lost(parsed: ParsedFormula) -> str:
    """Return what an author is told of a formula that OMML can't show, nothing of all others."""
    if not (what := obstacle(parsed)):
        return ""
    instead = "a picture of this formula" if parsed.display else "this formula without them"
    return f"PowerPoint has no editable form of {what}: the deck shows {instead}"


def _obstacle(node: Node) -> str:
    match node:
        case Table() if not has_omml(node):
            return "rules in arrays" if node.ruled else "cells across an array's columns"
        case Framed(shape=shape, background=background, border=border):
            return "" if shape == "box" and not background and not border else "coloured and round frames"
        case Bloc():
            return "black boxes"
        case _:
            return "diagrams" if isinstance(node, VerticalArrow | Drawing) else ""


def _nodes(node: Node, style: Style) -> list[Element]:
    """Return the node as elements to stand in an argument; an empty one gets an invisible character."""
    return row_elements(children_of(node), style, _one, _nodes) or [nothing()]


def _maybe(node: Node | None, style: Style) -> list[Element] | None:
    return None if node is None else _nodes(node, style.inner)


def _one(node: Node, style: Style) -> Element:
    if isinstance(node, Leaf):
        return _leaf(node, style)
    if isinstance(node, Built):
        return _built(node, style)
    if isinstance(node, Attached):
        return _attached(node, style)
    if isinstance(node, Boxed):
        return _boxed(node, style)
    if isinstance(node, Tinted):
        return held(_nodes(node.base, _tint(node, style)))
    if isinstance(node, Drawing):
        # not expressible: the deck shows a picture of the whole formula; here it takes no room
        return nothing()
    assert_never(node)


def _leaf(node: Leaf, style: Style) -> Element:
    match node:
        case Number(text=text):
            return run(text, upright=True, colour=style.colour)
        case Identifier(name=name, variant=variant):
            # italic by itself; what is upright, or a character of its own block, is left as it is
            upright = variant not in ("", "italic") or name in "ΓΔΘΛΞΠΣΥΦΨΩ"
            return (
                word(name, style) if len(name) > 1 else run(shown(name, variant), upright=upright, colour=style.colour)
            )
        case Operator(symbol=symbol):
            # LibreOffice takes a bar that is no delimiter for "or"
            return run(symbol, upright=symbol != "|", normal=symbol == "|", colour=style.colour)
        case LargeOperator():
            return nary(node, (), style, _nodes)
        case Function():
            return function_name(node, style, _nodes)
        case Space(em=em):
            return run(_space(em), upright=True)
        case Bloc():
            return nothing()  # not expressible, as drawings
        case _:
            assert_never(node)


def _built(node: Built, style: Style) -> Element:
    match node:
        case Row():
            return held(_nodes(node, style))
        case Fraction(num=num, den=den, ruled=ruled):
            kind = [] if ruled else [properties("fPr", {"type": "noBar"})]
            return el("f", *kind, arg("num", _nodes(num, style.inner)), arg("den", _nodes(den, style.inner)))
        case Root(radicand=radicand, index=index):
            hidden = [properties("radPr", {"degHide": "1"})] if index is None else []
            return el("rad", *hidden, arg("deg", _maybe(index, style) or []), arg("e", _nodes(radicand, style)))
        case Delimited():
            return _delimited(node, style)
        case Table():
            return table_element(node, style, _nodes)
        case Words(parts=parts):
            return held([element for part in parts for element in _words(part, style)] or [nothing()])
        case _:
            assert_never(node)


def _delimited(node: Delimited, style: Style) -> Element:
    """Return an m:d. Different signs in the middle can't be said in one: then the parts stand in one argument."""
    if len(set(node.middles)) <= 1:
        separator = node.middles[0] if node.middles else ""
        return delimited(node.open, node.close, [_nodes(part, style) for part in node.parts], separator)
    content: list[Element] = []
    for at, part in enumerate(node.parts):
        content += _nodes(part, style)
        content += [run(node.middles[at], upright=True)] if at < len(node.middles) else []
    return delimited(node.open, node.close, [content])


def _words(part: str | Node, style: Style) -> list[Element]:
    if isinstance(part, str):
        return [run(part.replace(" ", "\u00a0"), normal=True, colour=style.colour)]
    return _nodes(part, style.inner)


def _attached(node: Attached, style: Style) -> Element:
    match node:
        case Scripts():
            return _scripts(node, style)
        case Stacked(base=base, above=above, below=below):
            return under_over(_nodes(base, style), _maybe(below, style), _maybe(above, style))
        case Accent(base=base, mark=mark, below=False):
            return el("acc", properties("accPr", {"chr": mark}), arg("e", _nodes(base, style)))
        case Accent(base=base, mark=mark):
            return _grouped(base, mark, False, style)
        case Bar(base=base, above=above):
            return el("bar", properties("barPr", {"pos": "top" if above else "bot"}), arg("e", _nodes(base, style)))
        case Brace(base=base, above=above, label=label, bracket=bracket):
            group = _grouped(base, BRACES[above, bracket], above, style)
            labels = (None, _maybe(label, style)) if above else (_maybe(label, style), None)
            return under_over([group], *labels)
        case Arrow(symbol=symbol, above=above, below=below):
            arrow = run(symbol, upright=True, colour=style.colour)
            return under_over([arrow], _maybe(below, style), _maybe(above, style))
        case VerticalArrow(symbol=symbol, left=left, right=right):
            arrow = run(symbol, upright=True, colour=style.colour)
            return held([*(_maybe(left, style) or []), arrow, *(_maybe(right, style) or [])])
        case _:
            assert_never(node)


def _scripts(node: Scripts, style: Style) -> Element:
    if large_operator(node) is not None:
        return nary(node, (), style, _nodes)
    if function_of(node) is not None:
        return function_name(node, style, _nodes)
    limits = isinstance(node.base, Classed) and node.base.cls == "op" and style.display
    attach = under_over if limits else scripts
    return attach(_nodes(node.base, style), *script_parts(node, style, _nodes))


def _grouped(base: Node, sign: str, above: bool, style: Style) -> Element:
    values = {"chr": sign, "pos": "top" if above else "bot", "vertJc": "bot" if above else "top"}
    return el("groupChr", properties("groupChrPr", values), arg("e", _nodes(base, style)))


ZERO = "\u200b"
_SPACES = (
    (1.9, "\u2003\u2003"),
    (0.9, "\u2003"),
    (0.45, "\u2002"),
    (0.25, "\u2004"),
    (0.2, "\u2005"),
    (0.05, "\u2009"),
)


def _space(em: float) -> str:
    """Return the widest of Unicode's spaces that fits; a negative space can't be had."""
    return next((space for least, space in _SPACES if em >= least), ZERO)


_STRIKES = {"bar": ("strikeBLTR",), "backslash": ("strikeTLBR",), "x": ("strikeBLTR", "strikeTLBR")}


def _boxed(node: Boxed, style: Style) -> Element:
    inner = _nodes(node.base, style)
    match node:
        case Framed():
            return el("borderBox", arg("e", inner))
        case Canceled(shape=shape):
            hidden = {f"hide{side}": "1" for side in ("Top", "Bot", "Left", "Right")}
            values = {**hidden, **dict.fromkeys(_STRIKES[shape], "1")}
            return el("borderBox", properties("borderBoxPr", values), arg("e", inner))
        case Phantom(width=width, height=height):
            return _phantom(inner, show=False, width=width, height=height, depth=height)
        case Smashed(height=height, depth=depth):
            return _phantom(inner, show=True, width=True, height=not height, depth=not depth)
        case Overlapped():
            return _phantom(inner, show=True, width=False, height=True, depth=True)
        case Raised() | Scaled():
            return held(inner)  # OMML lifts and scales nothing: the base stands on the line, in the size of the rest
        case _:
            assert_never(node)


def _phantom(inner: list[Element], *, show: bool, width: bool, height: bool, depth: bool) -> Element:
    """Return an m:phant: what is in it is shown or not, and its width, height and depth count or not."""
    values = {} if show else {"show": "0"}
    values |= {} if width else {"zeroWid": "1"}
    values |= {} if height else {"zeroAsc": "1"}
    values |= {} if depth else {"zeroDesc": "1"}
    return el("phant", properties("phantPr", values), arg("e", inner))


def _tint(node: Tinted, style: Style) -> Style:
    """Return the style that the base inherits."""
    match node:
        case Colored(color=color):
            return replace(style, colour=color.removeprefix("#").upper())
        case Styled(level=level):
            return replace(style, display=level == 0)
        case Classed() | Multicolumn() | Unit() | Quantity():
            return style
        case _:
            assert_never(node)

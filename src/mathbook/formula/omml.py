"""OMML (ECMA-376 part 1, section 22.1) from the tree: formulas that PowerPoint's users can edit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from mathbook.formula.colours import rgb
from mathbook.formula.letters import shown
from mathbook.formula.omml_elements import Element, arg, delimited, el, properties, run, val
from mathbook.formula.operands import (
    dangles,
    end_of_operand,
    function_of,
    has_empty_base,
    large_operator,
    opens,
    partner_of,
)
from mathbook.formula.parse import ParsedFormula
from mathbook.formula.symbols import BRACES
from mathbook.formula.tables import alignments, column_count, delimiters, is_display
from mathbook.formula.tree import (
    Accent,
    Arrow,
    Bar,
    Bloc,
    Brace,
    Canceled,
    Colored,
    Delimited,
    Drawn,
    Fraction,
    Framed,
    Function,
    Identifier,
    LargeOperator,
    Node,
    Number,
    Operator,
    Phantom,
    Root,
    Row,
    Scripts,
    Shaped,
    Space,
    Stacked,
    Styled,
    Table,
    Words,
)
from mathbook.formula.walk import walk

EMPTY = "\u200b"
"""A zero-width character: an argument without content shows as a dotted box."""


@dataclass(frozen=True, slots=True)
class _Style:
    """What the nodes inside inherit."""

    display: bool
    colour: str = ""


def omml(parsed: ParsedFormula) -> Element:
    """Return the formula as m:oMath."""
    return el("oMath", *_nodes(parsed.tree, _Style(parsed.display)))


def omml_para(parsed: ParsedFormula, justification: str = "center") -> Element:
    """Return the formula as m:oMathPara, to stand alone. `justification` is left, right, center or centerGroup."""
    return el("oMathPara", el("oMathParaPr", val("jc", justification)), omml(parsed))


def expressible(parsed: ParsedFormula) -> bool:
    """True if OMML can show all of the formula: it has no rules in arrays, no grounds, no drawings."""
    return not any(
        isinstance(node, Bloc | Drawn)
        or (isinstance(node, Table) and (node.ruled or node.shape == "diagram"))
        or (isinstance(node, Framed) and node.filled)
        for node in walk(parsed.tree)
    )


def _nodes(node: Node, style: _Style) -> list[Element]:
    """Return the node as elements to stand in an argument; an empty one gets an invisible character."""
    made = _row(node.children if isinstance(node, Row) else (node,), style)
    return made or [run(EMPTY, colour=style.colour)]


def _row(children: tuple[Node, ...], style: _Style) -> list[Element]:
    """Return a row; large operators, functions and pairs of big delimiters take what belongs to them."""
    made: list[Element] = []
    at = 0
    while at < len(children):
        child = children[at]
        if large_operator(child) is not None:
            end = end_of_operand(children, at + 1)
            made.append(_nary(child, children[at + 1 : end], style))
        elif function_of(child) is not None:
            end = end_of_operand(children, at + 1)
            made.append(_func(child, children[at + 1 : end], style))
        elif opens(child) and (partner := partner_of(children, at)):
            end = partner + 1
            made.append(_pair(child, children[partner], children[at + 1 : partner], style))
        elif has_empty_base(child) and at + 1 < len(children):
            end = at + 2
            made.append(_prescripts(child, children[at + 1], style))
        elif isinstance(child, Operator) and dangles(children, at):
            end = at + 1
            made.append(run(child.symbol, normal=True, colour=style.colour))
        else:
            end = at + 1
            made += [_element(child, style)]
        at = end
    return made


def _pair(opening: Node, closing: Node, inside: tuple[Node, ...], style: _Style) -> Element:
    """Return what stands between two delimiters as one m:d, with the scripts that hang on the second."""
    assert isinstance(opening, Operator)
    sign = closing.base if isinstance(closing, Scripts) else closing
    assert isinstance(sign, Operator)
    held = delimited(opening.symbol, sign.symbol, [_nodes(Row(inside), style)])
    return _scripts([held], closing.sub, closing.sup, style) if isinstance(closing, Scripts) else held


def _prescripts(scripts: Node, base: Node, style: _Style) -> Element:
    """Return scripts before their base (m:sPre)."""
    assert isinstance(scripts, Scripts)
    sub, sup = scripts.sub or Row(()), scripts.sup or Row(())
    inner = replace(style, display=False)
    return el("sPre", arg("sub", _nodes(sub, inner)), arg("sup", _nodes(sup, inner)), arg("e", _nodes(base, style)))


def _nary(node: Node, operand: tuple[Node, ...], style: _Style) -> Element:
    """Return a large operator with its limits and its operand."""
    operator = large_operator(node)
    assert operator is not None
    sub, sup = (node.sub, node.sup) if isinstance(node, Scripts) else (None, None)
    under_over = _limits(operator, style)
    values = {"chr": operator.symbol, "limLoc": "undOvr" if under_over else "subSup"}
    values |= {"subHide": "1"} if sub is None else {}
    values |= {"supHide": "1"} if sup is None else {}
    inner = replace(style, display=False)
    return el(
        "nary",
        properties("naryPr", values),
        arg("sub", _nodes(sub, inner) if sub is not None else []),
        arg("sup", _nodes(sup, inner) if sup is not None else []),
        arg("e", _nodes(Row(operand), style)),
    )


def _limits(operator: LargeOperator, style: _Style) -> bool:
    return operator.limits if operator.limits is not None else style.display and operator.symbol not in "∫∬∭∮∯∰"


def _func(node: Node, operand: tuple[Node, ...], style: _Style) -> Element:
    """Return a function applied to its operand (m:func), or its name alone."""
    name = _function_name(node, style)
    operand = operand[1:] if operand and isinstance(operand[0], Space) and len(operand) > 1 else operand
    if not operand:
        return name
    return el("func", arg("fName", [name]), arg("e", _nodes(Row(operand), style)))


def _function_name(node: Node, style: _Style) -> Element:
    function = function_of(node)
    assert function is not None
    name = run(function.name, upright=True, colour=style.colour)
    if not isinstance(node, Scripts):
        return name
    if function.limits and style.display:
        return _under_over([name], node.sub, node.sup, style)
    return _scripts([name], node.sub, node.sup, style)


def _element(node: Node, style: _Style) -> Element:
    match node:
        case Number(text=text):
            return run(text, upright=True, colour=style.colour)
        case Identifier():
            return _identifier(node, style)
        case Operator(symbol=symbol):
            return run(symbol, upright=True, colour=style.colour)
        case LargeOperator():
            return _nary(node, (), style)
        case Function():
            return _function_name(node, style)
        case Row(children=children):
            return _held(_row(children, style) or [run(EMPTY)])
        case Fraction():
            return _fraction(node, style)
        case Root():
            return _root(node, style)
        case Scripts():
            return _scripted(node, style)
        case Delimited():
            return _delimited(node, style)
        case Table():
            return _table(node, style)
        case Accent(base=base, mark=mark, below=False):
            return el("acc", properties("accPr", {"chr": mark}), arg("e", _nodes(base, style)))
        case Accent(base=base, mark=mark):
            return _grouped(base, mark, False, style)
        case Bar(base=base, above=above):
            return el("bar", properties("barPr", {"pos": "top" if above else "bot"}), arg("e", _nodes(base, style)))
        case Brace():
            return _brace(node, style)
        case Words(parts=parts):
            return _words(parts, style)
        case Space(em=em):
            return run(_space(em), upright=True)
        case Framed() | Canceled():
            return _bordered(node, style)
        case Arrow():
            return _under_over([run(node.symbol, upright=True)], node.below, node.above, style)
        case Stacked():
            return _under_over(_nodes(node.base, style), node.below, node.above, style)
        case Phantom():
            return _phantom(node, style)
        case Colored(base=base, color=color):
            return _held(_nodes(base, replace(style, colour=_hex(color))))
        case Styled(base=base, level=level):
            return _held(_nodes(base, replace(style, display=level == 0)))
        case Shaped(base=base):
            return _held(_nodes(base, style))
        case Bloc() | Drawn():
            # not expressible: the deck shows a picture of the whole formula; here it takes no room
            return run(EMPTY)
        case _:
            assert_never(node)


def _held(content: list[Element]) -> Element:
    """Return the content as one element: the only one as it is, others in an m:box."""
    return content[0] if len(content) == 1 else el("box", arg("e", content))


def _identifier(node: Identifier, style: _Style) -> Element:
    """Return a letter: italic by itself; what is upright, or a character of its own block, is left as it is."""
    upright = node.variant not in ("", "italic") or (not node.variant and node.name in "ΓΔΘΛΞΠΣΥΦΨΩ")
    return run(shown(node.name, node.variant), upright=upright, colour=style.colour)


def _fraction(node: Fraction, style: _Style) -> Element:
    inner = replace(style, display=False)
    kind = [] if node.ruled else [properties("fPr", {"type": "noBar"})]
    return el("f", *kind, arg("num", _nodes(node.num, inner)), arg("den", _nodes(node.den, inner)))


def _root(node: Root, style: _Style) -> Element:
    hidden = [properties("radPr", {"degHide": "1"})] if node.index is None else []
    index = [] if node.index is None else _nodes(node.index, style)
    return el("rad", *hidden, arg("deg", index), arg("e", _nodes(node.radicand, style)))


def _scripted(node: Scripts, style: _Style) -> Element:
    if large_operator(node) is not None:
        return _nary(node, (), style)
    if function_of(node) is not None:
        return _function_name(node, style)
    base = _nodes(node.base, style)
    if isinstance(node.base, Shaped) and node.base.cls == "op" and style.display:
        return _under_over(base, node.sub, node.sup, style)
    return _scripts(base, node.sub, node.sup, style)


def _scripts(base: list[Element], sub: Node | None, sup: Node | None, style: _Style) -> Element:
    inner = replace(style, display=False)
    parts = [arg("e", base)]
    parts += [] if sub is None else [arg("sub", _nodes(sub, inner))]
    parts += [] if sup is None else [arg("sup", _nodes(sup, inner))]
    if len(parts) == 1:
        return _held(base)
    return el("sSubSup" if len(parts) == 3 else "sSup" if sub is None else "sSub", *parts)


def _under_over(base: list[Element], below: Node | None, above: Node | None, style: _Style) -> Element:
    """Return the base with something below it (m:limLow) and above it (m:limUpp)."""
    inner = replace(style, display=False)
    held = _held(base)
    if below is not None:
        held = el("limLow", arg("e", [held]), arg("lim", _nodes(below, inner)))
    if above is not None:
        held = el("limUpp", arg("e", [held]), arg("lim", _nodes(above, inner)))
    return held


def _delimited(node: Delimited, style: _Style) -> Element:
    """Return an m:d. Different signs in the middle can't be said in one: then the parts stand in one argument."""
    if len(set(node.middles)) <= 1:
        separator = node.middles[0] if node.middles else ""
        return delimited(node.open, node.close, [_nodes(part, style) for part in node.parts], separator)
    content: list[Element] = []
    for at, part in enumerate(node.parts):
        content += _nodes(part, style)
        content += [run(node.middles[at], upright=True)] if at < len(node.middles) else []
    return delimited(node.open, node.close, [content])


def _table(node: Table, style: _Style) -> Element:
    inner = replace(style, display=is_display(node))
    count = column_count(node)
    columns = [el("mc", el("mcPr", val("count", "1"), val("mcJc", side))) for side in alignments(node)]
    rows = [
        el("mr", *(arg("e", _nodes(row[at], inner) if at < len(row) else [run(EMPTY)]) for at in range(count)))
        for row in node.rows
    ]
    gap = {"rSpRule": "3", "rSp": "6"} if is_display(node) else {}
    space = {"cGpRule": "3", "cGp": "4"} if node.shape == "aligned" else {}
    ordered = {"plcHide": "1", **_in_order({**gap, **space})}
    matrix = el("m", el("mPr", *(val(name, value) for name, value in ordered.items()), el("mcs", *columns)), *rows)
    opening, closing = delimiters(node)
    return delimited(opening, closing, [[matrix]]) if opening or closing else matrix


def _in_order(values: dict[str, str]) -> dict[str, str]:
    """Return the properties of m:mPr in the order of CT_MPr."""
    return {name: values[name] for name in ("rSpRule", "cGpRule", "rSp", "cSp", "cGp") if name in values}


def _grouped(base: Node, sign: str, above: bool, style: _Style) -> Element:
    values = {"chr": sign, "pos": "top" if above else "bot", "vertJc": "bot" if above else "top"}
    return el("groupChr", properties("groupChrPr", values), arg("e", _nodes(base, style)))


def _brace(node: Brace, style: _Style) -> Element:
    group = _grouped(node.base, BRACES[node.above, node.bracket], node.above, style)
    if node.label is None:
        return group
    above, below = (node.label, None) if node.above else (None, node.label)
    return _under_over([group], below, above, style)


def _words(parts: tuple[str | Node, ...], style: _Style) -> Element:
    content: list[Element] = []
    for part in parts:
        if isinstance(part, str):
            content.append(run(part.replace(" ", "\u00a0"), normal=True, colour=style.colour))
        else:
            content += _nodes(part, style)
    return _held(content or [run(EMPTY)])


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
    return next((space for least, space in _SPACES if em >= least), EMPTY)


_STRIKES = {
    "bar": ("strikeBLTR",),
    "backslash": ("strikeTLBR",),
    "x": ("strikeBLTR", "strikeTLBR"),
    "horizontal": ("strikeH",),
}


def _bordered(node: Framed | Canceled, style: _Style) -> Element:
    if isinstance(node, Framed):
        return el("borderBox", arg("e", _nodes(node.base, style)))
    strikes = _STRIKES.get(node.shape, ("strikeH",))
    hidden = {f"hide{side}": "1" for side in ("Top", "Bot", "Left", "Right")}
    values = {**hidden, **dict.fromkeys(strikes, "1")}
    return el("borderBox", properties("borderBoxPr", values), arg("e", _nodes(node.base, style)))


def _phantom(node: Phantom, style: _Style) -> Element:
    values = {"show": "0"}
    values |= {} if node.width else {"zeroWid": "1"}
    values |= {} if node.height else {"zeroAsc": "1", "zeroDesc": "1"}
    return el("phant", properties("phantPr", values), arg("e", _nodes(node.base, style)))


def _hex(colour: str) -> str:
    """Return a colour as six hex digits; one that nobody knows leaves the text's colour."""
    known = rgb(colour)
    return "".join(f"{channel:02X}" for channel in known) if known else ""

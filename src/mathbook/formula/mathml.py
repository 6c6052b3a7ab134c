"""MathML Core (W3C) from the tree, with what EPUB 3.3 asks of it: `alttext`, and the LaTeX as an annotation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from lxml import etree

from mathbook.formula.letters import SPACING_MARKS, shown
from mathbook.formula.mathml_elements import delimiter, el, formed, number_em, row
from mathbook.formula.parse import ParsedFormula
from mathbook.formula.symbols import BRACES
from mathbook.formula.tables import alignments, delimiters, is_display
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

Element = etree._Element


def mathml(parsed: ParsedFormula, *, annotate: bool = True) -> Element:
    """Return the <math> element; with `annotate` the LaTeX stands in it as an annotation."""
    attributes = {"display": "block" if parsed.display else "inline", "alttext": parsed.speech}
    shown_part = row(_nodes(parsed.tree, display=parsed.display))
    if not annotate:
        return el("math", attributes, [shown_part])
    annotation = el("annotation", {"encoding": "application/x-tex"}, text=parsed.latex)
    return el("math", attributes, [el("semantics", {}, [shown_part, annotation])])


def _nodes(node: Node, *, display: bool) -> list[Element]:
    """Return the node as elements to stand in a row."""
    if isinstance(node, Row):
        return _row_elements(node.children, display)
    return [_element(node, display=display)]


def _one(node: Node, *, display: bool = False) -> Element:
    """Return the node as one element, in a row of its own if need be."""
    made = _nodes(node, display=display)
    return made[0] if len(made) == 1 else row(made)


def _row_elements(children: tuple[Node, ...], display: bool) -> list[Element]:
    made: list[Element] = []
    for at, child in enumerate(children):
        before = children[at - 1] if at else None
        if isinstance(child, Operator):
            made.append(_operator(child, before))
            continue
        made += _nodes(child, display=display)
        after = children[at + 1] if at + 1 < len(children) else None
        if _is_function(child) and after is not None:
            made += _function_space(after)
    return made


def _is_function(node: Node) -> bool:
    return isinstance(node, Function) or (isinstance(node, Scripts) and isinstance(node.base, Function))


def _function_space(after: Node) -> list[Element]:
    """Return what stands between a function's name and its argument: nothing to see before a delimiter."""
    applied = el("mo", {}, text="\u2061")
    opened = (
        isinstance(after, Delimited)
        or (isinstance(after, Operator) and after.cls != "ord")
        or (isinstance(after, Space))
    )
    return [applied] if opened else [applied, el("mspace", {"width": "0.1667em"})]


def _operator(node: Operator, before: Node | None) -> Element:
    """Return the <mo>, its form and space by its TeX class where MathML's dictionary would choose another."""
    attributes: dict[str, str] = {}
    match node.cls:
        case "open":
            attributes = {"form": "prefix", "stretchy": "false"}
        case "close":
            attributes = {"form": "postfix", "stretchy": "false"}
        case "bin" if before is None or (isinstance(before, Operator) and before.cls not in ("close", "ord")):
            attributes = {"form": "prefix"}
        case "ord":
            attributes = {"lspace": "0", "rspace": "0", "stretchy": "false"}
        case "bin":
            attributes = {"lspace": "0.2222em", "rspace": "0.2222em"}
        case "rel":
            attributes = {"lspace": "0.2778em", "rspace": "0.2778em", "stretchy": "false"}
        case "punct":
            attributes = {"lspace": "0", "rspace": "0.1667em"}
    if node.size:
        height = number_em((0, 1.2, 1.8, 2.4, 3.0)[node.size])
        attributes |= {"stretchy": "true", "minsize": height, "maxsize": height}
    return el("mo", attributes, text=node.symbol)


def _element(node: Node, *, display: bool) -> Element:
    match node:
        case Number(text=text):
            return el("mn", {}, text=text)
        case Identifier():
            return _identifier(node)
        case Operator():
            return _operator(node, Number(""))
        case LargeOperator(symbol=symbol):
            return el("mo", {"largeop": "true" if display else "false"}, text=symbol)
        case Function(name=name):
            return el("mi", {"mathvariant": "normal"} if len(name) == 1 else {}, text=name)
        case Row():
            return row(_row_elements(node.children, display))
        case Fraction():
            return _fraction(node)
        case Root(radicand=radicand, index=index):
            parts = [_one(radicand)] if index is None else [_one(radicand), _one(index)]
            return el("msqrt" if index is None else "mroot", {}, parts)
        case Scripts():
            return _scripts(node, display)
        case Delimited():
            return _delimited(node, display)
        case Table():
            return _table(node)
        case Accent() | Bar():
            return _accent(node, display)
        case Brace():
            return _brace(node, display)
        case Words(parts=parts):
            return row(_word_elements(parts))
        case Space(em=em):
            return el("mspace", {"width": number_em(em)})
        case Framed() | Canceled():
            return _styled_box(node, display)
        case Arrow():
            arrow = el("mo", {"stretchy": "true", "lspace": "0.2778em", "rspace": "0.2778em"}, text=node.symbol)
            return _under_over(arrow, node.below, node.above)
        case Stacked():
            return _under_over(_one(node.base, display=display), node.below, node.above)
        case Phantom(base=base, width=width, height=height):
            hidden = el("mphantom", {}, [_one(base, display=display)])
            sizes = {} if width else {"width": "0"}
            sizes |= {} if height else {"height": "0", "depth": "0"}
            return el("mpadded", sizes, [hidden]) if sizes else hidden
        case Colored(base=base, color=color):
            return el("mstyle", {"mathcolor": color}, _nodes(base, display=display))
        case Styled(base=base, level=level):
            attributes = {"displaystyle": "true" if level == 0 else "false", "scriptlevel": str(max(level - 1, 0))}
            return el("mstyle", attributes, _nodes(base, display=level == 0))
        case Shaped():
            return _shaped(node, display)
        case Bloc():
            size = {"width": number_em(node.width), "height": number_em(node.height + node.rise)}
            return el("mspace", {**size, "style": "background-color: currentColor"})
        case Drawn(kind=kind):
            return el("mtext", {"class": "drawn"}, text=f"[{kind}]")
        case _:
            assert_never(node)


def _identifier(node: Identifier) -> Element:
    """Return the <mi>: MathML shows one letter in italics, so that an upright one has to say so."""
    upright = node.variant == "upright" or (node.variant == "" and node.name in "ΓΔΘΛΞΠΣΥΦΨΩ")
    attributes = {"mathvariant": "normal"} if upright and len(node.name) == 1 else {}
    return el("mi", attributes, text=shown(node.name, node.variant))


def _fraction(node: Fraction) -> Element:
    made = el("mfrac", {} if node.ruled else {"linethickness": "0"}, [_one(node.num), _one(node.den)])
    if not node.style:
        return made
    return el("mstyle", {"displaystyle": "true" if node.style == "display" else "false", "scriptlevel": "0"}, [made])


def _scripts(node: Scripts, display: bool) -> Element:
    base = _one(node.base, display=display)
    if _has_limits(node.base, display):
        return _under_over(base, node.sub, node.sup)
    match node.sub, node.sup:
        case None, None:
            return base
        case sub, None if sub is not None:
            return el("msub", {}, [base, _one(sub)])
        case None, sup if sup is not None:
            return el("msup", {}, [base, _one(sup)])
        case sub, sup:
            assert sub is not None and sup is not None
            return el("msubsup", {}, [base, _one(sub), _one(sup)])


def _has_limits(base: Node, display: bool) -> bool:
    """True if what goes with the base stands below and above it (TeX: \\limits, display style)."""
    match base:
        case LargeOperator(symbol=symbol, limits=limits):
            return limits if limits is not None else display and symbol not in "∫∬∭∮∯∰"
        case Function(limits=limits):
            return limits and display
        case Shaped(how="class", cls="op"):
            return display
        case _:
            return False


def _under_over(base: Element, below: Node | None, above: Node | None) -> Element:
    match below, above:
        case None, None:
            return base
        case under, None if under is not None:
            return el("munder", {}, [base, _one(under)])
        case None, over if over is not None:
            return el("mover", {}, [base, _one(over)])
        case under, over:
            assert under is not None and over is not None
            return el("munderover", {}, [base, _one(under), _one(over)])


def _delimited(node: Delimited, display: bool) -> Element:
    made = [delimiter(node.open, "prefix")] if node.open else []
    for at, part in enumerate(node.parts):
        made += _nodes(part, display=display)
        if at < len(node.middles):
            made.append(delimiter(node.middles[at], "infix"))
    return row([*made, delimiter(node.close, "postfix")] if node.close else made)


def _table(node: Table) -> Element:
    """Return the table. Core has no columnalign, so that each cell says how it stands by its style too."""
    sides = alignments(node)
    rows = [
        el("mtr", {}, [_cell(cell, side, node) for cell, side in zip(cells, sides, strict=False)])
        for cells in node.rows
    ]
    table = el("mtable", {"displaystyle": "true"} if is_display(node) else {}, rows)
    opening, closing = delimiters(node)
    if not opening and not closing:
        return table
    made = [delimiter(opening, "prefix")] if opening else []
    made.append(table)
    return row([*made, delimiter(closing, "postfix")] if closing else made)


def _cell(cell: Node, side: str, table: Table) -> Element:
    style = f"text-align: {side}"
    if table.shape == "aligned":
        style += "; padding-left: 0" if side == "left" else "; padding-right: 0"
    if table.ruled:
        style += "; border: 0.04em solid currentColor"
    return el("mtd", {"style": style}, _nodes(cell, display=is_display(table)))


def _accent(node: Accent | Bar, display: bool) -> Element:
    match node:
        case Bar(above=above):
            mark, stretchy, below = ("‾" if above else "_"), True, not above
        case Accent():
            mark, stretchy, below = SPACING_MARKS.get(node.mark, node.mark), node.stretchy, node.below
    operator = el("mo", {"stretchy": "true" if stretchy else "false"}, text=mark)
    base = _one(node.base, display=display)
    return (
        el("munder", {"accentunder": "true"}, [base, operator])
        if below
        else el("mover", {"accent": "true"}, [base, operator])
    )


def _brace(node: Brace, display: bool) -> Element:
    brace = el("mo", {"stretchy": "true"}, text=BRACES[node.above, node.bracket])
    name = "mover" if node.above else "munder"
    held = el(name, {}, [_one(node.base, display=display), brace])
    return held if node.label is None else el(name, {}, [held, _one(node.label)])


def _word_elements(parts: Iterable[str | Node]) -> list[Element]:
    """Return words as <mtext>, their outer spaces kept by no-break spaces."""
    made: list[Element] = []
    for part in parts:
        if isinstance(part, str):
            made.append(el("mtext", {}, text=part.replace(" ", "\u00a0")))
        else:
            made += _nodes(part, display=False)
    return made


_STRIKES = {
    "bar": "linear-gradient(to top right, transparent 48%, currentColor 48% 52%, transparent 52%)",
    "backslash": "linear-gradient(to bottom right, transparent 48%, currentColor 48% 52%, transparent 52%)",
    "horizontal": "linear-gradient(to bottom, transparent 47%, currentColor 47% 53%, transparent 53%)",
}


def _styled_box(node: Framed | Canceled, display: bool) -> Element:
    """Return the base in a row whose style draws what Core has no element for (menclose is not in Core)."""
    match node:
        case Framed(filled=True, background=background):
            style = f"background-color: {background}"
        case Framed():
            style = "border: 0.06em solid currentColor; padding: 0.2em"
        case Canceled(shape="x"):
            style = f"background-image: {_STRIKES['bar']}, {_STRIKES['backslash']}"
        case Canceled(shape=shape):
            style = f"background-image: {_STRIKES.get(shape, _STRIKES['horizontal'])}"
    return formed(_nodes(node.base, display=display), style)


def _shaped(node: Shaped, display: bool) -> Element:
    inner = _nodes(node.base, display=display)
    match node.how:
        case "raised":
            return el("mpadded", {"voffset": number_em(node.amount)}, inner)
        case "smashed":
            return el("mpadded", {"height": "0", "depth": "0"}, inner)
        case "overlapped":
            return el("mpadded", {"width": "0"}, inner)
        case "scaled":
            return el("mstyle", {"style": f"font-size: {node.amount * 100:.4g}%"}, inner)
        case "class" if isinstance(node.base, Operator):
            return _operator(Operator(node.base.symbol, node.cls), Number(""))
        case "class" if node.cls in ("bin", "rel"):
            space = el("mspace", {"width": "0.2222em" if node.cls == "bin" else "0.2778em"})
            return row([space, *inner, el("mspace", dict(space.attrib))])
        case _:
            return row(inner)

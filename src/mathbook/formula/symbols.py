"""The leaf symbols of a formula, in order: the tree's, and those that MathML and OMML show.

The order is the tree's own: a base before what stands below and above it, a numerator before its denominator, a
radicand before its index, a delimiter before what it holds. A symbol is one visible character; white space,
invisible operators and what a phantom hides are none. The readers of MathML and OMML look at nothing but the XML.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from lxml import etree

from mathbook.formula.letters import COMBINING_MARKS, shown
from mathbook.formula.tables import delimiters
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

_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b\u200c\u200d\ufeff\u00ad\u2060")
OVER_BAR, UNDER_BAR = "\u0305", "\u0332"
BRACES = {(True, False): "⏞", (False, False): "⏟", (True, True): "⎴", (False, True): "⎵"}
"""(above, bracket) → the sign of a brace."""


def symbols(node: Node) -> tuple[str, ...]:
    """Return the leaf symbols of the tree."""
    return tuple(_visible("".join(_leaves(node))))


def _visible(text: str) -> Iterator[str]:
    return (char for char in text if not char.isspace() and char not in _INVISIBLE)


def _all(*nodes: Node | None) -> Iterator[str]:
    for node in nodes:
        if node is not None:
            yield from _leaves(node)


def _leaves(node: Node) -> Iterator[str]:
    match node:
        case Number(text=text):
            yield text
        case Identifier(name=name, variant=variant):
            yield shown(name, variant)
        case Operator(symbol=symbol) | LargeOperator(symbol=symbol):
            yield symbol
        case Function(name=name):
            yield name
        case Row(children=children):
            yield from _all(*children)
        case Fraction():
            yield from _all(node.num, node.den)
        case Root():
            yield from _all(node.radicand, node.index)
        case Scripts():
            yield from _all(node.base, node.sub, node.sup)
        case Delimited():
            yield from _delimited(node)
        case Table():
            opening, closing = delimiters(node)
            yield opening
            yield from _all(*(cell for row in node.rows for cell in row))
            yield closing
        case Accent():
            yield from _all(node.base)
            yield node.mark
        case Bar():
            yield from _all(node.base)
            yield OVER_BAR if node.above else UNDER_BAR
        case Brace():
            yield from _all(node.base)
            yield BRACES[node.above, node.bracket]
            yield from _all(node.label)
        case Words(parts=parts):
            for part in parts:
                yield from (part,) if isinstance(part, str) else _leaves(part)
        case Arrow():
            yield node.symbol
            yield from _all(node.below, node.above)
        case Stacked():
            yield from _all(node.base, node.below, node.above)
        case Framed() | Canceled() | Colored() | Styled() | Shaped():
            yield from _leaves(node.base)
        case Space() | Phantom() | Bloc() | Drawn():
            return  # room, and what is only drawn, has no symbols
        case _:
            assert_never(node)


def _delimited(node: Delimited) -> Iterator[str]:
    yield node.open
    for at, part in enumerate(node.parts):
        yield from _leaves(part)
        yield node.middles[at] if at < len(node.middles) else ""
    yield node.close


def symbols_of_mathml(math: etree._Element) -> tuple[str, ...]:
    """Return the leaf symbols of a MathML element; annotations and phantoms are no symbols."""
    return tuple(_visible("".join(_mathml_leaves(math))))


_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_UNSEEN = frozenset({"annotation", "annotation-xml", "mphantom", "mspace"})


def _mathml_leaves(element: etree._Element) -> Iterator[str]:
    name = etree.QName(element).localname
    if name in _UNSEEN or element.get("class") == "drawn":
        return
    if name in _LEAVES:
        yield element.text or ""
    elif name in ("mover", "munder") and len(element) == 2 and _is_accent(element, name):
        yield from _mathml_leaves(element[0])
        yield _mark_of(element[1], name)
    else:
        for child in element:
            yield from _mathml_leaves(child)


def _is_accent(element: etree._Element, name: str) -> bool:
    return element.get("accent" if name == "mover" else "accentunder") == "true"


def _mark_of(operator: etree._Element, name: str) -> str:
    """Return the combining mark that an accent's sign stands for."""
    sign = operator.text or ""
    if sign in ("‾", "_"):
        return OVER_BAR if name == "mover" else UNDER_BAR
    return COMBINING_MARKS.get(sign, sign)


_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def symbols_of_omml(math: etree._Element) -> tuple[str, ...]:
    """Return the leaf symbols of an m:oMath (or m:oMathPara) element."""
    return tuple(_visible("".join(_omml_leaves(math))))


def _value(element: etree._Element, path: str, default: str) -> str:
    """Return the m:val of a property, or what the standard says where it isn't there."""
    found = element.find(path.replace("m:", _M))
    return default if found is None else found.get(f"{_M}val", "")


def _omml_children(element: etree._Element, *names: str) -> Iterator[str]:
    for name in names:
        for child in element.findall(f"{_M}{name}"):
            yield from _omml_leaves(child)


def _omml_leaves(element: etree._Element) -> Iterator[str]:
    name = etree.QName(element).localname
    match name:
        case "t":
            yield element.text or ""
        case "rad":
            yield from _omml_children(element, "e", "deg")
        case "sPre":
            yield from _omml_children(element, "sub", "sup", "e")
        case "sSub" | "sSup" | "sSubSup":
            yield from _omml_children(element, "e", "sub", "sup")
        case "nary":
            yield _value(element, "m:naryPr/m:chr", "∫")
            yield from _omml_children(element, "sub", "sup", "e")
        case "d":
            yield from _omml_delimited(element)
        case "acc":
            yield from _omml_children(element, "e")
            yield _value(element, "m:accPr/m:chr", "\u0302")
        case "bar":
            yield from _omml_children(element, "e")
            yield OVER_BAR if _value(element, "m:barPr/m:pos", "bot") == "top" else UNDER_BAR
        case "groupChr":
            yield from _omml_children(element, "e")
            yield _value(element, "m:groupChrPr/m:chr", "⏟")
        case "phant":
            return
        case "limUpp" | "limLow":
            yield from _omml_children(element, "e", "lim")
        case _:
            for child in element:
                if isinstance(child.tag, str) and not child.tag.endswith("Pr"):
                    yield from _omml_leaves(child)


def _omml_delimited(element: etree._Element) -> Iterator[str]:
    yield _value(element, "m:dPr/m:begChr", "(")
    separator = _value(element, "m:dPr/m:sepChr", "|")
    for at, part in enumerate(element.findall(f"{_M}e")):
        if at:
            yield separator
        yield from _omml_leaves(part)
    yield _value(element, "m:dPr/m:endChr", ")")

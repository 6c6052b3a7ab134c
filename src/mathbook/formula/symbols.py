"""The leaf symbols of a formula, in order: the tree's, and those that MathML and OMML show.

The order is the tree's own: a base before what stands below and above it, a numerator before its denominator, a
radicand before its index, a delimiter before what it holds. A symbol is one visible character as it is shown, letters
in their variants as Unicode has them; accents are combining characters. White space, invisible operators, and what a
phantom hides are none. The readers of MathML and OMML look at nothing but the XML.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import assert_never

from lxml import etree

from mathbook.formula.letters import BRACES, COMBINING_MARKS, shown
from mathbook.formula.tables import cells, delimiters
from mathbook.formula.tree import (
    Accent,
    Arrow,
    Attached,
    Bar,
    Bloc,
    Boxed,
    Brace,
    Built,
    Delimited,
    Drawing,
    Fraction,
    Function,
    Identifier,
    LargeOperator,
    Leaf,
    Node,
    Number,
    Operator,
    Phantom,
    Root,
    Row,
    Scripts,
    Space,
    Stacked,
    Table,
    Tinted,
    VerticalArrow,
    Words,
)

_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200b\u200c\u200d\ufeff\u00ad\u2060")
OVER_BAR, UNDER_BAR = "\u0305", "\u0332"


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
    if isinstance(node, Leaf):
        yield _leaf(node)
    elif isinstance(node, Built):
        yield from _built(node)
    elif isinstance(node, Attached):
        yield from _attached(node)
    elif isinstance(node, Phantom | Drawing):
        return  # what is hidden, and what is only drawn, has no symbols
    elif isinstance(node, Boxed | Tinted):
        yield from _leaves(node.base)
    else:
        assert_never(node)


def _leaf(node: Leaf) -> str:
    match node:
        case Number(text=text):
            return text
        case Identifier(name=name, variant=variant):
            return shown(name, variant)
        case Operator(symbol=symbol) | LargeOperator(symbol=symbol):
            return symbol
        case Function(name=name):
            return name
        case Space() | Bloc():
            return ""
        case _:
            assert_never(node)


def _built(node: Built) -> Iterator[str]:
    match node:
        case Row(children=children):
            yield from _all(*children)
        case Fraction(num=num, den=den):
            yield from _all(num, den)
        case Root(radicand=radicand, index=index):
            yield from _all(radicand, index)
        case Delimited(open=opening, close=closing, parts=parts, middles=middles):
            yield opening
            for at, part in enumerate(parts):
                yield from _leaves(part)
                yield middles[at] if at < len(middles) else ""
            yield closing
        case Table():
            opening, closing = delimiters(node)
            yield opening
            yield from _all(*(cell for row in cells(node) for cell in row))
            yield closing
        case Words(parts=parts):
            for words in parts:
                yield from (words,) if isinstance(words, str) else _leaves(words)
        case _:
            assert_never(node)


def _attached(node: Attached) -> Iterator[str]:
    match node:
        case Scripts(base=base, sub=sub, sup=sup):
            yield from _all(base, sub, sup)
        case Stacked(base=base, above=above, below=below):
            yield from _all(base, below, above)
        case Accent(base=base, mark=mark):
            yield from _all(base)
            yield mark
        case Bar(base=base, above=above):
            yield from _all(base)
            yield OVER_BAR if above else UNDER_BAR
        case Brace(base=base, above=above, bracket=bracket, label=label):
            yield from _all(base)
            yield BRACES[above, bracket]
            yield from _all(label)
        case Arrow(symbol=symbol, above=above, below=below):
            yield symbol
            yield from _all(below, above)
        case VerticalArrow(symbol=symbol, left=left, right=right):
            yield from _all(left)
            yield symbol
            yield from _all(right)
        case _:
            assert_never(node)


def symbols_of_mathml(math: etree._Element) -> tuple[str, ...]:
    """Return the leaf symbols of a MathML element; annotations and phantoms are no symbols."""
    found: list[str] = []
    _gather(math, found)
    return tuple(_visible("".join(found)))


_LEAVES = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_UNSEEN = frozenset({"annotation", "annotation-xml", "mphantom", "mspace"})


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _gather(element: etree._Element, found: list[str]) -> None:
    """Add what the leaves of MathML say."""
    tag = element.tag
    if not isinstance(tag, str):
        return  # an instruction says nothing to readers
    name = _local(tag)
    if name in _UNSEEN or element.get("class") == "drawn":
        return
    if name in _LEAVES:
        found.append(element.text or "")
    elif name in ("mover", "munder") and len(element) == 2 and _is_accent(element, name):
        _gather(element[0], found)
        found.append(_mark_of(element[1], name))
    else:
        for child in element:
            _gather(child, found)


def _is_accent(element: etree._Element, name: str) -> bool:
    return element.get("accent" if name == "mover" else "accentunder") == "true"


def _mark_of(operator: etree._Element, name: str) -> str:
    """Return the combining mark that an accent's sign stands for."""
    found = operator.text or ""
    if found in ("‾", "_"):
        return OVER_BAR if name == "mover" else UNDER_BAR
    return COMBINING_MARKS.get(found, found)


_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_IN_ORDER = {
    "rad": ("e", "deg"),
    "sPre": ("sub", "sup", "e"),
    "sSub": ("e", "sub"),
    "sSup": ("e", "sup"),
    "sSubSup": ("e", "sub", "sup"),
    "limUpp": ("e", "lim"),
    "limLow": ("e", "lim"),
}


def symbols_of_omml(math: etree._Element) -> tuple[str, ...]:
    """Return the leaf symbols of an m:oMath (or m:oMathPara) element."""
    found: list[str] = []
    _gather_omml(math, found)
    return tuple(_visible("".join(found)))


def _value(element: etree._Element, path: str, default: str) -> str:
    """Return the m:val of a property, or what the standard says where it isn't there."""
    found = element.find(path.replace("m:", _M))
    return default if found is None else found.get(f"{_M}val", "")


def _gather_children(element: etree._Element, found: list[str], *names: str) -> None:
    for name in names:
        for child in element.findall(f"{_M}{name}"):
            _gather_omml(child, found)


def _gather_omml(element: etree._Element, found: list[str]) -> None:
    """Add what the leaves of OMML say."""
    name = str(element.tag).rpartition("}")[2]
    match name:
        case "t":
            found.append(element.text or "")
        case "nary":
            found.append(_value(element, "m:naryPr/m:chr", "∫"))
            _gather_children(element, found, "sub", "sup", "e")
        case "d":
            _gather_delimited(element, found)
        case "acc":
            _gather_children(element, found, "e")
            found.append(_value(element, "m:accPr/m:chr", "\u0302"))
        case "bar":
            _gather_children(element, found, "e")
            found.append(OVER_BAR if _value(element, "m:barPr/m:pos", "bot") == "top" else UNDER_BAR)
        case "groupChr":
            _gather_children(element, found, "e")
            found.append(_value(element, "m:groupChrPr/m:chr", "⏟"))
        case "phant" if _value(element, "m:phantPr/m:show", "1") in ("0", "off"):
            return
        case _ if name in _IN_ORDER:
            _gather_children(element, found, *_IN_ORDER[name])
        case _:
            for child in element:
                if isinstance(child.tag, str) and not child.tag.endswith("Pr"):
                    _gather_omml(child, found)


def _gather_delimited(element: etree._Element, found: list[str]) -> None:
    found.append(_value(element, "m:dPr/m:begChr", "("))
    separator = _value(element, "m:dPr/m:sepChr", "|")
    for at, part in enumerate(element.findall(f"{_M}e")):
        if at:
            found.append(separator)
        _gather_omml(part, found)
    found.append(_value(element, "m:dPr/m:endChr", ")"))

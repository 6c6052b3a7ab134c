"""From the parser's JSON to the typed tree. Total: a kind that isn't known here is our mistake, and an assertion."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from mathbook.formula.colours import hexadecimal
from mathbook.formula.letters import COMBINING_MARKS
from mathbook.formula.tree import (
    Accent,
    Arrow,
    ArrowDiagram,
    Bar,
    Bloc,
    Brace,
    Canceled,
    Chemistry,
    Classed,
    Colored,
    Delimited,
    DiagramArrow,
    Fraction,
    Framed,
    Function,
    Identifier,
    LargeOperator,
    Line,
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
    Unit,
    VerticalArrow,
    Words,
    Written,
)

Json = Mapping[str, Any]
_PRIVATE = "[\ue000-\uf8ff]"
"""By these the parser remembers fonts within text, which `lettering` has put into the letters."""
_ENDLESS = 1 << 32
"""Columns from which on a rule goes to the end: the parser says so by its largest number."""


def node_from(json: Json) -> Node:
    """Return the typed node. A row of one is that one."""
    kind = json["type"]
    assert kind in _READERS, f"the parser gave a node of the unknown kind {kind!r}"
    return _READERS[kind](json)


def _maybe(json: Json, key: str) -> Node | None:
    return node_from(json[key]) if json.get(key) else None


def _row(json: Json) -> Node:
    children = _whole_numbers(tuple(node_from(child) for child in json["children"]))
    return children[0] if len(children) == 1 else Row(children)


def _whole_numbers(children: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return the children with neighbouring digits of one font (`lettering`) as one number."""
    made: list[Node] = []
    for child in children:
        last = made[-1] if made else None
        if isinstance(last, Number) and isinstance(child, Number) and not (last.text + child.text).isascii():
            made[-1] = Number(last.text + child.text)
        else:
            made.append(child)
    return tuple(made)


def _number(json: Json) -> Node:
    value, thousands = json["value"], json.get("thousands")
    if json.get("group"):
        return Number(_grouped(value))
    if not thousands:
        return Number(value)
    whole, point, rest = value.partition(".")
    separated = f"{int(whole):,}".replace(",", thousands) if whole.isdigit() else whole
    return Number(separated + point + rest)


def _grouped(value: str) -> str:
    """Return digits in groups of three, as siunitx sets them: from five digits on, with thin spaces."""
    whole, point, rest = value.partition(".")
    if len(whole) > 4 and whole.isdigit():
        whole = f"{int(whole):,}".replace(",", "\u2009")
    if len(rest) > 4:
        rest = "\u2009".join(rest[at : at + 3] for at in range(0, len(rest), 3))
    return whole + point + rest


def _identifier(json: Json) -> Node:
    return Identifier(json["name"], json.get("variant", ""))


def _operator(json: Json) -> Node:
    symbol, cls = json["symbol"], json["class"]
    if cls == "ord" and unicodedata.category(symbol[0]) == "Nd":
        return Number(symbol)
    return Operator(symbol, cls, json.get("size", 0))


def _large_operator(json: Json) -> Node:
    return LargeOperator(json["symbol"], json.get("limits"))


def _function(json: Json) -> Node:
    return Function(json["name"], json.get("limits", False))


def _fraction(json: Json) -> Node:
    return Fraction(node_from(json["num"]), node_from(json["den"]), json.get("rule", True), json.get("style", ""))


def _root(json: Json) -> Node:
    return Root(node_from(json["radicand"]), _maybe(json, "index"))


def _scripts(json: Json) -> Node:
    return Scripts(node_from(json["base"]), _maybe(json, "sub"), _maybe(json, "sup"))


def _delimited(json: Json) -> Node:
    parts = tuple(node_from(part) for part in json["parts"])
    return Delimited(json.get("open") or "", json.get("close") or "", parts, tuple(json.get("middles", ())))


def _table(json: Json) -> Node:
    return Table(
        rows=_cells(json["rows"]),
        shape=json["shape"],
        columns=tuple(json.get("columns", ())),
        verticals=tuple(json.get("verticals", ())),
        horizontals=tuple(_line(line) for line in json.get("horizontals", ())),
        between=tuple((column, node_from(node)) for column, node in json.get("between", ())),
        intertexts=tuple(json.get("intertexts", ())),
    )


def _cells(rows: list[list[Json]]) -> tuple[tuple[Node, ...], ...]:
    return tuple(tuple(node_from(cell) for cell in row) for row in rows)


def _line(json: Json) -> Line:
    last = int(json["to"])
    return Line(int(json["row"]), int(json["from"]), last if last < _ENDLESS else None)


def _accent(json: Json) -> Node:
    accent: str = json["accent"]
    mark = COMBINING_MARKS.get(accent, accent)
    return Accent(node_from(json["base"]), mark, json.get("stretchy", False), json.get("below", False))


def _bar(json: Json) -> Node:
    return Bar(node_from(json["base"]), json["above"])


def _brace(json: Json) -> Node:
    return Brace(node_from(json["base"]), json["above"], _maybe(json, "label"), json.get("bracket", False))


def _words(json: Json) -> Node:
    return Words(tuple(_part(part) for part in json["parts"]))


def _part(json: Json) -> str | Node:
    value = json["value"]
    return re.sub(_PRIVATE, "", value) if isinstance(value, str) else node_from(value)


def _space(json: Json) -> Node:
    return Space(float(json["em"]))


def _framed(json: Json) -> Node:
    background, border = (hexadecimal(json[key]) if json.get(key) else "" for key in ("background", "border"))
    return Framed(node_from(json["base"]), json.get("shape", "box"), background, border)


def _arrow(json: Json) -> Node:
    return Arrow(json["symbol"], _maybe(json, "above"), _maybe(json, "below"))


def _stacked(json: Json) -> Node:
    return Stacked(node_from(json["base"]), _maybe(json, "above"), _maybe(json, "below"))


def _canceled(json: Json) -> Node:
    return Canceled(node_from(json["base"]), json.get("shape", "bar"))


def _phantom(json: Json) -> Node:
    return Phantom(node_from(json["base"]), json.get("width", True), json.get("height", True))


def _colored(json: Json) -> Node:
    return Colored(node_from(json["base"]), hexadecimal(json["color"]))


def _style(json: Json) -> Node:
    return Styled(node_from(json["base"]), int(json["level"]))


def _classed(json: Json) -> Node:
    """Return a base of a forced class; a sign takes the class itself, and a name that operates is a function."""
    base, cls = node_from(json["base"]), json["class"]
    if cls == "op" and isinstance(base, Words) and all(isinstance(part, str) for part in base.parts):
        return Function("".join(map(str, base.parts)).strip(), limits=True)
    if isinstance(base, Operator) and not base.size and cls != "op":
        return Operator(base.symbol, cls)
    return Classed(base, cls)


def _raised(json: Json) -> Node:
    return Raised(node_from(json["base"]), float(json["em"]))


def _scaled(json: Json) -> Node:
    return Scaled(node_from(json["base"]), float(json["factor"]))


def _smashed(json: Json) -> Node:
    return Smashed(node_from(json["base"]), json.get("height", True), json.get("depth", True))


def _overlapped(json: Json) -> Node:
    return Overlapped(node_from(json["base"]), json["side"])


def _multicolumn(json: Json) -> Node:
    return Multicolumn(node_from(json["base"]), int(json["columns"]), json["alignment"])


def _unit(json: Json) -> Node:
    return Unit(node_from(json["base"]), json.get("name", ""))


def _quantity(json: Json) -> Node:
    return Quantity(node_from(json["unit"]))


def _bloc(json: Json) -> Node:
    return Bloc(float(json["width"]), float(json["height"]), float(json.get("raise", 0)))


def _vertical_arrow(json: Json) -> Node:
    return VerticalArrow(json["symbol"], _maybe(json, "left"), _maybe(json, "right"))


def _arrow_diagram(json: Json) -> Node:
    return ArrowDiagram(_cells(json["cells"]), tuple(_diagram_arrow(arrow) for arrow in json["arrows"]))


def _diagram_arrow(json: Json) -> DiagramArrow:
    (top, left), (bottom, right) = json["from"], json["to"]
    labels = tuple(node_from(label["node"]) for label in json.get("labels", ()))
    return DiagramArrow((top, left), (bottom, right), labels)


def _long_division(json: Json) -> Node:
    return Written("÷", (json["dividend"], json["divisor"]))


def _column_arithmetic(json: Json) -> Node:
    return Written(json["operation"], tuple(json["terms"]))


def _chemistry(_json: Json) -> Node:
    return Chemistry()


_READERS: dict[str, Callable[[Json], Node]] = {
    "row": _row,
    "number": _number,
    "identifier": _identifier,
    "operator": _operator,
    "fixed-delimiter": _operator,
    "large-operator": _large_operator,
    "function": _function,
    "fraction": _fraction,
    "root": _root,
    "scripts": _scripts,
    "delimited": _delimited,
    "table": _table,
    "accent": _accent,
    "bar": _bar,
    "brace": _brace,
    "text": _words,
    "space": _space,
    "framed": _framed,
    "arrow": _arrow,
    "stacked": _stacked,
    "canceled": _canceled,
    "phantom": _phantom,
    "colored": _colored,
    "style": _style,
    "forced-class": _classed,
    "raised": _raised,
    "scaled": _scaled,
    "smashed": _smashed,
    "overlapped": _overlapped,
    "multicolumn": _multicolumn,
    "unit": _unit,
    "quantity": _quantity,
    "rule": _bloc,
    "vertical-arrow": _vertical_arrow,
    "arrow-diagram": _arrow_diagram,
    "chemistry": _chemistry,
    "scheme": _chemistry,
    "long-division": _long_division,
    "column-arithmetic": _column_arithmetic,
}

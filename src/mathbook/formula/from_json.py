"""From the parser's JSON to the typed tree. Total: a kind that isn't known here is our mistake, and an assertion."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mathbook.formula.letters import COMBINING_MARKS
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

Json = Mapping[str, Any]


def node_from(json: Json) -> Node:
    """Return the typed node. A row of one is that one."""
    kind = json["type"]
    assert kind in _READERS, f"the parser gave a node of the unknown kind {kind!r}"
    return _READERS[kind](json)


def _maybe(json: Json, key: str) -> Node | None:
    return node_from(json[key]) if json.get(key) else None


def _row(json: Json) -> Node:
    children = tuple(node_from(child) for child in json["children"])
    return children[0] if len(children) == 1 else Row(children)


def _number(json: Json) -> Node:
    value, thousands = json["value"], json.get("thousands")
    if not thousands:
        return Number(value)
    whole, point, rest = value.partition(".")
    grouped = f"{int(whole):,}".replace(",", thousands) if whole.isdigit() else whole
    return Number(grouped + point + rest)


def _identifier(json: Json) -> Node:
    return Identifier(json["name"], json.get("variant", ""))


def _operator(json: Json) -> Node:
    return Operator(json["symbol"], json["class"], json.get("size", 0))


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
    rows = tuple(tuple(node_from(cell) for cell in row) for row in json["rows"])
    ruled = bool(json.get("verticals") or json.get("horizontals"))
    return Table(rows, json["shape"], tuple(json.get("columns", ())), ruled)


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
    return value if isinstance(value, str) else node_from(value)


def _space(json: Json) -> Node:
    return Space(float(json["em"]))


def _framed(json: Json) -> Node:
    return Framed(node_from(json["base"]), json.get("background") or "", json.get("shape") == "fill")


def _arrow(json: Json) -> Node:
    return Arrow(json["symbol"], _maybe(json, "above"), _maybe(json, "below"))


def _stacked(json: Json) -> Node:
    return Stacked(node_from(json["base"]), _maybe(json, "above"), _maybe(json, "below"))


def _canceled(json: Json) -> Node:
    return Canceled(node_from(json["base"]), json.get("shape", "bar"))


def _phantom(json: Json) -> Node:
    return Phantom(node_from(json["base"]), json.get("width", True), json.get("height", True))


def _colored(json: Json) -> Node:
    return Colored(node_from(json["base"]), json["color"])


def _style(json: Json) -> Node:
    return Styled(node_from(json["base"]), int(json["level"]))


def _forced_class(json: Json) -> Node:
    return Shaped(node_from(json["base"]), "class", cls=json["class"])


def _raised(json: Json) -> Node:
    return Shaped(node_from(json["base"]), "raised", float(json["em"]))


def _scaled(json: Json) -> Node:
    return Shaped(node_from(json["base"]), "scaled", float(json["factor"]))


def _smashed(json: Json) -> Node:
    return Shaped(node_from(json["base"]), "smashed")


def _overlapped(json: Json) -> Node:
    return Shaped(node_from(json["base"]), "overlapped")


def _base(json: Json) -> Node:
    return node_from(json["base"])


def _quantity(json: Json) -> Node:
    return node_from(json["unit"])


def _bloc(json: Json) -> Node:
    return Bloc(float(json["width"]), float(json["height"]), float(json.get("raise", 0)))


def _drawn(json: Json) -> Node:
    return Drawn(json["type"])


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
    "forced-class": _forced_class,
    "raised": _raised,
    "scaled": _scaled,
    "smashed": _smashed,
    "overlapped": _overlapped,
    "multicolumn": _base,
    "unit": _base,
    "quantity": _quantity,
    "rule": _bloc,
    "vertical-arrow": _drawn,
    "arrow-diagram": _drawn,
    "chemistry": _drawn,
    "scheme": _drawn,
    "long-division": _drawn,
    "column-arithmetic": _drawn,
}

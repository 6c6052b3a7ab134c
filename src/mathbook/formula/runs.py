"""Simple formulas as runs of ordinary text: letters, numbers, signs, and one level of sub- and superscripts.

Every program shows such runs, and four of five formulas in a line are of this kind. `readable` has runs for the others.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

from mathbook.formula.parse import ParsedFormula
from mathbook.formula.tree import (
    Function,
    Identifier,
    Node,
    Number,
    Operator,
    Quantity,
    Row,
    Scripts,
    Space,
    Unit,
    Words,
)
from mathbook.frozen import frozen

Baseline = Literal[-1, 0, 1]

_SIGNS = frozenset("=+−±×·/<>≤≥≠≈→∞∂∇…,.:;()[]{}|!′°%∈∉⋅∗∘")
_GREEK = ("Α", "ω")


@frozen
class Run:
    """Text of one look; `baseline` is 1 for a superscript, -1 for a subscript."""

    text: str
    italic: bool = False
    bold: bool = False
    baseline: Baseline = 0


class NotSimple(Exception):
    """The formula has something that such runs can't show."""


def simple_runs(parsed: ParsedFormula) -> tuple[Run, ...] | None:
    """Return the formula as runs, or None if it isn't a simple one."""
    try:
        return merged(_runs(parsed.tree, 0, first=True))
    except NotSimple:
        return None


def _runs(node: Node, baseline: Baseline, *, first: bool = False) -> Iterator[Run]:
    match node:
        case Number(text=text):
            yield digits(text, baseline)
        case Identifier():
            yield letter(node, baseline)
        case Operator(symbol=symbol, size=0) if symbol in _SIGNS:
            yield Run(symbol if first or baseline else spaced(node), baseline=baseline)
        case Function(name=name, limits=False):
            yield Run(name, baseline=baseline)
        case Words(parts=parts) if all(_is_plain(part) for part in parts):
            yield Run("".join(str(part) for part in parts), baseline=baseline)
        case Quantity(base=base) | Unit(base=base):
            yield from _runs(base, baseline, first=first)
        case Space(em=em) if em >= 0:
            yield Run(" " if em >= 0.2 else "\u2009" if em else "", baseline=baseline)
        case Row(children=children):
            yield from _row(children, baseline)
        case Scripts(base=base, sub=sub, sup=sup) if baseline == 0:
            yield from _runs(base, 0, first=True)
            yield from _runs(sub, -1) if sub is not None else ()
            # a prime is a raised sign already
            yield from _runs(sup, 0 if is_prime(sup) else 1) if sup is not None else ()
        case _:
            raise NotSimple


def _row(children: tuple[Node, ...], baseline: Baseline) -> Iterator[Run]:
    for at, child in enumerate(children):
        before = children[at - 1] if at else None
        unary = begins_operand(before)
        yield from _runs(child, baseline, first=unary)
        if isinstance(child, Function) and at + 1 < len(children) and not isinstance(children[at + 1], Operator):
            yield Run("\u2009", baseline=baseline)


def is_prime(script: Node) -> bool:
    """Return whether a superscript is primes and nothing else."""
    return isinstance(script, Operator) and set(script.symbol) <= set("′″‴⁗")


def begins_operand(before: Node | None) -> bool:
    """Return whether a sign that follows this node is an operand's own, as in -x."""
    return before is None or (isinstance(before, Operator) and before.cls not in ("close", "ord"))


def _is_plain(part: str | Node) -> bool:
    return isinstance(part, str) and all(char <= "\uffff" for char in part)


def digits(text: str, baseline: Baseline) -> Run:
    """Return a number; bold digits are bold text, those of other fonts are none that text has."""
    plain = unicodedata.normalize("NFKC", text)
    bold = text != plain and all("𝟎" <= char <= "𝟗" for char in text)
    if not bold and any(char > "\uffff" for char in text):
        raise NotSimple
    return Run(plain if bold else text, bold=bold, baseline=baseline)


def letter(node: Identifier, baseline: Baseline) -> Run:
    """Return a letter of ordinary text. Raises NotSimple for letters of other alphabets."""
    ordinary = all(char.isascii() or _GREEK[0] <= char <= _GREEK[1] for char in node.name)
    if not ordinary or node.variant not in ("", "italic", "upright", "bold", "bold-italic"):
        raise NotSimple
    capital_greek = "Α" <= node.name[:1] <= "Ω"
    italic = node.variant in ("italic", "bold-italic") or (not node.variant and not capital_greek)
    return Run(node.name, italic=italic, bold=node.variant.startswith("bold"), baseline=baseline)


def spaced(operator: Operator) -> str:
    """Return the sign with the space that goes with its class."""
    match operator.cls:
        case "bin" if operator.symbol not in "/":
            return f"\u2009{operator.symbol}\u2009"
        case "rel":
            return f"\u2009{operator.symbol}\u2009"
        case "punct":
            return f"{operator.symbol}\u2009"
        case _:
            return operator.symbol


def merged(runs: Iterator[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of one look joined."""
    done: list[Run] = []
    for run in runs:
        last = done[-1] if done else None
        if last and (last.italic, last.bold, last.baseline) == (run.italic, run.bold, run.baseline):
            done[-1] = Run(last.text + run.text, run.italic, run.bold, run.baseline)
        elif run.text:
            done.append(run)
    return tuple(done)

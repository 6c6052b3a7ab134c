"""Any formula as runs of text, for programs that know no formulas: scripts raised and lowered, fractions with a stroke.

What it can't say in a line (a matrix, a cancelled term) is told as the parser's linear text.
"""

from __future__ import annotations

from collections.abc import Iterator

from mathbook.formula.letters import shown
from mathbook.formula.parse import ParsedFormula
from mathbook.formula.runs import Baseline, NotSimple, Run, begins_operand, digits, is_prime, letter, merged, spaced
from mathbook.formula.tree import (
    Accent,
    Classed,
    Colored,
    Delimited,
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
    Unit,
    Words,
)

_THIN = "\u2009"


def readable_runs(parsed: ParsedFormula) -> tuple[Run, ...]:
    """Return the formula as runs of text; a simple one as `simple_runs` has it."""
    try:
        return merged(_runs(parsed.tree, 0, first=True))
    except NotSimple:
        return (Run(parsed.linear),)


def _runs(node: Node, baseline: Baseline, *, first: bool = False) -> Iterator[Run]:
    if isinstance(node, Leaf):
        yield _leaf(node, baseline, first=first)
        return
    match node:
        case Row(children=children):
            yield from _row(children, baseline)
        case Words(parts=parts):
            for part in parts:
                yield from (Run(part, baseline=baseline),) if isinstance(part, str) else _runs(part, baseline)
        case Fraction(num=num, den=den, ruled=True):
            yield from (*_operand(num, baseline), Run("/", baseline=baseline), *_operand(den, baseline))
        case Root(radicand=radicand, index=index):
            yield from _runs(index, 1) if index is not None else ()
            yield from (Run("√", baseline=baseline), *_operand(radicand, baseline))
        case Delimited():
            yield from _delimited(node, baseline)
        case Scripts(base=base, sub=sub, sup=sup) | Stacked(base=base, below=sub, above=sup):
            yield from _scripts(base, sub, sup, baseline)
        case Accent(base=Identifier() as base, mark=mark, below=False):
            yield Run(shown(base.name, base.variant) + mark, italic=not base.variant, baseline=baseline)
        case Framed(base=base) | Raised(base=base) | Scaled(base=base) | Smashed(base=base) | Classed(base=base):
            yield from _runs(base, baseline, first=first)
        case Colored(base=base) | Styled(base=base) | Multicolumn(base=base) | Unit(base=base) | Quantity(base=base):
            yield from _runs(base, baseline, first=first)
        case _:
            raise NotSimple


def _leaf(node: Leaf, baseline: Baseline, *, first: bool) -> Run:
    match node:
        case Number(text=text):
            return digits(text, baseline)
        case Identifier(name=name, variant=variant):
            try:
                return letter(node, baseline)
            except NotSimple:
                return Run(shown(name, variant), baseline=baseline)
        case Operator(symbol=symbol):
            return Run(symbol if first or baseline else spaced(node), baseline=baseline)
        case LargeOperator(symbol=symbol):
            return Run(symbol, baseline=baseline)
        case Function(name=name):
            return Run(name, baseline=baseline)
        case Space(em=em):
            return Run(" " if em >= 0.2 else _THIN if em > 0 else "", baseline=baseline)
        case _:
            raise NotSimple


def _row(children: tuple[Node, ...], baseline: Baseline) -> Iterator[Run]:
    """Yield the runs of a row: a fraction between factors stands in brackets, names and sums are set apart."""
    for at, child in enumerate(children):
        before = children[at - 1] if at else None
        after = children[at + 1] if at + 1 < len(children) else None
        factor = _multiplies(before, closes=True) or _multiplies(after, closes=False)
        made = _runs(child, baseline, first=begins_operand(before))
        yield from _bracketed(made, baseline) if isinstance(child, Fraction) and factor else made
        if _is_name(child) and after is not None and not _stands_close(after):
            yield Run(_THIN, baseline=baseline)


def _multiplies(node: Node | None, *, closes: bool) -> bool:
    """Return whether what stands beside a fraction is a factor: no sign, no space, and no outer bracket."""
    if node is None or isinstance(node, Space | LargeOperator | Function) or (closes and _is_name(node)):
        return False
    return not isinstance(node, Operator) or node.cls == ("close" if closes else "open")


def _stands_close(node: Node) -> bool:
    """Return whether the node needs no room behind a name: it is a sign, a bracket, or room itself."""
    return isinstance(node, Operator | Space) or (isinstance(node, Delimited) and bool(node.open))


def _is_name(node: Node) -> bool:
    """Return whether the node is a function's name or a sum's sign, with its scripts or without."""
    base = node.base if isinstance(node, Scripts | Stacked) else node
    return isinstance(base, Function | LargeOperator)


def _scripts(base: Node, sub: Node | None, sup: Node | None, baseline: Baseline) -> Iterator[Run]:
    """Yield the base and its scripts. There is one level of them: a script's own are told by _ and ^."""
    yield from (
        _bracketed(_runs(base, baseline), baseline) if isinstance(base, Fraction) else _runs(base, baseline, first=True)
    )
    for script, level, sign in ((sub, -1, "_"), (sup, 1, "^")):
        if script is None:
            continue
        if is_prime(script):
            yield from _runs(script, baseline)
        elif baseline == 0:
            yield from _runs(script, 1 if level > 0 else -1)
        else:
            yield from (Run(sign, baseline=baseline), *_operand(script, baseline))


def _operand(node: Node, baseline: Baseline) -> Iterator[Run]:
    """Yield the node's runs, in brackets if it has several parts that could be taken apart."""
    made = tuple(_runs(node, baseline, first=True))
    yield from made if _holds_together(node) else _bracketed(iter(made), baseline)


def _holds_together(node: Node) -> bool:
    match node:
        case Row(children=()):
            return True
        case Row(children=(child,)):
            return _holds_together(child)
        case Row(children=children):
            # 10 and ab under a stroke are numbers and products; f(x) and a+b aren't
            return all(isinstance(child, Number) for child in children)
        case Scripts(base=base):
            return _holds_together(base)
        case Words(parts=parts):
            return len(parts) == 1 and isinstance(parts[0], str) and " " not in parts[0]
        case Fraction():
            return False
        case _:
            return True


def _bracketed(runs: Iterator[Run], baseline: Baseline) -> Iterator[Run]:
    yield Run("(", baseline=baseline)
    yield from runs
    yield Run(")", baseline=baseline)


def _delimited(node: Delimited, baseline: Baseline) -> Iterator[Run]:
    yield Run(node.open, baseline=baseline)
    for at, part in enumerate(node.parts):
        yield from _runs(part, baseline, first=True)
        if at < len(node.middles):
            middle = node.middles[at]
            yield Run(f"{_THIN}{middle}{_THIN}" if baseline == 0 else middle, baseline=baseline)
    yield Run(node.close, baseline=baseline)

"""Formulas that show nothing: `5$\\,$km` is a way to write a space, and no formula that anybody hears of."""

from __future__ import annotations

from mathbook.formula.parse import ParsedFormula
from mathbook.formula.tree import Classed, Colored, Node, Phantom, Row, Space, Styled, Words

_NARROW, _WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def blank_of(parsed: ParsedFormula) -> str | None:
    """Return the space that the formula is, which may be none at all; None if it shows something."""
    if not _shows_nothing(parsed.tree):
        return None
    return "" if parsed.width <= 0 else _NARROW if parsed.width < 0.25 else _WIDE


def _shows_nothing(node: Node) -> bool:
    match node:
        case Row(children=children):
            return all(_shows_nothing(child) for child in children)
        case Words(parts=parts):
            return all(not part.strip() if isinstance(part, str) else _shows_nothing(part) for part in parts)
        case Colored(base=base) | Styled(base=base) | Classed(base=base):
            return _shows_nothing(base)
        case _:
            return isinstance(node, Space | Phantom)

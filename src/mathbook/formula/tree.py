"""The typed tree of a formula: a node kind for each that the parser can give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """Digits, as they are shown."""

    text: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """A letter. `variant` is empty for the usual (italic) one: upright, bold, double-struck, calligraphic, …"""

    name: str
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Operator:
    """A sign with its TeX class: ord, bin, rel, open, close, punct, inner. A `size` of 1 to 4 is \\big to \\Bigg."""

    symbol: str
    cls: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class LargeOperator:
    """A sum, an integral. `limits` says where its limits stand; None leaves it to the style."""

    symbol: str
    limits: bool | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A function's name; with `limits` what is under it stands below (lim, max)."""

    name: str
    limits: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes one after the other."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction; without its rule it is what a binomial holds. `style` forces display or text size."""

    num: Node
    den: Node
    ruled: bool = True
    style: str = ""


@dataclass(frozen=True, slots=True)
class Root:
    """A root, with its index if it isn't the square root."""

    radicand: Node
    index: Node | None = None


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with what stands below and above to its right."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None


@dataclass(frozen=True, slots=True)
class Delimited:
    """\\left … \\middle … \\right: parts between delimiters that grow. An empty delimiter is not shown."""

    open: str
    close: str
    parts: tuple[Node, ...]
    middles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells: a matrix, cases, aligned lines. `shape` is the parser's name; `columns` are l, c, r."""

    rows: tuple[tuple[Node, ...], ...]
    shape: str
    columns: tuple[str, ...] = ()
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Accent:
    """A base under (or over) an accent, given as a combining character."""

    base: Node
    mark: str
    stretchy: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A line over or under the base."""

    base: Node
    above: bool


@dataclass(frozen=True, slots=True)
class Brace:
    """A brace (or bracket) over or under the base, and its label."""

    base: Node
    above: bool
    label: Node | None = None
    bracket: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """\\text: words, and formulas between them."""

    parts: tuple[str | Node, ...]


@dataclass(frozen=True, slots=True)
class Space:
    """A space of so many em; it may be negative."""

    em: float


@dataclass(frozen=True, slots=True)
class Framed:
    """A box around the base, or (`filled`) a ground of a colour behind it."""

    base: Node
    background: str = ""
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow as long as what stands above and below it."""

    symbol: str
    above: Node | None = None
    below: Node | None = None


@dataclass(frozen=True, slots=True)
class Stacked:
    """A base with something smaller above or below it."""

    base: Node
    above: Node | None = None
    below: Node | None = None


@dataclass(frozen=True, slots=True)
class Canceled:
    """A base that is struck out: `shape` is bar (rising), backslash (falling), x, or horizontal."""

    base: Node
    shape: str


@dataclass(frozen=True, slots=True)
class Phantom:
    """The room that the base would take, without the base."""

    base: Node
    width: bool = True
    height: bool = True


@dataclass(frozen=True, slots=True)
class Colored:
    """A base in a colour."""

    base: Node
    color: str


@dataclass(frozen=True, slots=True)
class Styled:
    """A base in display style (0), text style (1), script (2) or scriptscript (3)."""

    base: Node
    level: int


@dataclass(frozen=True, slots=True)
class Shaped:
    """A base whose box is changed: raised by so many em, smashed, overlapped, scaled, or of a forced TeX class."""

    base: Node
    how: str
    amount: float = 0.0
    cls: str = ""


@dataclass(frozen=True, slots=True)
class Bloc:
    """\\rule: a black box, in em."""

    width: float
    height: float
    rise: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """What only a drawing shows: chemical structures, diagrams with arrows, long division."""

    kind: str


Node: TypeAlias = (
    Number
    | Identifier
    | Operator
    | LargeOperator
    | Function
    | Row
    | Fraction
    | Root
    | Scripts
    | Delimited
    | Table
    | Accent
    | Bar
    | Brace
    | Words
    | Space
    | Framed
    | Arrow
    | Stacked
    | Canceled
    | Phantom
    | Colored
    | Styled
    | Shaped
    | Bloc
    | Drawn
)

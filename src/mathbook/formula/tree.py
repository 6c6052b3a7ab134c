"""The typed tree of a formula: a node kind for each that the parser can give."""

from __future__ import annotations

from typing import Literal, TypeAlias

from mathbook.frozen import frozen


@frozen
class Number:
    """Digits, as they are shown."""

    text: str


@frozen
class Identifier:
    """A letter. `variant` is empty for the usual (italic) one: upright, bold, double-struck, calligraphic, …"""

    name: str
    variant: str = ""


@frozen
class Operator:
    """A sign with its TeX class: ord, bin, rel, open, close, punct, inner. A `size` of 1 to 4 is \\big to \\Bigg."""

    symbol: str
    cls: str
    size: int = 0


@frozen
class LargeOperator:
    """A sum, an integral. `limits` says where its limits stand; None leaves it to the style."""

    symbol: str
    limits: bool | None = None


@frozen
class Function:
    """A function's name; with `limits` what is under it stands below (lim, max)."""

    name: str
    limits: bool = False


@frozen
class Row:
    """Nodes one after the other."""

    children: tuple[Node, ...]


@frozen
class Fraction:
    """A fraction; without its rule it is what a binomial holds. `style` forces display or text size."""

    num: Node
    den: Node
    ruled: bool = True
    style: str = ""


@frozen
class Root:
    """A root, with its index if it isn't the square root."""

    radicand: Node
    index: Node | None = None


@frozen
class Scripts:
    """A base with what stands below and above to its right."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None


@frozen
class Delimited:
    """\\left … \\middle … \\right: parts between delimiters that grow. An empty delimiter is not shown."""

    open: str
    close: str
    parts: tuple[Node, ...]
    middles: tuple[str, ...] = ()


@frozen
class Line:
    """A horizontal rule of a table: above row `row`, from column `first` to column `last` (None: to the end)."""

    row: int
    first: int = 0
    last: int | None = None


@frozen
class Table:
    """Rows of cells: a matrix, cases, aligned lines. `shape` is the parser's name; `columns` are l, c, r.

    `verticals` are the columns before which a rule stands, `between` what stands before a column (`@{…}`),
    `intertexts` the rows that are a line of words across all columns.
    """

    rows: tuple[tuple[Node, ...], ...]
    shape: str
    columns: tuple[str, ...] = ()
    verticals: tuple[int, ...] = ()
    horizontals: tuple[Line, ...] = ()
    between: tuple[tuple[int, Node], ...] = ()
    intertexts: tuple[int, ...] = ()

    @property
    def ruled(self) -> bool:
        """Whether it has rules."""
        return bool(self.verticals or self.horizontals)


@frozen
class Accent:
    """A base under (or over) an accent, given as a combining character."""

    base: Node
    mark: str
    stretchy: bool = False
    below: bool = False


@frozen
class Bar:
    """A line over or under the base."""

    base: Node
    above: bool


@frozen
class Brace:
    """A brace (or bracket) over or under the base, and its label."""

    base: Node
    above: bool
    label: Node | None = None
    bracket: bool = False


@frozen
class Words:
    """\\text: words, and formulas between them."""

    parts: tuple[str | Node, ...]


@frozen
class Space:
    """A space of so many em; it may be negative."""

    em: float


@frozen
class Framed:
    """A base in a frame (`shape` is box or circle), or on a ground without one (fill); colours are #rrggbb or empty."""

    base: Node
    shape: Literal["box", "circle", "fill"] = "box"
    background: str = ""
    border: str = ""


@frozen
class Arrow:
    """An arrow as long as what stands above and below it."""

    symbol: str
    above: Node | None = None
    below: Node | None = None


@frozen
class Stacked:
    """A base with something smaller above or below it."""

    base: Node
    above: Node | None = None
    below: Node | None = None


@frozen
class Canceled:
    """A base that is struck out: `shape` is bar (rising), backslash (falling) or x."""

    base: Node
    shape: str


@frozen
class Phantom:
    """The room that the base would take, without the base."""

    base: Node
    width: bool = True
    height: bool = True


@frozen
class Colored:
    """A base in a colour, as #rrggbb."""

    base: Node
    color: str


@frozen
class Styled:
    """A base in display style (0), text style (1), script (2) or scriptscript (3)."""

    base: Node
    level: int


@frozen
class Classed:
    """A base that is spaced as if it were of another TeX class (\\mathrel and its sisters): also op."""

    base: Node
    cls: str


@frozen
class Raised:
    """A base lifted by so many em; it may be lowered."""

    base: Node
    em: float


@frozen
class Scaled:
    """A base in another size."""

    base: Node
    factor: float


@frozen
class Smashed:
    """A base whose height or depth, or both, doesn't count."""

    base: Node
    height: bool = True
    depth: bool = True


@frozen
class Overlapped:
    """A base that takes no width: it lies over what is at its left (l), its right (r) or both (c)."""

    base: Node
    side: str


@frozen
class Multicolumn:
    """A cell across columns, with an alignment of its own."""

    base: Node
    columns: int
    alignment: str = "c"


@frozen
class Unit:
    """A unit of measurement's sign, and its name."""

    base: Node
    name: str = ""


@frozen
class Quantity:
    """A number with its unit, as they are shown."""

    base: Node


@frozen
class Bloc:
    """\\rule: a black box, in em."""

    width: float
    height: float
    rise: float = 0.0


@frozen
class VerticalArrow:
    """An arrow of a commutative square, and what stands at its sides."""

    symbol: str
    left: Node | None = None
    right: Node | None = None


@frozen
class DiagramArrow:
    """An arrow from one cell (row, column) of a diagram to another, with its labels."""

    start: tuple[int, int]
    end: tuple[int, int]
    labels: tuple[Node, ...] = ()


@frozen
class ArrowDiagram:
    """A diagram: cells, and arrows between any of them. Only a drawing shows it."""

    cells: tuple[tuple[Node, ...], ...]
    arrows: tuple[DiagramArrow, ...]


@frozen
class Written:
    """A calculation as it is written on paper: its sign and its terms. Only a drawing shows it."""

    operation: str
    terms: tuple[str, ...]


@frozen
class Chemistry:
    """Structures and schemes of chemistry: only a drawing shows them, and nothing of them is kept here."""


Leaf: TypeAlias = Number | Identifier | Operator | LargeOperator | Function | Space | Bloc
"""What has nothing inside."""
Built: TypeAlias = Row | Fraction | Root | Delimited | Table | Words
"""What is built of several parts."""
Attached: TypeAlias = Scripts | Stacked | Accent | Bar | Brace | Arrow | VerticalArrow
"""A base with something above, below or beside it."""
Boxed: TypeAlias = Framed | Canceled | Phantom | Raised | Scaled | Smashed | Overlapped
"""A base whose box or ground is changed."""
Tinted: TypeAlias = Colored | Styled | Classed | Multicolumn | Unit | Quantity
"""A base that inherits, or means, something else."""
Drawing: TypeAlias = ArrowDiagram | Written | Chemistry
"""What only a drawing shows."""
Node: TypeAlias = Leaf | Built | Attached | Boxed | Tinted | Drawing

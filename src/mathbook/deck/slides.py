"""What a slide is made of, before and after its pieces have places. Lengths are in points."""

from __future__ import annotations

from typing import Literal, TypeAlias

from mathbook.document.book import Picture
from mathbook.document.nodes import Alignment, Formula, ListStyle
from mathbook.frozen import frozen

Layout: TypeAlias = str
"""The name of a layout: one of `layouts.LAYOUTS`, or of a template."""
Reveal: TypeAlias = Literal["", "click", "with"]
"""When something appears: with the slide, at a click of its own, or together with what is before it."""


@frozen
class Run:
    """Text of one look, or (with `formula`) a formula in the line, whose `text` is what it reads like. Its `link` is an
    address, or "#" and the id of a unit, on whose first slide it leads.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    strike: bool = False
    underline: bool = False
    small_caps: bool = False
    marked: bool = False
    baseline: Literal[-1, 0, 1] = 0
    colour: str = ""
    link: str = ""
    formula: Formula | None = None


ACROSS = (Run("", link="#across"),)
"""The cell that the one at its left reaches over: it says nothing, and its link is never written."""
DOWN = (Run("", link="#down"),)
"""The cell that the one above it reaches over."""


@frozen
class Para:
    """A paragraph: `level` counts from 0; `mark` is a bullet, a number such as "2.", or nothing. A number that is not
    written in digits has the `style` of its list, and `at` says which it is.
    """

    runs: tuple[Run, ...]
    level: int = 0
    mark: str = ""
    quiet: bool = False
    reveal: Reveal = ""
    style: ListStyle = "decimal"
    at: int = 0

    @property
    def is_numbered(self) -> bool:
        """Whether its mark is a number."""
        return self.at > 0 or self.mark[:1].isdigit()


@frozen
class Words:
    """Paragraphs. In a `boxed` one they stand on a ground of their own."""

    paras: tuple[Para, ...]
    boxed: bool = False


@frozen
class Display:
    """A formula on a line of its own, with its number if it has one."""

    formula: Formula
    number: str = ""
    reveal: Reveal = ""


@frozen
class Shown:
    """A picture with the words that stand for it and its caption."""

    picture: Picture
    alt: str
    caption: Para | None = None
    reveal: Reveal = ""


@frozen
class Grid:
    """A table: its head's rows and its body's, cells of runs; ACROSS and DOWN where a cell reaches over others.

    `shares` are the columns' shares of the width as the author gave them, `columns` their widths once they are known.
    """

    head: tuple[tuple[tuple[Run, ...], ...], ...]
    body: tuple[tuple[tuple[Run, ...], ...], ...]
    alignments: tuple[Alignment, ...]
    caption: Para | None = None
    reveal: Reveal = ""
    columns: tuple[float, ...] = ()
    shares: tuple[float, ...] = ()


@frozen
class Code:
    """Lines of code; each is pieces of (kind, text)."""

    lines: tuple[tuple[tuple[str, str], ...], ...]
    output: bool = False
    reveal: Reveal = ""


Piece: TypeAlias = Words | Display | Shown | Grid | Code


@frozen
class Side:
    """A column of a slide: its share of the width (0 for what the others leave), and its heading, if it has one."""

    pieces: tuple[Piece, ...]
    share: float = 0.0
    head: Para | None = None


@frozen
class Draft:
    """A slide before it is known whether it fits: `aside` is a picture at its right (a QR code). Where there are
    `columns`, the pieces stand above them and `below` under them. `chosen` says that the author named the layout.
    `blocks` are those of the unit that it shows, from and to, `answers` that it shows only their solutions.
    """

    title: str
    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    layout: Layout = "Title and Content"
    aside: Shown | None = None
    columns: tuple[Side, ...] = ()
    below: tuple[Piece, ...] = ()
    chosen: bool = False
    blocks: tuple[int, int] = (0, 0)
    answers: bool = False


@frozen
class Placed:
    """A piece at its place: left, top, width and height, the size of its text, and the column that it belongs to
    (from 0; `is_head` for a column's heading).
    """

    piece: Piece
    left: float
    top: float
    width: float
    height: float
    size: float
    column: int = 0
    is_head: bool = False


@frozen
class Slide:
    """A slide with everything at its place. `title_size` is 0 where the title has its layout's own size."""

    title: str
    placed: tuple[Placed, ...]
    notes: tuple[str, ...]
    layout: Layout
    footer: str = ""
    title_size: float = 0.0
    blocks: tuple[int, int] = (0, 0)
    answers: bool = False

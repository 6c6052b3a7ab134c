"""A passage: what a reader can find of one block, in the edition or in a finished file."""

from __future__ import annotations

from dataclasses import field
from typing import Literal, TypeAlias

from mathbook.frozen import frozen

Role: TypeAlias = Literal[
    "title",
    "heading",
    "paragraph",
    "item",
    "quotation",
    "listing",
    "equation",
    "figure",
    "caption",
    "cell",
    "box",
    "notes",
    "footnote",
    "furniture",
]
"""`furniture` is what stands on a page for no block: running heads, page numbers, drawings, addresses of links."""

FORMULA_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a passage's words where a formula stands."""

NOTE_MARK = "\ue010"
"""Stands in an expected passage's words where print may have the number of a footnote."""

PAGES_MARK = "\ue012"
"""Stands in an expected line of an index where print has the numbers of its pages."""

DIVIDES = "\N{DIVIDES}"
"""In a deck this sign of formulas is the same as a vertical line."""

BENEATH = ", as other programs show it"
"""Ends the place of what a slide holds for other programs; only a deck that no other program has saved tells of it."""


@frozen
class Spot:
    """Where in a file a passage was read: the part (a page's index, a member's name), and the pieces of that part
    (marked contents, the path to an element, a shape's id). It is for those who draw the passage; nothing compares it.
    """

    part: str
    pieces: tuple[str, ...] = ()


@frozen
class Passage:
    """The words, formulas, links and pictures of one block.

    `unit` is the id of its unit, or what the file has in its place, or empty where it doesn't say. `words` has single
    spaces, and `FORMULA_MARK` where a formula stands; each of `formulas` is a formula's leaf symbols in order, joined,
    or in a PDF what it says on one line and its spoken words. `place` is for people: "page 3", "slide 12, notes".
    `level` is a heading's level. What is expected has the identity of its `block`, the `label` that may stand before
    its words ("Figure 4.1"), and for each formula its `readings`: all forms in which the format may show it. It is
    `loose` if its order is free; a `cell` has the number of its table in the unit and of its row. What was found on a
    slide has as `simple` the words of programs that know no formulas in a line, if these are others.
    """

    role: Role
    words: str
    formulas: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    unit: str = ""
    place: str = ""
    level: int = 0
    block: str = ""
    label: str = ""
    readings: tuple[tuple[str, ...], ...] = ()
    loose: bool = False
    cell: tuple[int, int] = (0, 0)
    simple: str = ""
    spot: Spot | None = field(default=None, compare=False)

"""A deck as its words: what each slide says, so that two decks, or a deck and the record inside it, can be compared."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from mathbook.document.book import Audience
from mathbook.frozen import frozen

ShapeKind: TypeAlias = Literal["title", "text", "table", "formula", "picture", "footer", "notes"]
MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands before and behind the LaTeX of a formula in a line."""


@frozen
class Line:
    """A paragraph, a cell, or a picture's alternative text. `plain` is its second face, where it has one.

    That is for words with formulas: as programs show them that know no formula in a line; for a formula alone: its
    symbols; for a picture: the hash of its bytes. `marked` lines have a bullet or a number.
    """

    text: str
    plain: str = ""
    level: int = 0
    marked: bool = False


@frozen
class Shape:
    """What one shape says. `box` is left, top, width and height in EMU, empty where the layout decides."""

    kind: ShapeKind
    lines: tuple[Line, ...]
    box: tuple[int, ...] = ()
    columns: int = 0


@frozen
class TalkSlide:
    """A slide: its shapes in reading order, its notes last; the hash of its XML; how many animations it has."""

    shapes: tuple[Shape, ...]
    digest: str = ""
    effects: int = 0

    @property
    def title(self) -> str:
        """The slide's title."""
        return next((line.text for shape in self.shapes if shape.kind == "title" for line in shape.lines), "")

    @property
    def words(self) -> tuple[str, ...]:
        """All that it says, line by line, but its footer."""
        return tuple(line.text for shape in self.shapes if shape.kind != "footer" for line in shape.lines)


OPENING, CLOSING = "", "#end"
"""The ids, in place of a unit's, of the slides before all units (title, agenda) and behind them."""


@frozen
class TalkUnit:
    """A unit's slides, or those of the opening or the closing."""

    id: str
    title: str
    slides: tuple[TalkSlide, ...]


@frozen
class TalkRecord:
    """A deck as it was written: of which book and edition, for whom, and what its slides said."""

    book: str
    title: str
    edition: str
    date: str
    audience: Audience
    scope: Literal["book", "unit"]
    units: tuple[TalkUnit, ...]

    @property
    def slides(self) -> tuple[tuple[str, TalkSlide], ...]:
        """All slides in order, each with the id of its unit."""
        return tuple((unit.id, slide) for unit in self.units for slide in unit.slides)


def slide_as_data(slide: TalkSlide) -> dict[str, Any]:
    """Return the slide as JSON-ready data."""
    shapes = [
        {"kind": shape.kind, "lines": list(map(_line_as_data, shape.lines)), "box": shape.box, "columns": shape.columns}
        for shape in slide.shapes
    ]
    return {"shapes": shapes, "digest": slide.digest, "effects": slide.effects}


def _line_as_data(line: Line) -> dict[str, Any]:
    return {"text": line.text, "plain": line.plain, "level": line.level, "marked": line.marked}


def slide_from_data(data: dict[str, Any]) -> TalkSlide:
    """Return the slide. Raises KeyError or TypeError if the data is something else."""
    shapes = tuple(
        Shape(shape["kind"], tuple(Line(**line) for line in shape["lines"]), tuple(shape["box"]), shape["columns"])
        for shape in data["shapes"]
    )
    return TalkSlide(shapes, data["digest"], data["effects"])

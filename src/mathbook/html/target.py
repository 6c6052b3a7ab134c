"""What a format tells the writer: whom it writes for, and how formulas, pictures and links are made there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, Protocol

from mathbook.document.book import Audience, FormatName
from mathbook.document.nodes import Block, Footnote, Formula, Image, Inline
from mathbook.document.words import say
from mathbook.frozen import frozen
from mathbook.html.elements import Content, Element


@frozen
class Target:
    """The format's part of the work.

    `formula(formula, display)` returns a new element each time. `picture(image)` returns the `src`. `link(target,
    unit)` returns the `href` of `#label` in that unit; external links need no help.
    """

    format: FormatName
    language: str
    audience: Audience
    formula: Callable[[Formula, bool], Element]
    picture: Callable[[Image], str]
    link: Callable[[str, str], str]
    footnotes: Literal["float", "aside"] = "aside"
    """`float`: the note stands where its mark stands, for CSS `float: footnote`. `aside`: at the unit's end."""
    solutions: Literal["place", "end"] = "place"
    """Whether solutions stand with their exercise or at the unit's end, with links there and back."""
    scrolling: bool = False
    """Whether wide tables, code and display formulas get a named region that the keyboard can scroll."""
    descriptions: Literal["alt", "details"] = "alt"
    """Whether a figure's long description is part of its alternative text, or opens below it."""
    answer_space: bool = False
    """Whether an exercise without its solution is followed by room for an answer."""
    print_urls: bool = False
    """Whether external links are followed by a footnote with their address (for readers on paper)."""
    qr: Callable[[str], Element] | None = None
    """Returns a picture of the address as a QR code, where the format wants one."""

    def say(self, english: str, *values: object) -> str:
        """Return a word of ours in the book's language."""
        return say(english, self.language, *values)


class Context(Protocol):
    """What the functions of this room know while they write one unit."""

    @property
    def target(self) -> Target:
        """The format's part."""
        ...

    def inlines(self, inlines: tuple[Inline, ...]) -> list[Content]:
        """Return the inlines as words and elements."""
        ...

    def blocks(self, blocks: tuple[Block, ...]) -> list[Element]:
        """Return the blocks as elements."""
        ...

    def without_url_notes(self) -> Context:
        """Return the context for places where a printed address can't float to the foot of the page."""
        ...

    def put_off_note(self, note: Footnote) -> None:
        """Keep a footnote for the end of the unit."""
        ...

    def put_off_solution(self, solution: Element) -> None:
        """Keep a solution for the end of the unit."""
        ...

"""What the layout engine gives: a PDF, and what only the engine knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from mathbook.diagnostics import Span
from mathbook.document.pagination import PageStart
from mathbook.frozen import frozen


@frozen
class Sheet:
    """A style sheet: its text, and the author's file that it is from; none for our own."""

    text: str
    file: str = ""
    fonts: tuple[tuple[str, Path], ...] = ()
    """The font files that it asks for, by the addresses by which it does."""


@frozen
class Complaint:
    """What the engine complained of; where, if it is a style sheet that an author wrote."""

    message: str
    span: Span | None = None


@frozen
class Origin:
    """The element of the page that a tag was made of; several tags have the same where the engine adds boxes."""

    element: int
    tag: str
    classes: frozenset[str]
    id: str
    source: str
    """The address of a picture or of a formula."""
    marker: str
    """How a list counts: `disc`, `decimal`, …, `none`."""


@frozen
class Rendered:
    """A PDF, what was complained of while it was made, and where its pages begin in the running text."""

    pdf: bytes
    complaints: tuple[Complaint, ...]
    starts: tuple[PageStart, ...]
    divided: tuple[int, ...] = ()
    """How many boxes the end of each page but the last divides."""
    origins: Mapping[int, Origin] = field(default_factory=dict)
    """Of the structure's elements, by the numbers of their objects."""

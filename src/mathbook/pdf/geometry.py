"""The page: its size and its margins, in points."""

from __future__ import annotations

from typing import Literal

from mathbook.frozen import frozen


@frozen
class Page:
    """A page's size and margins in points, and the names that CSS has for the size."""

    css_size: str
    width: float
    height: float
    top: float = 68.0
    bottom: float = 72.0
    side: float = 76.0
    binding: float = 14.0
    """What a page of two sides has more on the inner and less on the outer edge."""


_PAGES = {"A4": Page("A4", 595.276, 841.89), "Letter": Page("letter", 612.0, 792.0)}


def page_of(paper: Literal["A4", "Letter"]) -> Page:
    """Return the page for the paper."""
    return _PAGES[paper]

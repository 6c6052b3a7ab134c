"""What a page's end divides, joined again in the tag tree.

WeasyPrint tags page by page: a paragraph that goes on is two paragraphs there, and a section two sections.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Name

DIVISIBLE = frozenset({"/Sect", "/Div", "/P", "/L", "/LI", "/LBody", "/BlockQuote", "/NonStruct"})
"""What is joined. Tables are not: each part repeats the head, and is a table that can be listened to."""


def boxes_that_go_on(page: Any, following: Any) -> int:
    """Return how many boxes, one inside the other, the page's end divides; both are WeasyPrint's page boxes."""
    depth = 0
    ends, begins = _chain(page, -1), _chain(following, 0)
    for end, begin in zip(ends, begins, strict=False):
        if end.element is None or end.element is not begin.element or end.element_tag != begin.element_tag:
            break
        depth += end.element_tag not in ("html", "body")
    return depth


def _chain(page: Any, at: int) -> Iterator[Any]:
    """Yield the box at the page's end (-1) or beginning (0), then the one at its end or beginning, and so on."""
    box = page
    while True:
        inside = [child for child in getattr(box, "children", ()) if getattr(child, "is_in_normal_flow", bool)()]
        if not inside or not hasattr(inside[at], "element_tag"):
            return
        box = inside[0] if box is page else inside[at]
        yield box


def join_divided(document: Any, depths: Sequence[int]) -> None:
    """Join the elements below the Document that pages' ends divide; `depths` says for each end how many."""
    sections = [kid for kid in _kids(document) if kid.get("/S") == Name.Sect]
    if len(sections) != len(depths) + 1:
        return
    for at in range(len(depths), 0, -1):
        if depths[at - 1] and _join(sections[at - 1], sections[at], depths[at - 1]):
            document.K = Array([kid for kid in _kids(document) if kid.objgen != sections[at].objgen])


def _join(left: Any, right: Any, depth: int) -> bool:
    """Move all that is in `right` into `left`, as deep as it goes; return whether it could be."""
    ours, theirs = _kids(left), _kids(right)
    if depth == 0 or left.S != right.S or str(left.S) not in DIVISIBLE or not _are_elements([*ours, *theirs]):
        return False
    if ours and theirs and _join(ours[-1], theirs[0], depth - 1):
        theirs = theirs[1:]
    for kid in theirs:
        kid.P = left
    left.K = Array([*ours, *theirs])
    return True


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    return list(kids) if isinstance(kids, Array) else [] if kids is None else [kids]


def _are_elements(kids: list[Any]) -> bool:
    """Return whether there are only elements: content that an element holds itself is known by its own page."""
    return all(isinstance(kid, pikepdf.Dictionary) and "/S" in kid for kid in kids)

"""Spans that say nothing, taken out: WeasyPrint puts one around each line of text and each style. Most elements of a
tree were such ones, to be written, kept, read and listened through.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Name, NumberTree

from mathbook.pdf.elements import is_element, page_key

_HEADS = tuple(f"/H{level}" for level in range(1, 7))
_HOLDERS = frozenset(
    ("/P", "/LBody", "/Lbl", "/TD", "/TH", "/Caption", "/Code", "/Span", "/Reference", "/Note", *_HEADS)
)
"""What may hold text itself."""
_PLAIN = frozenset(("/Type", "/S", "/P", "/Pg", "/K"))

ObjectKey = tuple[int, int]


def take_out_spans(pdf: pikepdf.Pdf, document: Any, ids: dict[str, Any]) -> None:
    """Put what such spans hold into the elements around them, their ids too; pages' parent trees follow (ISO 32000-1,
    14.7.4.4).
    """
    parents = dict(NumberTree(pdf.Root.StructTreeRoot.ParentTree).items())
    pages = {page_key(page.obj): parents[int(page.obj.StructParents)] for page in pdf.pages}
    moved: dict[ObjectKey, Any] = {}
    _take_out(document, pages, moved)
    for id, element in ids.items():
        while element.objgen in moved:
            element = moved[element.objgen]
        ids[id] = element


def _take_out(element: Any, pages: dict[ObjectKey, Any], moved: dict[ObjectKey, Any]) -> None:
    held = element.get("/K", Array())
    kids = list(held) if isinstance(held, Array) else [held]
    kept: list[Any] = []
    for kid in kids:
        if not is_element(kid):
            kept.append(kid)
            continue
        _take_out(kid, pages, moved)
        if _says_nothing(kid, element):
            moved[kid.objgen] = element
            kept += [_moved(content, element, pages) for content in kid.K]
        else:
            kept.append(kid)
    if kept != kids:
        element.K = Array(kept)


def _says_nothing(kid: Any, around: Any) -> bool:
    """Return whether a kid is a span whose content may as well be of the element around it, which is on its page."""
    if Name.Span != kid.S or str(around.S) not in _HOLDERS or not _PLAIN.issuperset(kid.keys()):
        return False
    return "/Pg" in around and bool(around.Pg.objgen == kid.Pg.objgen)


def _moved(content: Any, to: Any, pages: dict[ObjectKey, Any]) -> Any:
    if is_element(content):
        content.P = to
    else:
        pages[page_key(to.Pg)][int(content)] = to
    return content

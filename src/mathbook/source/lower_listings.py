"""Lowering of code blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from mathbook.document.nodes import Listing

if TYPE_CHECKING:
    from mathbook.source.lower import Lowering

_CLASSES = ("output", "numberLines", "number-lines")
_KEPT = {"output": "output", "numberLines": "numberLines", "number-lines": "numberLines"}


def lower_listing(element: Element, low: Lowering) -> Listing:
    """Return the listing; its first class that is no role of ours is its language."""
    low.check_keys(element, ("startFrom", "language"))
    classes = element.get("class", "").split()
    languages = [name for name in classes if name not in _CLASSES]
    kept = tuple(dict.fromkeys(_KEPT[name] for name in classes if name in _KEPT))
    text = element.find("text")
    assert text is not None, "each listing has its text in a child"
    language = languages[0] if languages else element.get("@language", "")
    caption = low.child_inlines(element, "caption")
    return Listing(text.text or "", language, caption, element.get("id", ""), classes=kept, span=low.span(element))

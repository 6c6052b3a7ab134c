"""Attributes that an element may have, and a word about those that it may not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code, did_you_mean
from mathbook.source.dialect.attributes import KEY

if TYPE_CHECKING:
    from mathbook.source.lower import Lowering


def check_keys(low: Lowering, element: Element, known: tuple[str, ...], classes: Iterable[str] | None) -> None:
    """Tell of each key, and if `classes` is given of each class, that is not known."""
    for key in (name.removeprefix(KEY) for name in element.attrib if name.startswith(KEY)):
        if key not in known:
            listed = f"known here: {', '.join(known)}" if known else "it has none but an id"
            low.error(
                Code.ATTRIBUTE_UNKNOWN, element, f"the key {key!r} is not known here", did_you_mean(key, known, listed)
            )
    if classes is not None:
        for name in element.get("class", "").split():
            if name not in (allowed := tuple(classes)):
                low.error(
                    Code.ATTRIBUTE_UNKNOWN, element, f"the class .{name} is not known here", did_you_mean(name, allowed)
                )


def value(element: Element, key: str) -> str:
    """Return the value that the author gave for a key, or nothing."""
    return element.get(KEY + key, "")

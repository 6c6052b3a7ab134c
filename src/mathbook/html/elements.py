"""Elements and what they are filled with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
Content: TypeAlias = "str | Element"


def element(tag: str, attributes: Mapping[str, str] | None = None, content: Iterable[Content] = ()) -> Element:
    """Return a new element. Attributes with an empty value are left out."""
    made = etree.Element(tag, {name: value for name, value in attributes.items() if value} if attributes else None)
    fill(made, content)
    return made


def fill(parent: Element, content: Iterable[Content]) -> None:
    """Append words and elements to the parent, in order."""
    for piece in content:
        if isinstance(piece, str):
            _append_words(parent, piece)
        else:
            parent.append(piece)


def _append_words(parent: Element, words: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def span(class_: str, *content: Content) -> Element:
    """Return a span of this class."""
    return element("span", {"class": class_}, content)


def classes(*names: str) -> str:
    """Return the value of a class attribute; empty names are left out."""
    return " ".join(name for name in names if name)

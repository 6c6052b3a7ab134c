"""Lowering of `content-visible` and `content-hidden` (Quarto's names, with audiences added)."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code, did_you_mean
from mathbook.document.book import Audience, FormatName
from mathbook.document.nodes import Block, Conditional
from mathbook.source.lower_attributes import value

if TYPE_CHECKING:
    from mathbook.source.lower import Lowering

_FORMATS = {name: name for name in get_args(FormatName)} | {
    "handout": "pdf",
    "print": "pdf",
    "latex": "pdf",
    "typst": "pdf",
    "html": "epub",
    "ebook": "epub",
    "pptx": "deck",
    "slides": "deck",
    "revealjs": "deck",
    "beamer": "deck",
}
_AUDIENCES = {name: name for name in get_args(Audience)} | {"students": "student", "instructors": "instructor"}
_KEYS = ("when-format", "unless-format", "when-audience", "unless-audience")


def lower_condition(element: Element, children: tuple[Block, ...], low: Lowering, *, shown: bool) -> Conditional:
    """Return the condition. `unless-…` is the same as `when-…` with all the other names."""
    low.check_keys(element, _KEYS, ("content-visible", "content-hidden"))
    if not any(value(element, key) for key in _KEYS):
        low.error(Code.ATTRIBUTE_SYNTAX, element, "this block doesn't say when", f"known: {', '.join(_KEYS)}")
    formats = _names(element, low, "format", _FORMATS)
    audiences = _names(element, low, "audience", _AUDIENCES)
    return Conditional(shown, formats, audiences, children, low.span(element))


def _names(element: Element, low: Lowering, what: str, known: dict[str, str]) -> tuple[str, ...]:
    every = tuple(dict.fromkeys(known.values()))
    when = _read(element, low, f"when-{what}", known)
    unless = _read(element, low, f"unless-{what}", known)
    if not unless:
        return when
    return tuple(name for name in (when or every) if name not in unless)


def _read(element: Element, low: Lowering, key: str, known: dict[str, str]) -> tuple[str, ...]:
    found = []
    for written in value(element, key).replace(",", " ").split():
        if written in known:
            found.append(known[written])
        else:
            hint = did_you_mean(written, known, f"known: {', '.join(known)}")
            low.error(Code.ATTRIBUTE_UNKNOWN, element, f"{key}={written} is not known", hint)
    return tuple(dict.fromkeys(found))

"""Listings: code in its colours, and where screens are narrow, in lines that know their own indent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from mathbook.document.labels import id_of
from mathbook.document.nodes import Listing
from mathbook.html.captions import caption_content, numbered, region
from mathbook.html.elements import Content, Element, classes, element, span
from mathbook.html.target import Context
from mathbook.theme.highlight import highlight

_Piece: TypeAlias = tuple[str, str]
"""A kind of colour, or nothing, and words."""

_HANGS = 4
"""By how many letters the rest of a line that is broken stands further in than its beginning."""


def listing_element(listing: Listing, context: Context) -> Element:
    """Return a listing with its caption above it."""
    made = element("figure", {"class": classes("listing", *listing.classes), "id": listing.id and id_of(listing.id)})
    caption = caption_content("lst", listing.number, listing.caption, context)
    if caption:
        made.append(element("figcaption", {"class": "caption"}, caption))
    pieces = highlight(listing.text, listing.language)
    content = map(_hanging, _lines(pieces)) if context.target.scrolling else _coloured(pieces)
    code = element("code", {"class": listing.language and f"language-{listing.language}"}, content)
    made.append(element("pre", region(context.target, numbered("lst", listing.number, context.target)), [code]))
    return made


def _coloured(pieces: Iterable[_Piece]) -> Iterator[Content]:
    for kind, words in pieces:
        yield span(f"tok-{kind}", words) if kind else words


def _lines(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Yield the pieces of each line; the line's end belongs to it."""
    line: list[_Piece] = []
    for kind, words in pieces:
        for part in words.splitlines(keepends=True):
            line.append((kind, part))
            if part.endswith("\n"):
                yield line
                line = []
    if line:
        yield line


def _hanging(line: list[_Piece]) -> Element:
    """Return a line; what of it doesn't fit stands further in, so that it is seen where the next one begins."""
    words = "".join(part for _, part in line)
    indent = len(words) - len(words.lstrip(" ")) + _HANGS
    made = span("line", *_coloured(line))
    made.set("style", f"padding-left: {indent}ch; text-indent: -{indent}ch")
    return made

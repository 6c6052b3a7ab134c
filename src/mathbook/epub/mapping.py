"""The map of a page is made while its tree is at hand."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from mathbook.document.pagination import Flow
from mathbook.epub.page_map import FlowMap, LinkSpan, PageMap, Slot
from mathbook.html.running import OBJECT, Piece, pieces, signs

_LINE = "a abbr b cite code dfn em i kbd mark s samp small span strong sub sup u pre figcaption figure"
_LEFT_BEHIND = frozenset((*_LINE.split(), "h1", "h2", "h3", "h4", "h5", "h6"))
"""Elements that a mark which would be the first thing in them stands before: it is no part of a heading's words."""
_EQUATIONS = frozenset({"equation", "equation-body"})
_TAG = re.compile(rb"<!--.*?-->|<\?.*?\?>|<[^<>]*>", re.DOTALL)
"""A comment, an instruction or a tag, as a serialiser writes it: no attribute has angle brackets."""

_SLASH = ord("/")


@dataclass(slots=True)
class _Extent:
    """Where a written node is: its start tag begins at `start` and ends at `inside`, its end tag goes from `close` to
    `end`.
    """

    start: int
    inside: int
    close: int
    end: int


def map_of(page: bytes, section: etree._Element, written: bytes, leads_out: Callable[[str], bool]) -> PageMap:
    """Return the map of the page, in which the section is as it was `written`. `leads_out` says which hrefs are links
    to other pages.
    """
    extents = dict(zip(section.iter(), _extents(written, page.index(written)), strict=True))
    links = (
        LinkSpan(href, extents[anchor].start, extents[anchor].inside, extents[anchor].close)
        for anchor in section.iter("a")
        if leads_out(href := anchor.get("href", ""))
    )
    return PageMap(extents[section].inside, _flows(page, section, extents), tuple(links))


def _extents(written: bytes, first: int) -> list[_Extent]:
    """Return the extents of the nodes of a written tree, in document order; it begins at `first`."""
    found: list[_Extent] = []
    unclosed: list[_Extent] = []
    for tag in _TAG.finditer(written):
        start, end = tag.span()
        second = written[start + 1]
        if second == _SLASH:
            done = unclosed.pop()
            done.close, done.end = first + start, first + end
            continue
        extent = _Extent(first + start, first + end, first + end, first + end)
        found.append(extent)
        if written[end - 2] != _SLASH and second not in b"!?":
            unclosed.append(extent)
    return found


def _flows(page: bytes, section: etree._Element, extents: dict[etree._Element, _Extent]) -> dict[Flow, FlowMap]:
    words: dict[Flow, list[str]] = {"text": [], "solutions": []}
    counts: dict[Flow, int] = {"text": 0, "solutions": 0}
    slots: dict[Flow, list[Slot]] = {"text": [], "solutions": []}
    for piece in pieces(section):
        if found := signs(piece.words):
            slots[piece.flow].append(_slot(page, piece, counts[piece.flow], extents))
            words[piece.flow].append(found)
            counts[piece.flow] += len(found)
    return {flow: FlowMap("".join(words[flow]), tuple(slots[flow])) for flow in words}


def _slot(page: bytes, piece: Piece, at: int, extents: dict[etree._Element, _Extent]) -> Slot:
    extent = extents[piece.holder]
    if piece.words == OBJECT and not piece.is_tail:
        return Slot(at, extents[_outermost(piece.holder)].start, extent.end, extent.end)
    start = extent.end if piece.is_tail else extent.inside
    stands_before = not piece.is_tail and _is_left_behind(piece.holder)
    before = extents[_outermost(piece.holder)].start if stands_before else -1
    return Slot(at, before, start, page.index(b"<", start))


def _is_left_behind(node: etree._Element) -> bool:
    return node.tag in _LEFT_BEHIND or not _EQUATIONS.isdisjoint(node.get("class", "").split())


def _outermost(node: etree._Element) -> etree._Element:
    """Return the outermost of the elements that begin with this one and that marks stand before."""
    parent = node.getparent()
    while parent is not None and _is_left_behind(parent) and parent[0] is node and not signs(parent.text or ""):
        node, parent = parent, parent.getparent()
    return node

"""The pages of the print edition, marked where they begin (DPUB-ARIA 1.1, doc-pagebreak)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from mathbook.document.pagination import Flow, PageStart, PrintPage
from mathbook.html.running import OBJECT, Piece, found, pieces, signs

XHTML = "http://www.w3.org/1999/xhtml"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_LINE = "a abbr b cite code dfn em i kbd mark s samp small span strong sub sup u pre figcaption figure"
_LEFT_BEHIND = frozenset((*_LINE.split(), "h1", "h2", "h3", "h4", "h5", "h6"))
"""Elements that a mark which would be the first thing in them stands before: it is no part of a heading's words."""


def page_id(label: str) -> str:
    """Return the id of the mark of a page. Two hyphens keep it apart from the ids of labels."""
    return f"page--{label}"


def mark_pages(root: etree._Element, pages: Sequence[PrintPage]) -> None:
    """Put an empty element where each page begins. `root` is a unit's section; the pages are in their order."""
    text = _Text([*pieces(root)])
    if not text.pieces:
        _insert(root, 0, [_mark(page.label) for page in pages], root.text or "")
        return
    marks: dict[tuple[int, int], list[etree._Element]] = {}
    for page in pages:
        marks.setdefault(text.place(page.start), []).append(_mark(page.label))
    # what comes last is put in first, so that what is before it stays where it was
    for piece, offset in sorted(marks, reverse=True):
        _put(marks[piece, offset], text.pieces[piece], offset)


def _mark(label: str) -> etree._Element:
    made = etree.Element(f"{{{XHTML}}}span", nsmap={None: XHTML})
    made.set("id", page_id(label))
    made.set("role", "doc-pagebreak")
    made.set(_EPUB_TYPE, "pagebreak")
    made.set("aria-label", label)
    return made


@dataclass(slots=True)
class _Text:
    """The page's running text: its pieces, and in each flow which of them begins at which sign."""

    pieces: list[Piece]
    flows: dict[Flow, str] = field(default_factory=lambda: {"text": "", "solutions": ""})
    begins: dict[Flow, list[tuple[int, int]]] = field(default_factory=lambda: {"text": [], "solutions": []})

    def __post_init__(self) -> None:
        for at, piece in enumerate(self.pieces):
            words = signs(piece.words)
            if words:
                self.begins[piece.flow].append((len(self.flows[piece.flow]), at))
                self.flows[piece.flow] += words

    def place(self, start: PageStart) -> tuple[int, int]:
        """Return the piece in which a page begins, and the offset in its words."""
        flow: Flow = start.flow if self.flows[start.flow] else "text"
        offset = found(start, self.flows[flow])
        begins = self.begins[flow]
        if not begins:
            return 0, 0
        if offset >= len(self.flows[flow]):
            last = begins[-1][1]
            return last, len(self.pieces[last].words)
        first, piece = begins[bisect_right(begins, (offset, len(self.pieces))) - 1]
        return piece, _after_signs(self.pieces[piece].words, offset - first)


def _after_signs(words: str, count: int) -> int:
    """Return the index of the sign that has `count` signs before it."""
    for at, sign in enumerate(words):
        if signs(sign):
            if not count:
                return at
            count -= 1
    return len(words)


def _put(marks: list[etree._Element], piece: Piece, offset: int) -> None:
    """Put the marks into the piece, behind `offset` of its letters."""
    holder: etree._Element = piece.holder
    if piece.is_tail:
        rest, holder.tail = (holder.tail or "")[offset:], piece.words[:offset]
        _insert(_parent(holder), _parent(holder).index(holder) + 1, marks, rest)
    elif piece.words == OBJECT and offset:
        _insert(_parent(holder), _parent(holder).index(holder) + 1, marks, "")
    elif piece.words == OBJECT or _begins(holder, piece, offset):
        first = _outermost(holder)
        _insert(_parent(first), _parent(first).index(first), marks, "")
    else:
        rest, holder.text = (holder.text or "")[offset:], piece.words[:offset]
        _insert(holder, 0, marks, rest)


def _begins(holder: etree._Element, piece: Piece, offset: int) -> bool:
    """Return whether the place is the beginning of an element that marks stand before."""
    return _is_left_behind(holder) and not signs(piece.words[:offset])


def _is_left_behind(node: etree._Element) -> bool:
    return _name(node) in _LEFT_BEHIND or bool({"equation", "equation-body"} & set((node.get("class") or "").split()))


def _outermost(node: etree._Element) -> etree._Element:
    """Return the outermost of the elements that begin with this one and that marks stand before."""
    parent = node.getparent()
    while parent is not None and _is_left_behind(parent) and parent[0] is node and not signs(parent.text or ""):
        node, parent = parent, parent.getparent()
    return node


def _insert(parent: etree._Element, at: int, marks: list[etree._Element], rest: str) -> None:
    """Insert the marks into an element that already has what stands before them; `rest` is the words behind them."""
    for count, mark in enumerate(marks):
        parent.insert(at + count, mark)
    marks[-1].tail = rest or None


def _parent(node: etree._Element) -> etree._Element:
    parent = node.getparent()
    assert parent is not None, "running text is looked for below the root"
    return parent


def _name(node: etree._Element) -> str:
    return str(node.tag).removeprefix(f"{{{XHTML}}}")

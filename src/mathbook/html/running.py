"""The running text of a written unit: by it, one format says a place, and another finds it.

What only some formats show, or show elsewhere, is no part of it: notes, the marks and ways that lead to them, printed
addresses, the room for an answer, QR codes, and where an index leads. Solutions are a flow of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from mathbook.document.pagination import Flow, PageStart

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for a formula or a picture."""

Node: TypeAlias = Any
"""An element of lxml, or of the standard library (which WeasyPrint's trees are made of)."""

_XHTML = "{http://www.w3.org/1999/xhtml}"
_ELSEWHERE = frozenset(
    {
        *("footnote", "footnotes", "noteref", "backlink", "answer-space"),
        *("source-qr", "solution-link", "entry-page", "description"),
    }
)
_NONE: frozenset[str] = frozenset()
_SOLUTIONS = frozenset({"solution", "solutions"})


class Piece(NamedTuple):
    """Words in the text of `holder`, or with `is_tail` behind it; `owner` is the element whose child node they are.

    A formula or a picture is its own holder and owner, and its words are OBJECT.
    """

    flow: Flow
    owner: Node
    holder: Node
    is_tail: bool
    words: str


def pieces(root: Node) -> Iterator[Piece]:
    """Yield the running text below an element, in document order."""
    found: list[Piece] = []
    _gather(root, "text", True, found)
    return iter(found)


def signs(words: str) -> str:
    """Return what is counted of the words: white space and soft hyphens come and go with the lines."""
    return "".join(words.replace("\N{SOFT HYPHEN}", "").split())


def _gather(node: Node, flow: Flow, links: bool, found: list[Piece]) -> None:
    """Add the pieces below a node."""
    tag = node.tag
    if not isinstance(tag, str):
        return
    name, classes = tag.removeprefix(_XHTML), _classes(node)
    if classes & _ELSEWHERE or (name == "a" and not links):
        return
    links = links and "matter-index" not in classes
    if _is_object(name):
        found.append(Piece(flow, node, node, False, OBJECT))
        return
    if classes & _SOLUTIONS:
        flow = "solutions"
    if text := node.text:
        found.append(Piece(flow, node, node, False, text))
    for child in node:
        if not (flow == "solutions" and _is_title_of_solutions(node, child)):
            _gather(child, flow, links, found)
        if tail := child.tail:
            found.append(Piece(flow, node, child, True, tail))


def _is_object(name: str) -> bool:
    """Return whether it is a picture, or of another language: MathML, SVG."""
    return name == "img" or name.startswith("{") or name in ("math", "svg")


def _is_title_of_solutions(parent: Node, child: Node) -> bool:
    """Return whether it is a title that says where a solution belongs: formats differ there."""
    title = "h2" if "solutions" in _classes(parent) else "p" if "solution" in _classes(parent) else ""
    first = next(iter(parent))
    return child is first and isinstance(child.tag, str) and child.tag.removeprefix(_XHTML) == title


def _classes(node: Node) -> frozenset[str]:
    marks = node.get("class")
    return frozenset(marks.split()) if marks else _NONE


def found(start: PageStart, text: str) -> int:
    """Return where in the text the page begins: at its offset, or where the signs around it are found nearest to that.

    Only where print shows something that the text doesn't do they differ. Then fewer and fewer of the signs are asked
    for; if there is no trace of them, the offset is all that is left.
    """
    for share in (1, 2, 4, 8):
        before = start.before[len(start.before) - len(start.before) // share :]
        after = start.after[: len(start.after) // share]
        for left, right in ((before, after), ("", after), (before, "")):
            places = [place + len(left) for place in _occurrences(text, left + right)]
            if places:
                return min(places, key=lambda place: abs(place - start.offset))
    return min(start.offset, len(text))


def _occurrences(text: str, words: str) -> list[int]:
    places = []
    at = text.find(words) if words else -1
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return places

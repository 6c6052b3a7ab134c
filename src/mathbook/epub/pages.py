"""The pages of the print edition, marked where they begin (DPUB-ARIA 1.1, doc-pagebreak), and links that lead nowhere
taken off: both are put into a page's bytes, where its map says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from html import escape, unescape

from mathbook.document.pagination import Flow, PageStart, PrintPage
from mathbook.epub.page_map import LinkSpan, PageMap, Slot
from mathbook.html.running import found, signs

_LETTER = re.compile("&[^;]+;|.", re.DOTALL)
"""A letter as XML writes it."""
_HREF = re.compile(rb'\s+href="[^"]*"')


def page_id(label: str) -> str:
    """Return the id of the mark of a page. Two hyphens keep it apart from the ids of labels."""
    return f"page--{label}"


def page_mark(label: str) -> str:
    """Return the mark of a page, as XHTML."""
    name = escape(label)
    return f'<span id="{page_id(name)}" role="doc-pagebreak" epub:type="pagebreak" aria-label="{name}"></span>'


def finished(page: bytes, places: PageMap, printed: Sequence[PrintPage], there: Container[str]) -> bytes:
    """Return the page with a mark where each print page begins (they are in their order), and a span in the place of
    each link to another page that is not `there`.
    """
    edits = [(at, at, page_mark(one.label).encode()) for one in printed for at in [_place(page, places, one.start)]]
    for link in places.links:
        if link.href not in there:
            edits.extend(_taken_off(page, link))
    pieces, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [page[at:start], new]
        at = end
    return b"".join((*pieces, page[at:]))


def _taken_off(page: bytes, link: LinkSpan) -> Iterator[tuple[int, int, bytes]]:
    """Yield what makes a span of a link: its words stay."""
    yield link.start, link.inside, b"<span" + _HREF.sub(b"", page[link.start + len(b"<a") : link.inside])
    if not page.endswith(b"/>", link.start, link.inside):
        yield link.close, link.close + len(b"</a>"), b"</span>"


def _place(page: bytes, places: PageMap, start: PageStart) -> int:
    """Return where in the page's bytes a print page begins."""
    flow: Flow = start.flow if places.flows[start.flow].signs else "text"
    signs_there, slots = places.flows[flow].signs, places.flows[flow].slots
    if not slots:
        return places.inside
    offset = found(start, signs_there)
    if offset >= len(signs_there):
        return slots[-1].end
    slot = slots[bisect_right(slots, offset, key=lambda slot: slot.at) - 1]
    return _behind(page, slot, offset - slot.at)


def _behind(page: bytes, slot: Slot, count: int) -> int:
    """Return the place of the sign that has `count` signs of the slot before it."""
    if not count and slot.before >= 0:
        return slot.before
    at = slot.start
    for letter in _LETTER.findall(page[slot.start : slot.end].decode()):
        if signs(unescape(letter)):
            if not count:
                return at
            count -= 1
        at += len(letter.encode())
    return slot.end

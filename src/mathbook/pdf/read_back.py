"""What a finished PDF says, read by PDFium: the words painted on each page, and what its tags say of pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from mathbook.document.passage import Passage, Role

MARGIN = 55.0
"""Points from the page's edge within which only running heads and page numbers stand."""

_ROLES: dict[str, Role] = {"Formula": "equation", "Figure": "figure"}


def read_back(path: Path) -> Iterator[Passage]:
    """Yield a passage a page with the words that are painted on it, then one for each formula and figure on it.

    A formula is drawn, not set: what can be read of it are the words that its tag has for it (its alternative text).
    """
    with pypdfium2.PdfDocument(path) as document:
        for number in range(len(document)):
            place = f"page {number + 1}"
            page = document[number]
            yield Passage("paragraph", _words(page), links=tuple(_links(document, page)), place=place)
            for kind, alt in _described(page):
                yield Passage(_ROLES[kind], alt, place=place)
            page.close()


def _words(page: pypdfium2.PdfPage) -> str:
    """Return the words between head and foot; a hyphen at a line's end (U+FFFE for PDFium) joins its two halves."""
    text = page.get_textpage()
    try:
        shown = text.get_text_bounded(bottom=MARGIN, top=page.get_height() - MARGIN)
        return " ".join(str(shown).replace("\ufffe", "").split())
    finally:
        text.close()


def _links(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield the addresses of the page's links that lead out of the file."""
    position = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        action = raw.FPDFLink_GetAction(link)
        if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_URI:
            size = raw.FPDFAction_GetURIPath(document, action, None, 0)
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAction_GetURIPath(document, action, buffer, size)
            yield buffer.value.decode("utf-8", "replace")


def _described(page: pypdfium2.PdfPage) -> Iterator[tuple[str, str]]:
    """Yield kind and alternative text of each formula and figure, in the order of the tags."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    try:
        for at in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _below(raw.FPDF_StructTree_GetChildAtIndex(tree, at))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _below(element: object) -> Iterator[tuple[str, str]]:
    if not element:
        return
    kind = _string(raw.FPDF_StructElement_GetType, element)
    if kind in _ROLES:
        yield kind, " ".join(_string(raw.FPDF_StructElement_GetAltText, element).split())
    for at in range(max(raw.FPDF_StructElement_CountChildren(element), 0)):
        yield from _below(raw.FPDF_StructElement_GetChildAtIndex(element, at))


def _string(getter: object, element: object) -> str:
    """Return a string that PDFium writes as UTF-16 into a buffer of the size it asks for."""
    assert callable(getter)
    size = getter(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    getter(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")

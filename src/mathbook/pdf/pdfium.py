"""PDFium's functions for tags and painted objects, as Python has them: strings, iterators, contexts."""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw


@contextlib.contextmanager
def structure(page: pypdfium2.PdfPage) -> Iterator[list[Any]]:
    """Give the top elements of the page's tags; they live as long as the context."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        count = raw.FPDF_StructTree_CountChildren(tree) if tree else 0
        yield [raw.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(max(count, 0))]
    finally:
        if tree:
            raw.FPDF_StructTree_Close(tree)


def children(element: Any) -> Iterator[tuple[Any, int]]:
    """Yield what is below an element: (element, -1), or (None, id) for marked content of this page."""
    for at in range(max(raw.FPDF_StructElement_CountChildren(element), 0)):
        if child := raw.FPDF_StructElement_GetChildAtIndex(element, at):
            yield child, -1
        elif (content := raw.FPDF_StructElement_GetChildMarkedContentID(element, at)) >= 0:
            yield None, content


def type_of(element: Any) -> str:
    """Return the element's structure type, such as H1."""
    return _string(lambda buffer, size: raw.FPDF_StructElement_GetType(element, buffer, size))


def alternative_text(element: Any) -> str:
    """Return the words of what is no words, with single spaces."""
    return " ".join(_string(lambda buffer, size: raw.FPDF_StructElement_GetAltText(element, buffer, size)).split())


def painted(page: pypdfium2.PdfPage) -> dict[int, list[str]]:
    """Return the painted texts by their marked content, -1 for artifacts.

    One that begins a line, or stands apart from the text before it, has a space before it.
    """
    texts: dict[int, list[str]] = {}
    before = (0.0, 0.0, 0.0, 0.0)
    text_page = page.get_textpage()
    try:
        for at in range(raw.FPDFPage_CountObjects(page)):
            found = raw.FPDFPage_GetObject(page, at)
            if raw.FPDFPageObj_GetType(found) == raw.FPDF_PAGEOBJ_TEXT:
                box = _bounds(found)
                space = " " if _is_apart(before, box) else ""
                text = f"{space}{_text(found, text_page)}"
                texts.setdefault(raw.FPDFPageObj_GetMarkedContentID(found), []).append(text)
                before = box
    finally:
        text_page.close()
    return texts


def _bounds(found: Any) -> tuple[float, float, float, float]:
    """Return left, bottom, right and top in points."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(found, *(ctypes.byref(side) for side in (left, bottom, right, top)))
    return left.value, bottom.value, right.value, top.value


NARROWEST_SPACE = 3.5
"""Points between the ink of two texts from which on they are two words: code has wide sides, and says its spaces."""


def _is_apart(before: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    left, bottom, _, top = box
    return top < before[1] or bottom > before[3] or left - before[2] > NARROWEST_SPACE


def _text(found: Any, text_page: pypdfium2.PdfTextPage) -> str:
    short = ctypes.POINTER(ctypes.c_ushort)
    return _string(lambda buffer, size: raw.FPDFTextObj_GetText(found, text_page, ctypes.cast(buffer, short), size))


def links_of(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> Iterator[str]:
    """Yield where the page's links lead: addresses, and for links inside the file "page 3 at 712"."""
    position = ctypes.c_int(0)
    link = raw.FPDF_LINK()
    while raw.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
        action = raw.FPDFLink_GetAction(link)
        if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_URI:
            yield _address(document, action)
        elif destination := raw.FPDFLink_GetDest(document, link):
            yield _inside(document, destination)


def _address(document: pypdfium2.PdfDocument, action: Any) -> str:
    address = _bytes(lambda buffer, size: raw.FPDFAction_GetURIPath(document, action, buffer, size))
    return address.rstrip(b"\0").decode("utf-8", "replace")


def _inside(document: pypdfium2.PdfDocument, destination: Any) -> str:
    flags = [ctypes.c_int() for _ in range(3)]
    x, y, zoom = (ctypes.c_float() for _ in range(3))
    places = [*(ctypes.byref(flag) for flag in flags), *(ctypes.byref(number) for number in (x, y, zoom))]
    raw.FPDFDest_GetLocationInPage(destination, *places)
    return f"page {raw.FPDFDest_GetDestPageIndex(document, destination) + 1} at {y.value:.0f}"


def page_label(document: pypdfium2.PdfDocument, number: int) -> str:
    """Return what the page is called by readers: "iv", "12"; its number from 1 where the file doesn't say."""
    label = _string(lambda buffer, size: raw.FPDF_GetPageLabel(document, number, buffer, size))
    return label or str(number + 1)


def _string(getter: Callable[[Any, int], int]) -> str:
    """Return a string that PDFium writes as UTF-16 into a buffer of the size it asks for."""
    return _bytes(getter).decode("utf-16-le", "replace").rstrip("\0")


def _bytes(getter: Callable[[Any, int], int]) -> bytes:
    size = getter(None, 0)
    buffer = ctypes.create_string_buffer(max(size, 0))
    getter(buffer, size)
    return buffer.raw

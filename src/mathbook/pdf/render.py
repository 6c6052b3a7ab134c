"""HTML to a tagged PDF by WeasyPrint: only this module and `engine` know it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from lxml import etree
from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from mathbook.diagnostics import Span
from mathbook.frozen import frozen
from mathbook.pdf.divided import boxes_that_go_on
from mathbook.pdf.engine import engine_mended
from mathbook.pdf.face_uses import file_heads
from mathbook.pdf.fetcher import MemoryFetcher
from mathbook.pdf.font_files import told_apart
from mathbook.pdf.formula_image import FormulaImage
from mathbook.pdf.page_starts import page_starts
from mathbook.pdf.rendered import Complaint, Rendered, Sheet
from mathbook.pdf.stylesheet import font_digest

_PLACE = re.compile(r" at (\d+):(\d+)")
"""Where WeasyPrint says that something is, in a style sheet."""


class RenderingFailed(Exception):
    """WeasyPrint could not lay the document out; the text says why."""


def render_pdf(
    body: etree._Element,
    *,
    title: str,
    language: str,
    sheets: tuple[Sheet, ...],
    resources: Mapping[str, tuple[str, bytes]],
    formulas: Mapping[str, FormulaImage],
    tagged: bool = True,
) -> Rendered:
    """Return the document as a PDF/UA-1 file. Raises RenderingFailed."""
    with _complaints() as complaints, told_apart():
        try:
            styles = _styles(sheets)
            document: HTML = _Document(_page(body, title, language), MemoryFetcher(resources))
            options = {"pdf_variant": "pdf/ua-1" if tagged else None, "uncompressed_pdf": True}
            laid_out = document.render(styles.fonts, stylesheets=styles.sheets, cache=dict(formulas), **options)
            boxes = [page._page_box for page in laid_out.pages]
            starts = page_starts(document.etree_element.find("body"), boxes)
            divided = tuple(map(boxes_that_go_on, boxes, boxes[1:]))
            with engine_mended(styles.heads) as origins:
                pdf = laid_out.write_pdf(**options)
        except FatalURLFetchingError as error:
            raise RenderingFailed(str(error)) from None
    assert isinstance(pdf, bytes)
    told = dict.fromkeys((*styles.complaints, *map(Complaint, complaints)))
    return Rendered(pdf, tuple(told), starts, divided, origins)


@frozen
class _Styles:
    """Style sheets as WeasyPrint reads them, with the fonts that they bring; documents may share them."""

    sheets: list[CSS]
    fonts: FontConfiguration
    complaints: tuple[Complaint, ...]
    heads: Mapping[bytes, str]
    """What the theme's font files are known by, with the hashes of the files."""


@lru_cache(maxsize=4)
def _styles(sheets: tuple[Sheet, ...]) -> _Styles:
    """Return the sheets, read once in a process: that takes as long as half a page's layout."""
    fonts = FontConfiguration()
    read: list[CSS] = []
    told: list[Complaint] = []
    for sheet in sheets:
        fetcher = MemoryFetcher({address: ("font/ttf", path.read_bytes()) for address, path in sheet.fonts})
        with _complaints() as complaints:
            read.append(CSS(string=sheet.text, url_fetcher=fetcher, font_config=fonts))
        told += [_located(complaint, sheet) for complaint in complaints]
    files = {font_digest(address): path for sheet in sheets for address, path in sheet.fonts}
    return _Styles(read, fonts, tuple(told), file_heads(files))


def _located(message: str, sheet: Sheet) -> Complaint:
    """Return the complaint with the place that it names taken out of its words."""
    if not sheet.file:
        return Complaint(message)
    found = _PLACE.search(message)
    span = Span(sheet.file, int(found[1]), int(found[2])) if found else Span(sheet.file)
    return Complaint(_PLACE.sub("", message, count=1), span)


class _Document(HTML):
    """A document that is handed over as a tree. Written out and parsed again by the rules of HTML, a paragraph would
    end where a footnote in it has a list.
    """

    def __init__(self, root: ElementTree.Element, fetcher: URLFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = None, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def _page(body: etree._Element, title: str, language: str) -> ElementTree.Element:
    """Return the page as the kind of tree that WeasyPrint works on."""
    page = ElementTree.Element("html", {"lang": language})
    ElementTree.SubElement(ElementTree.SubElement(page, "head"), "title").text = title
    inner = ElementTree.SubElement(page, "body")
    inner.append(ElementTree.fromstring(etree.tostring(body, encoding="unicode", with_tail=False)))
    return page


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Gather WeasyPrint's warnings, each once, instead of printing them."""
    found: dict[str, None] = {}

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found[record.getMessage()] = None

    handler = Gather(logging.WARNING)
    listed: list[str] = []
    before, LOGGER.handlers = LOGGER.handlers, [handler]
    try:
        yield listed
    finally:
        LOGGER.handlers = before
        listed += found

"""HTML to a tagged PDF by WeasyPrint: the only module that knows it."""

from __future__ import annotations

import html
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree
from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from mathbook.document.pagination import PageStart
from mathbook.pdf.divided import boxes_that_go_on
from mathbook.pdf.fetcher import MemoryFetcher
from mathbook.pdf.font_files import told_apart
from mathbook.pdf.formula_image import FormulaImage
from mathbook.pdf.page_starts import page_starts


class RenderingFailed(Exception):
    """WeasyPrint could not lay the document out; the text says why."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF, what WeasyPrint complained of while it was made, and where its pages begin in the running text."""

    pdf: bytes
    complaints: tuple[str, ...]
    starts: tuple[PageStart, ...]
    divided: tuple[int, ...] = ()
    """How many boxes the end of each page but the last divides."""


def render_pdf(
    body: etree._Element,
    *,
    title: str,
    language: str,
    css: str,
    resources: Mapping[str, tuple[str, bytes]],
    formulas: Mapping[str, FormulaImage],
    tagged: bool = True,
) -> Rendered:
    """Return the document as a PDF/UA-1 file. Raises RenderingFailed."""
    fetcher = MemoryFetcher(resources)
    fonts = FontConfiguration()
    with _complaints() as complaints, told_apart():
        try:
            document = HTML(string=_page(body, title, language), url_fetcher=fetcher)
            sheet = CSS(string=css, url_fetcher=fetcher, font_config=fonts)
            options = {"pdf_variant": "pdf/ua-1" if tagged else None, "pdf_identifier": b"mathbook"}
            laid_out = document.render(fonts, stylesheets=[sheet], cache=dict(formulas), **options)
            boxes = [page._page_box for page in laid_out.pages]
            starts = page_starts(document.etree_element.find("body"), boxes)
            divided = tuple(map(boxes_that_go_on, boxes, boxes[1:]))
            pdf = laid_out.write_pdf(**options)
        except FatalURLFetchingError as error:
            raise RenderingFailed(str(error)) from None
    assert isinstance(pdf, bytes)
    return Rendered(pdf, tuple(complaints), starts, divided)


def _page(body: etree._Element, title: str, language: str) -> str:
    inner = etree.tostring(body, encoding="unicode", method="html")
    head = f"<meta charset='utf-8'><title>{html.escape(title)}</title>"
    return f"<!DOCTYPE html><html lang='{html.escape(language)}'><head>{head}</head><body>{inner}</body></html>"


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

"""The first words of a page, as two readers find them: PDFium in the PDF, lxml in the e-book."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2
from lxml import etree

ENOUGH = 16
_MARGIN = 55.0
_OPF = "{http://www.idpf.org/2007/opf}"
_ELSEWHERE = {"footnotes", "solution-link", "noteref", "solutions", "description"}
_HTML = "{http://www.w3.org/1999/xhtml}"


def bare(words: str) -> str:
    """Return the words without what lines bring and take away, in small letters (print sets labels in capitals).

    The sign at a proof's end floats: PDFium reads it first.
    """
    return "".join(sign for sign in words if not sign.isspace() and sign not in "\u00ad\u2010\u200b\x02-□").lower()


def printed_pages(file: Path) -> dict[str, str]:
    """Return the words of each page of a PDF, without its running head and foot, by the number that readers see."""
    with pypdfium2.PdfDocument(file) as document:
        return {document.get_page_label(at): bare(_painted(document[at])) for at in range(len(document))}


def _painted(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage()
    return str(text.get_text_bounded(bottom=_MARGIN, top=page.get_height() - _MARGIN)).replace("\ufffe", "")


def marked_pages(file: Path) -> dict[str, tuple[str, bool]]:
    """Return what follows each mark of an e-book: signs up to a formula; and whether print may have others before
    them: a table's head, or the words in a picture.
    """
    found = {}
    for page in spine(file):
        body = page.find(f"{_HTML}body")
        assert body is not None
        for mark in body.iter(f"{_HTML}span"):
            if mark.get("role") == "doc-pagebreak":
                around = {above.tag for above in mark.iterancestors()}
                after = mark.getnext()
                behind = f"{_HTML}table" in around or (after is not None and after.tag == f"{_HTML}figure")
                found[mark.get("aria-label", "")] = (_words_after(mark, body), behind)
    return found


def page_list(file: Path) -> list[tuple[str, str]]:
    """Return number and address of each entry of the page list."""
    with zipfile.ZipFile(file) as archive:
        nav = etree.fromstring(archive.read("OEBPS/nav.xhtml"))
    (listed,) = (nav for nav in nav.iter(f"{_HTML}nav") if nav.get("role") == "doc-pagelist")
    return [("".join(a.itertext()), a.get("href", "")) for a in listed.iter(f"{_HTML}a")]


def spine(file: Path) -> Iterator[etree._Element]:
    with zipfile.ZipFile(file) as archive:
        package = etree.fromstring(archive.read("OEBPS/package.opf"))
        hrefs = {item.get("id"): item.get("href") for item in package.iter(f"{_OPF}item")}
        for itemref in package.iter(f"{_OPF}itemref"):
            yield etree.fromstring(archive.read(f"OEBPS/{hrefs[itemref.get('idref')]}"))


def _words_after(mark: etree._Element, body: etree._Element) -> str:
    words, seen = "", False
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            if seen and _stops(element):
                return bare(words)[:ENOUGH]
            words += (element.text or "") if seen else ""
            seen = seen or element is mark
        elif seen:
            words += element.tail or ""
        if len(bare(words)) >= ENOUGH:
            break
    return bare(words)[:ENOUGH]


def _stops(element: etree._Element) -> bool:
    """Return whether what comes now is not words, or stands elsewhere in print. Contents and index have their own."""
    marks = set((element.get("class") or "").split())
    parent = element.getparent()
    in_index = element.tag == f"{_HTML}a" and any("matter-index" in e.get("class", "") for e in element.iterancestors())
    is_contents = element.tag == f"{_HTML}ol" and parent is not None and parent.tag == f"{_HTML}nav"
    return not element.tag.startswith(_HTML) or is_contents or in_index or bool(marks & _ELSEWHERE)


def assert_pages_agree(pdf: Path, epub: Path, only_in_print: str = "", words: Iterable[str] = ()) -> None:
    """Find each page's first words behind its mark.

    Print differs in this: a table that goes on has its head again; "Solution" stands where the e-book says of which
    exercise; a page may begin with the rest of one of the `words`, and then is marked behind it.
    """
    printed, marked = printed_pages(pdf), marked_pages(epub)
    ends = {"", "solution", *(bare(word)[at:] for word in words for at in range(1, len(bare(word))))}
    assert set(marked) <= set(printed)
    for label, (first, behind) in marked.items():
        page = printed[label]
        agrees = any(page.startswith(end + first.removeprefix("solution")) for end in ends)
        repeated = behind and first in page[:400]
        assert agrees or repeated or page[:ENOUGH] in bare(only_in_print), (label, first, page[:80])

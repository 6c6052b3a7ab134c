"""Whether what is no words has words, and what has a name names itself: counted in e-books and decks."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from mathbook.judges.verdict import OURS, Fault, Verdict, gathered, verdict_of

ASKED_EPUB = "words for each picture and formula, a language and a title for each page, heads for each table"
ASKED_DECK = "words for each picture and display formula, a head for each table, a title for each slide"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMathPara"
_TITLES = ("title", "ctrTitle")


def alternatives_of_epub(path: Path, name: str) -> Verdict:
    """Return whether an e-book has words for all that is no words."""
    with zipfile.ZipFile(path) as archive:
        pages = [member for member in archive.namelist() if member.endswith(".xhtml")]
        faults = [
            fault for page in pages for fault in _page_faults(etree.fromstring(archive.read(page), _PARSER), page)
        ]
    return verdict_of(OURS, ASKED_EPUB, name, gathered(faults))


def _page_faults(root: etree._Element, page: str) -> Iterator[Fault]:
    if not (root.get("lang") or root.get(_XML_LANG)):
        yield Fault("3.1.1", f"{page} doesn't say its language")
    if not "".join(root.xpath("string(//*[local-name()='title'])")).strip():
        yield Fault("2.4.2", f"{page} has no title")
    for image in root.iter("{*}img"):
        if image.get("alt") is None:
            yield Fault("1.1.1", f"a picture without words in {page}")
    for formula in root.iter("{http://www.w3.org/1998/Math/MathML}math"):
        if not formula.get("alttext"):
            yield Fault("1.1.1", f"a formula without words in {page}")
    for table in root.iter("{*}table"):
        if next(table.iter("{http://www.w3.org/1999/xhtml}th"), None) is None and table.get("role") != "presentation":
            yield Fault("1.3.1", f"a table without heads in {page}")


def alternatives_of_deck(path: Path, name: str) -> Verdict:
    """Return whether a deck has words for all that is no words, and a title on each slide."""
    with zipfile.ZipFile(path) as archive:
        slides = [(match[1], member) for member in archive.namelist() if (match := _SLIDE.fullmatch(member))]
        faults = [fault for number, slide in slides for fault in _slide_faults(archive.read(slide), number)]
    return verdict_of(OURS, ASKED_DECK, name, gathered(faults))


def _slide_faults(data: bytes, number: str) -> Iterator[Fault]:
    root = etree.fromstring(data, _PARSER)
    holders = [holder for holder in root.iter(f"{_P}ph") if holder.get("type") in _TITLES]
    shapes = [next(holder.iterancestors(f"{_P}sp"), None) for holder in holders]
    said = ("".join(text.text or "" for text in shape.iter(f"{_A}t")) for shape in shapes if shape is not None)
    if not any(words.strip() for words in said):
        yield Fault("2.4.2", f"slide {number} has no title")
    for shape in root.iter(f"{_P}pic"):
        named = next(shape.iter(f"{_P}cNvPr"), None)
        if named is None or not (named.get("descr") or named.find(".//{*}decorative") is not None):
            yield Fault("1.1.1", f"a picture without words on slide {number}")
    for table in root.iter(f"{_A}tblPr"):
        if table.get("firstRow") not in ("1", "true"):
            yield Fault("1.3.1", f"a table without a head on slide {number}")
    for formula in root.iter(_MATH):
        around = next(formula.iterancestors(f"{_P}sp"), None)
        named = next(around.iter(f"{_P}cNvPr"), None) if around is not None else None
        if named is not None and named.get("name", "").startswith("Formula") and not named.get("descr"):
            yield Fault("1.1.1", f"a formula without words on slide {number}")

"""Words of the glossary: where readers know how, what it says of them opens beside the word."""

from __future__ import annotations

from lxml import etree

from mathbook.document.book import Matter, Unit
from mathbook.html.notes import EPUB_TYPE


def open_beside(section: etree._Element, unit: Unit) -> None:
    """Let each term lead to its note on the page, if it has one; all of them, and their entries, say what they are."""
    notes = {note.get("id") for note in section.iterfind("section[@class='footnotes terms']/aside")}
    for link in section.iterfind(".//dfn[@class='term']/a"):
        entry = link.get("href", "").partition("#")[2]
        link.set("role", "doc-noteref" if entry in notes else "doc-glossref")
        link.set(EPUB_TYPE, "noteref glossref" if entry in notes else "glossref")
        if entry in notes:
            link.set("href", f"#{entry}")
    if isinstance(unit, Matter) and unit.kind == "glossary":
        for tag, kind in (("dt", "glossterm"), ("dd", "glossdef")):
            for element in section.iterfind(f"dl/{tag}"):
                element.set(EPUB_TYPE, kind)

"""The package document: what is in the file, in which order it is read, and for whom it is fit."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from markupsafe import Markup

from mathbook.epub.book import BookRecord
from mathbook.epub.templating import render
from mathbook.frozen import frozen


@frozen
class Item:
    """A file of the package. `reading` says that it has its place in the reading order."""

    id: str
    href: str
    media_type: str
    properties: tuple[str, ...] = ()
    reading: bool = False


XHTML = "application/xhtml+xml"


def package_document(book: BookRecord, items: Iterable[Item], topics: Iterable[str], source: str = "") -> str:
    """Return the package document (EPUB 3.3, section 5). `source` is the print edition whose pages are marked."""
    manifest = tuple(items)
    formulas = any("mathml" in item.properties for item in manifest)
    drawn = any("svg" in item.properties for item in manifest)
    pictures = drawn or any(item.href.startswith("pictures/") for item in manifest)
    return render(
        "package.opf",
        book=book,
        manifest=Markup("".join(map(_manifest_item, manifest))),
        spine=Markup("".join(f'<itemref idref="{escape(item.id)}"/>\n' for item in manifest if item.reading)),
        topics=tuple(topics),
        source=source,
        pictures=pictures,
        features=_features(formulas, pictures, bool(source)),
        summary=_summary(formulas, pictures, bool(source)),
    )


def _manifest_item(item: Item) -> str:
    properties = f' properties="{" ".join(item.properties)}"' if item.properties else ""
    return f'<item id="{escape(item.id)}" href="{escape(item.href)}" media-type="{item.media_type}"{properties}/>\n'


_PAGES = ("pageBreakMarkers", "pageNavigation")


def _features(formulas: bool, pictures: bool, pages: bool) -> tuple[str, ...]:
    """Return what the book does for readers (schema.org accessibilityFeature vocabulary)."""
    always = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability")
    return always + ("MathML", "describedMath") * formulas + ("alternativeText",) * pictures + _PAGES * pages


def _summary(formulas: bool, pictures: bool, pages: bool) -> str:
    sentences = ["Text can be resized, recoloured and read aloud; headings and contents lead through the book."]
    if formulas:
        sentences.append("Formulas are MathML and carry their words.")
    if pictures:
        sentences.append("Pictures have alternative text.")
    if pages:
        sentences.append("Page numbers are those of the print edition.")
    return " ".join(sentences)

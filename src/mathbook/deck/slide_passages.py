"""What a slide of a finished deck says: shapes, tables, formulas and pictures, then its notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from lxml import etree

from mathbook.archive.zip_reader import ZipReader
from mathbook.deck.safe_archive import parsed
from mathbook.document.fingerprint import fingerprint
from mathbook.document.passage import BENEATH, DIVIDES, Passage, Role, Spot
from mathbook.formula.symbols import symbols_of_omml
from mathbook.painting.stand_in import drawing_of

MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
NOTES = "/notesSlides/"
"""Stands in the name of a part that is a slide's notes."""
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMBEDDED = etree.XPath("descendant-or-self::*/@r:embed[.!='']", namespaces={"r": _R[1:-1]}, smart_strings=False)
"""The ids of the relationships to the pictures below an element."""


def slide_passages(deck: ZipReader, part: str, related: dict[str, str], place: str, ours: bool) -> Iterator[Passage]:
    """Yield what the slide says; what is beneath it only where it is `ours`, and other programs have not saved it."""
    root = parsed(deck, part)
    tree = next(root.iter(f"{_P}spTree"), None)
    if tree is None:
        raise ValueError("a slide has no shapes")
    if root.get("show") in ("0", "false"):
        yield Passage("furniture", "a hidden slide", place=place)
    if ours:
        yield from _beneath(deck, tree, related, place)
    for shape, spare in _shapes(tree):
        yield from _shape(deck, shape, spare, related, place, Spot(part, (_id_of(shape),)))
    for target in related.values():
        if NOTES in target:
            for words in _texts(parsed(deck, target)):
                yield Passage("notes", words, place=f"{place}, notes", spot=Spot(part))


def _id_of(shape: etree._Element) -> str:
    properties = next(shape.iter(f"{_P}cNvPr"), None)
    return properties.get("id", "") if properties is not None else ""


def _shapes(tree: etree._Element) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """Yield shapes in reading order, those of groups too; of alternatives the first, which PowerPoint takes, with the one
    that programs show which don't know the first.
    """
    for child in tree:
        if child.tag == f"{_MC}AlternateContent":
            spares = child.find(f"{_MC}Fallback")
            spare = next(iter(spares), None) if spares is not None else None
            yield from ((shape, spare) for shape in child.find(f"{_MC}Choice"))  # type: ignore[union-attr]
        elif child.tag == f"{_P}grpSp":
            yield from _shapes(child)
        elif child.tag in (f"{_P}sp", f"{_P}pic", f"{_P}graphicFrame"):
            yield child, None


def _beneath(deck: ZipReader, tree: etree._Element, related: dict[str, str], place: str) -> Iterator[Passage]:
    """Yield what other programs show in the place of what PowerPoint takes, and what is read aloud, told by a hash.

    Of pictures the zip's own checksum is enough: there are two for each formula.
    """
    texts = [text.text or "" for fallback in tree.iter(f"{_MC}Fallback") for text in fallback.iter(f"{_A}t")]
    named = [properties.get("descr", "") for properties in tree.iter(f"{_P}cNvPr")]
    pictures = (related.get(picture, "") for picture in _EMBEDDED(tree))
    checksums = [deck.entries[name].crc for name in pictures if name in deck.entries]
    if texts or checksums or any(named):
        yield Passage("furniture", "", pictures=(fingerprint((texts, named, checksums)),), place=f"{place}{BENEATH}")


def _shape(
    deck: ZipReader,
    shape: etree._Element,
    spare: etree._Element | None,
    related: dict[str, str],
    place: str,
    spot: Spot,
) -> Iterator[Passage]:
    if shape.tag == f"{_P}pic":
        yield _picture(deck, shape, related, place, spot)
        return
    holder = next(shape.iter(f"{_P}ph"), None)
    kind = holder.get("type", "") if holder is not None else ""
    if kind in ("ftr", "sldNum", "dt"):
        # numbers and dates are fields, which each program fills anew
        for words in _texts(shape) if kind == "ftr" else ():
            yield Passage("furniture", words, place=place, spot=spot)
        return
    cells = shape.tag == f"{_P}graphicFrame"
    role: Role = "cell" if cells else "title" if kind in ("title", "ctrTitle") else "paragraph"
    paragraphs = list(shape.iter(f"{_A}p"))
    for paragraph, simple in zip(paragraphs, _simple(paragraphs, spare), strict=True):
        words, formulas, links = _spaced(paragraph), _formulas(paragraph), _links(paragraph, related)
        yield Passage(role, words, formulas, links, place=place, simple=simple if simple != words else "", spot=spot)


def _simple(paragraphs: Sequence[etree._Element], spare: etree._Element | None) -> Sequence[str]:
    """Return what the paragraphs say where formulas in a line aren't known; nothing, if that can't be told."""
    simple = [_spaced(paragraph) for paragraph in spare.iter(f"{_A}p")] if spare is not None else []
    return simple if len(simple) == len(paragraphs) else [""] * len(paragraphs)


def _picture(deck: ZipReader, shape: etree._Element, related: dict[str, str], place: str, spot: Spot) -> Passage:
    """Return a picture by the digest of the file that was put in: the SVG, also where a program kept only what stands in
    for it. A picture of a formula is called one: it is told by its spoken words.
    """
    blips = [element for element in shape.iter() if isinstance(element.tag, str) and element.tag.endswith("lip")]
    names = [related.get(blip.get(f"{_R}embed", ""), "") for blip in blips]
    data = deck.read(names[-1]) if names and names[-1] in deck.entries else b""
    properties = next(shape.iter(f"{_P}cNvPr"), None)
    alt = properties.get("descr", "") if properties is not None else ""
    digest = drawing_of(data) or blake2b(data, digest_size=16).hexdigest()
    if properties is not None and properties.get("name", "").startswith("Formula"):
        return Passage("equation", "", (" ".join(alt.split()),), pictures=(digest,), place=place, spot=spot)
    return Passage("figure", alt, pictures=(digest,), place=place, spot=spot)


def _formulas(paragraph: etree._Element) -> tuple[str, ...]:
    """Return the symbols of each formula. LibreOffice writes one of the two vertical bars as the other."""
    return tuple("".join(symbols_of_omml(math)).replace(DIVIDES, "|") for math in paragraph.iter(f"{_M}oMath"))


def _links(paragraph: etree._Element, related: dict[str, str]) -> tuple[str, ...]:
    """Return where links lead; the number of notes says nothing."""
    targets = (related.get(link.get(f"{_R}id", ""), "") for link in paragraph.iter(f"{_A}hlinkClick"))
    return tuple("notes" if NOTES in target else target for target in targets)


def _spaced(paragraph: etree._Element) -> str:
    return " ".join(_words(paragraph).split())


def _words(paragraph: etree._Element) -> str:
    """Return the paragraph's words, a mark where a formula stands."""
    said = []
    for child in paragraph:
        if child.tag in (f"{_A}r", f"{_A}fld"):
            said.append("".join(text.text or "" for text in child.iter(f"{_A}t")))
        elif child.tag == f"{_A}br":
            said.append(" ")
        elif next(child.iter(f"{_M}oMath"), None) is not None:
            said.append(MARK)
    return "".join(said)


def _texts(root: etree._Element) -> Iterator[str]:
    for paragraph in root.iter(f"{_A}p"):
        if words := _spaced(paragraph):
            yield words

"""What a slide's XML says, shape by shape, with the elements that say it: of decks fresh, and edited by anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import blake2b

from lxml import etree

from mathbook.deck.printed import without_pages
from mathbook.document.talk import MARK, Line, Shape, ShapeKind, TalkSlide
from mathbook.formula.latex import Unreadable, latex
from mathbook.formula.symbols import symbols_of_omml
from mathbook.frozen import frozen

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BULLETS = (f"{A}buChar", f"{A}buAutoNum", f"{A}buBlip")
UNREADABLE = "?"
"""Begins what stands between the marks if a formula can't be told in LaTeX; its symbols follow."""


@frozen
class FoundLine:
    """A line and its paragraph; `spare` is the same paragraph for programs that don't know formulas in a line."""

    line: Line
    element: etree._Element
    spare: etree._Element | None = None


@frozen
class FoundShape:
    """A shape and its element: the whole mc:AlternateContent, where it has two faces."""

    shape: Shape
    element: etree._Element
    lines: tuple[FoundLine, ...]


def slide_of(root: etree._Element, notes: etree._Element | None, digest_of: Callable[[str], str]) -> TalkSlide:
    """Return what the slide says; `digest_of` knows the hash of the file behind a relationship's id."""
    found = list(found_shapes(root, digest_of))
    said = [one.shape for one in found] + ([notes_of(notes).shape] if notes is not None else [])
    return TalkSlide(tuple(said), _digest(root, found), effects_of(root))


def effects_of(root: etree._Element) -> int:
    """Return how many animation effects and transitions the slide has."""
    presets = sum("presetClass" in node.attrib for node in root.iter(f"{P}cTn"))
    return presets + (1 if next(root.iter(f"{P}transition"), None) is not None else 0)


def found_shapes(root: etree._Element, digest_of: Callable[[str], str]) -> Iterator[FoundShape]:
    """Yield the shapes of a slide in reading order, those in groups too."""
    tree = next(root.iter(f"{P}spTree"))
    yield from _inside(tree, digest_of)


def _inside(tree: etree._Element, digest_of: Callable[[str], str]) -> Iterator[FoundShape]:
    for child in tree:
        if child.tag == f"{_MC}AlternateContent":
            choice, spare = child.find(f"{_MC}Choice"), child.find(f"{_MC}Fallback")
            first = next(iter(choice), None) if choice is not None else None
            if first is not None:
                yield _shape(child, first, next(iter(spare), None) if spare is not None else None, digest_of)
        elif child.tag == f"{P}grpSp":
            yield from _inside(child, digest_of)
        elif child.tag in (f"{P}sp", f"{P}pic", f"{P}graphicFrame"):
            yield _shape(child, child, None, digest_of)


def _shape(
    element: etree._Element, shape: etree._Element, spare: etree._Element | None, digest_of: Callable[[str], str]
) -> FoundShape:
    if shape.tag == f"{P}pic":
        return _picture(element, shape, digest_of)
    paragraphs = list(shape.iter(f"{A}p"))
    spares = list(spare.iter(f"{A}p")) if spare is not None else []
    seconds = spares if len(spares) == len(paragraphs) else [None] * len(paragraphs)
    lines = tuple(_found_line(one, two) for one, two in zip(paragraphs, seconds, strict=True))
    kind = _kind(shape, lines)
    if kind == "footer":
        lines = tuple(replace(found, line=replace(found.line, text=without_pages(found.line.text))) for found in lines)
    columns = len(list(shape.iter(f"{A}gridCol")))
    kept = lines if kind == "table" else tuple(line for line in lines if line.line.text.strip())
    if kind == "formula":
        kept = tuple(_alone(found) for found in kept)
    said = Shape(kind, tuple(found.line for found in kept), box_of(shape), columns)
    return FoundShape(said, element, kept)


def _picture(element: etree._Element, shape: etree._Element, digest_of: Callable[[str], str]) -> FoundShape:
    properties, blip = next(shape.iter(f"{P}cNvPr")), next(shape.iter(f"{A}blip"), None)
    digest = digest_of(blip.get(f"{R}embed", "")) if blip is not None else ""
    line = Line(properties.get("descr", ""), digest)
    return FoundShape(Shape("picture", (line,), box_of(shape)), element, (FoundLine(line, shape),))


def _kind(shape: etree._Element, lines: tuple[FoundLine, ...]) -> ShapeKind:
    holder = next(shape.iter(f"{P}ph"), None)
    role = holder.get("type", "") if holder is not None else ""
    if role in ("title", "ctrTitle"):
        return "title"
    if role in ("ftr", "sldNum", "dt"):
        return "footer"
    if shape.tag == f"{P}graphicFrame":
        return "table"
    said = [found.line.text.strip() for found in lines if found.line.text.strip()]
    alone = len(said) == 1 and said[0].startswith(MARK) and said[0].index(MARK, 1) == len(said[0]) - 1
    return "formula" if alone and holder is None else "text"


def box_of(shape: etree._Element) -> tuple[int, ...]:
    """Return left, top, width and height in EMU, or nothing if the layout decides."""
    place = next(shape.iter(f"{A}xfrm", f"{P}xfrm"), None)
    offset = place.find(f"{A}off") if place is not None else None
    extent = place.find(f"{A}ext") if place is not None else None
    if offset is None or extent is None:
        return ()
    return tuple(
        int(end.get(name, "0")) for end, name in ((offset, "x"), (offset, "y"), (extent, "cx"), (extent, "cy"))
    )


def _found_line(paragraph: etree._Element, spare: etree._Element | None) -> FoundLine:
    words = said(paragraph)
    second = said(spare) if spare is not None else ""
    properties = paragraph.find(f"{A}pPr")
    level = int(properties.get("lvl", "0")) if properties is not None else 0
    marked = properties is not None and any(child.tag in _BULLETS for child in properties)
    return FoundLine(Line(words, second if second != words else "", level, marked), paragraph, spare)


def _alone(found: FoundLine) -> FoundLine:
    """Return the line of a formula that stands alone: beside its LaTeX, its symbols."""
    symbols = "".join("".join(symbols_of_omml(math)) for math in found.element.iter(f"{_M}oMath"))
    return FoundLine(Line(found.line.text.strip(), symbols), found.element, found.spare)


def said(paragraph: etree._Element) -> str:
    """Return a paragraph's words, each formula as its LaTeX between two marks."""
    words = []
    for child in paragraph:
        if child.tag == f"{A}r" or (child.tag == f"{A}fld" and child.get("type") != "slidenum"):
            words.append("".join(text.text or "" for text in child.iter(f"{A}t")))
        elif child.tag == f"{A}br":
            words.append(" ")
        else:
            words += [f"{MARK}{formula_of(math)}{MARK}" for math in child.iter(f"{_M}oMath")]
    return "".join(words).rstrip()


def formula_of(math: etree._Element) -> str:
    """Return a formula's LaTeX, or its symbols behind the sign for what can't be told."""
    try:
        return latex(math)
    except Unreadable:
        return UNREADABLE + "".join(symbols_of_omml(math))


def notes_of(root: etree._Element) -> FoundShape:
    """Return what the speaker's notes say."""
    lines: list[FoundLine] = []
    body = root
    for shape in root.iter(f"{P}sp"):
        holder = next(shape.iter(f"{P}ph"), None)
        if holder is not None and holder.get("type") == "body":
            body = shape
            lines += [_found_line(paragraph, None) for paragraph in shape.iter(f"{A}p")]
    kept = tuple(found for found in lines if found.line.text.strip())
    return FoundShape(Shape("notes", tuple(found.line for found in kept)), body, kept)


def _digest(root: etree._Element, found: list[FoundShape]) -> str:
    """Return the hash of all that an author can touch; footers aside, which the linker completes."""
    timing = list(root.iter(f"{P}timing", f"{P}transition"))
    hashed = blake2b(digest_size=12)
    for element in (*(one.element for one in found if one.shape.kind != "footer"), *timing):
        hashed.update(etree.tostring(element, method="c14n", exclusive=True))
    return hashed.hexdigest()

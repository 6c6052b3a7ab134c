"""Where the ink of a deck is: LibreOffice draws it, PDFium finds the words, and the deck's own XML says whose they are.

Nothing of mathbook is used: what is judged is the finished file.
"""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pypdfium2 as pdfium
from lxml import etree
from PIL import Image

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
EMU = 12700
SIDE = 2.0
"""Points that a word's ink may stand out of its shape: a letter may lean over its advance."""
EDGE = 5
"""Points along the slide's edges where nothing but the ground may be."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in points."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Area, more: float = SIDE) -> bool:
        across = self.left - more <= other.left and other.right <= self.right + more
        return across and self.top - more <= other.top and other.bottom <= self.bottom + more

    def meets(self, other: Area, less: float = SIDE) -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > less and min(self.bottom, other.bottom) - max(self.top, other.top) > less


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with words: where it is, and what it says without its spaces."""

    name: str
    area: Area
    text: str
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    area: Area


def squeezed(text: str) -> str:
    return "".join(text.split())


def shapes_of(deck: Path) -> list[list[Shape]]:
    """Return the shapes with words of each slide, in the slides' order."""
    with zipfile.ZipFile(deck) as archive:
        root = etree.fromstring(archive.read("ppt/presentation.xml"))
        names = _related(archive, "ppt/presentation.xml")
        order = [names[entry.get(f"{{{NS['r']}}}id")] for entry in root.iterfind(".//p:sldId", NS)]
        return [list(_shapes(archive, name)) for name in order]


def _related(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    path = PurePosixPath(part)
    root = etree.fromstring(archive.read(f"{path.parent}/_rels/{path.name}.rels"))
    return {entry.get("Id"): _joined(path.parent, entry.get("Target")) for entry in root}


def _joined(folder: PurePosixPath, target: str) -> str:
    parts = list(folder.parts)
    for step in PurePosixPath(target).parts:
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)


def _shapes(archive: zipfile.ZipFile, name: str) -> Iterator[Shape]:
    layout = next(target for target in _related(archive, name).values() if "slideLayout" in target)
    holders = _holders(archive, layout)
    for shape in _drawn(etree.fromstring(archive.read(name)).find(".//p:spTree", NS)):
        text = squeezed("".join(shape.itertext(f"{{{NS['a']}}}t")))
        properties = shape.find(".//p:cNvPr", NS)
        formula = shape.find(".//m:oMathPara", NS) is not None
        number = shape.find(".//a:fld[@type='slidenum']", NS) is not None
        if text or formula:
            yield Shape(properties.get("name"), _area(shape, holders), "" if number else text, formula)


def _drawn(tree: etree._Element) -> Iterator[etree._Element]:
    """Yield the shapes that LibreOffice draws: it knows a14, and takes the fallback of what needs more."""
    for child in tree:
        if child.tag == f"{{{NS['mc']}}}AlternateContent":
            choice = child.find("mc:Choice", NS)
            yield from choice if choice.get("Requires") == "a14" else child.find("mc:Fallback", NS)
        elif etree.QName(child).localname in ("sp", "graphicFrame", "pic"):
            yield child


def _holders(archive: zipfile.ZipFile, layout: str) -> dict[str, Area]:
    """Return where the layout's placeholders are, by type and by index."""
    found: dict[str, Area] = {}
    for shape in etree.fromstring(archive.read(layout)).iterfind(".//p:sp", NS):
        holder = shape.find(".//p:ph", NS)
        if holder is not None and shape.find(".//a:off", NS) is not None:
            area = _area(shape, {})
            found[f"type {holder.get('type', 'obj')}"] = found[f"idx {holder.get('idx', '0')}"] = area
    return found


def _area(shape: etree._Element, holders: dict[str, Area]) -> Area:
    start, size = shape.find(".//a:off", NS), shape.find(".//a:ext[@cx]", NS)
    if start is None:
        holder = shape.find(".//p:ph", NS)
        kind = holder.get("type", "obj")
        return holders[f"type {kind}"] if kind in ("title", "ctrTitle") else holders[f"idx {holder.get('idx')}"]
    left, top = int(start.get("x")) / EMU, int(start.get("y")) / EMU
    return Area(left, top, left + int(size.get("cx")) / EMU, top + int(size.get("cy")) / EMU)


def unshrunk(deck: Path, into: Path) -> Path:
    """Copy the deck with all shapes told not to shrink their text: so what is too long is seen to be."""
    with zipfile.ZipFile(deck) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename.endswith(".xml"):
                data = re.sub(rb"<a:normAutofit[^>]*/>", b"<a:noAutofit/>", data)
            new.writestr(member, data)
    return into


def drawn(deck: Path, folder: Path) -> Path:
    """Return the deck as a PDF, drawn by LibreOffice."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(deck)], check=True, capture_output=True, timeout=600)
    return folder / f"{deck.stem}.pdf"


def words_of(pdf: Path) -> list[list[Word]]:
    """Return each page's words, each with the box of its ink: what its glyphs cover, not what their font says."""
    document = pdfium.PdfDocument(pdf)
    return [list(_words(page.get_textpage(), page.get_height())) for page in document]


def _words(text: pdfium.PdfTextPage, height: float) -> Iterator[Word]:
    letters = ""
    boxes: list[tuple[float, ...]] = []
    for at in range(text.count_chars()):
        # PDFium says U+FFFE for a hyphen at the end of a line
        letter, box = text.get_text_range(at, 1).replace("\ufffe", "-"), text.get_charbox(at)
        if boxes and (not letter.strip() or _is_apart(boxes[-1], box)):
            yield _word(letters, boxes, height)
            letters, boxes = "", []
        if letter.strip():
            letters, boxes = letters + letter, [*boxes, box]
    if boxes:
        yield _word(letters, boxes, height)


def _is_apart(box: tuple[float, ...], after: tuple[float, ...]) -> bool:
    """Tell whether two letters stand apart, or on two lines (left, bottom, right, top; upwards)."""
    return after[0] > box[2] + 3 or after[0] < box[0] - 5 or after[3] < box[1] - 5


def _word(letters: str, boxes: list[tuple[float, ...]], height: float) -> Word:
    left, bottom, right, top = zip(*boxes, strict=True)
    return Word(letters, Area(min(left), height - max(top), max(right), height - min(bottom)))


def pages_with_ink_at_the_edge(pdf: Path, folder: Path) -> list[int]:
    """Return the numbers (from 1) of the pages that have more than a ground along an edge."""
    subprocess.run(["pdftoppm", "-r", "36", "-png", str(pdf), str(folder / "page")], check=True, capture_output=True)
    pictures = sorted(folder.glob("page-*.png"))
    return [at for at, picture in enumerate(pictures, start=1) if _has_ink_at_the_edge(Image.open(picture))]


def _has_ink_at_the_edge(picture: Image.Image) -> bool:
    wide, high = picture.size
    strip = round(EDGE * 36 / 72)
    edges = ((0, 0, wide, strip), (0, high - strip, wide, high), (0, 0, strip, high), (wide - strip, 0, wide, high))
    shades = {shade for edge in edges for _, shade in picture.convert("RGB").crop(edge).getcolors(wide * high)}
    return len(shades) > 4  # a ground, and the bar that some layouts have along one side, with its soft edge


def faults(shapes: list[Shape], words: list[Word], slide: Area) -> Iterator[str]:
    """Yield what is wrong on a slide: words out of their shapes, words upon words, words that aren't there."""
    owners = [_owner(word, shapes) for word in words]
    for word, owner in zip(words, owners, strict=True):
        if owner is None:
            near = next((shape for shape in shapes if word.text in shape.text), None)
            yield f"{word.text!r} at {word.area} lies outside {near.name + str(near.area) if near else 'every shape'}"
        if not slide.holds(word.area, 0):
            yield f"{word.text!r} lies outside the slide"
    for at, word in enumerate(words):
        for other, owner in zip(words[:at], owners[:at], strict=True):
            if owner is not owners[at] and word.area.meets(other.area):
                yield f"{word.text!r} lies upon {other.text!r}"
    wanted = Counter("".join(shape.text for shape in shapes if not shape.formula))
    lost = wanted - Counter("".join(word.text for word in words))
    if lost:
        yield f"these characters are not to be seen: {dict(lost)}"


def _owner(word: Word, shapes: list[Shape]) -> Shape | None:
    """Return the shape that says the word and holds it; marks, page numbers and formulas' signs stand in no text."""
    text = re.sub(r"^(•|\.|\d+\.|\d+$)", "", word.text)
    said = any(text in shape.text for shape in shapes if not shape.formula)
    for shape in shapes:
        sign = shape.formula and (not said or len(word.text) < 4)
        if (text in shape.text or sign) and shape.area.holds(word.area):
            return shape
    return None

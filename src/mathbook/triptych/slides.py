"""Slides of a deck: pictures of them, and where on a slide a shape stands."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from lxml import etree

from mathbook.document.passage import Passage
from mathbook.frozen import frozen
from mathbook.preview.drawings import Drawings
from mathbook.triptych.prints import Picture, packed

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_TITLES = ("title", "ctrTitle")

Box = tuple[float, float, float, float]
"""Left, top, width and height in hundredths of the slide's width and height."""


@frozen
class Shown:
    """A slide that shows a block: its number, the boxes in which it does, and what its notes say of it."""

    number: int
    boxes: tuple[Box, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class Slides:
    """Knows where a deck's shapes stand."""

    archive: zipfile.ZipFile
    _trees: dict[str, etree._Element] = field(default_factory=dict)
    _size: tuple[float, float] = (0.0, 0.0)

    @classmethod
    def of(cls, path: Path) -> Slides:
        """Return the slides of a file that was read back, and so found to be harmless."""
        made = cls(zipfile.ZipFile(path))
        size = next(made._tree("ppt/presentation.xml").iter(f"{_P}sldSz"))
        made._size = float(size.get("cx", 0)), float(size.get("cy", 0))
        return made

    @property
    def ratio(self) -> float:
        """Return how much wider a slide is than high."""
        return self._size[0] / self._size[1]

    def visible(self) -> tuple[int, ...]:
        """Return the numbers of the slides that are not hidden: only those are drawn."""
        relations = self._tree("ppt/_rels/presentation.xml.rels")
        targets = {relation.get("Id"): f"ppt/{relation.get('Target', '')}" for relation in relations}
        listed = [targets[entry.get(f"{_R}id")] for entry in self._tree("ppt/presentation.xml").iter(f"{_P}sldId")]
        return tuple(at for at, part in enumerate(listed, 1) if self._tree(part).get("show", "1") not in ("0", "false"))

    def close(self) -> None:
        """Close the file."""
        self.archive.close()

    def shown(self, found: Sequence[Passage]) -> Iterator[Shown]:
        """Yield the slides on which the passages were found, in their order."""
        by_number: dict[int, list[Passage]] = {}
        for passage in found:
            by_number.setdefault(int(passage.place.split(",")[0].split()[-1]), []).append(passage)
        for number, passages in sorted(by_number.items()):
            spots = (passage.spot for passage in passages if passage.spot and passage.role != "notes")
            pieces = dict.fromkeys((spot.part, piece) for spot in spots for piece in spot.pieces)
            boxes = (self._box(part, shape) for part, shape in pieces)
            notes = tuple(passage.words for passage in passages if passage.role == "notes")
            yield Shown(number, tuple(box for box in boxes if box), notes)

    def _box(self, part: str, shape: str) -> Box | None:
        """Return where the shape stands; a placeholder may stand where its layout or master says."""
        drawn = next((p for p in self._tree(part).iter(f"{_P}cNvPr") if p.get("id") == shape), None)
        held = drawn.getparent().getparent() if drawn is not None else None  # type: ignore[union-attr]
        if held is None:
            return None
        holder = held.find(f".//{_P}ph")
        place = _place(held)
        while place is None and holder is not None and (part := self._above(part)):
            place = next(
                (_place(other) for other in self._tree(part).iter(f"{_P}sp") if _stands_for(other, holder)), None
            )
        if place is None:
            return None
        (x, y, width, height), (wide, high) = place, self._size
        return (100 * x / wide, 100 * y / high, 100 * width / wide, 100 * height / high)

    def _above(self, part: str) -> str:
        """Return the layout of a slide, the master of a layout; nothing above that."""
        kind = {"slides": "/slideLayout", "slideLayouts": "/slideMaster"}.get(part.split("/")[1], "")
        folder, name = posixpath.split(part)
        for relation in self._tree(f"{folder}/_rels/{name}.rels") if kind else ():
            if relation.get("Type", "").endswith(kind):
                return posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
        return ""

    def _tree(self, part: str) -> etree._Element:
        if part not in self._trees:
            self._trees[part] = etree.fromstring(self.archive.read(part), _PARSER)
        return self._trees[part]


def _place(shape: etree._Element) -> Box | None:
    """Return the shape's own offset and extent (ECMA-376, 20.1.7.6), if it has one."""
    for frame in (*shape.iter(f"{_A}xfrm"), *shape.iter(f"{_P}xfrm")):
        offset, extent = frame.find(f"{_A}off"), frame.find(f"{_A}ext")
        if offset is not None and extent is not None:
            x, y = float(offset.get("x", 0)), float(offset.get("y", 0))
            return x, y, float(extent.get("cx", 0)), float(extent.get("cy", 0))
    return None


def _stands_for(shape: etree._Element, holder: etree._Element) -> bool:
    """Return whether a layout's or master's shape is the one that a placeholder takes its place from."""
    other = shape.find(f".//{_P}ph")
    if other is None:
        return False
    kinds = (other.get("type", "obj"), holder.get("type", "obj"))
    return kinds[0] == kinds[1] or (kinds[0] in _TITLES and kinds[1] in _TITLES)


def pictures(deck: Path, numbers: Sequence[int], kept: Path, width: int) -> Iterator[tuple[int, Picture]]:
    """Yield a picture of each slide that is shown, with its number. Raises NotDrawn where LibreOffice can't draw it."""
    with pypdfium2.PdfDocument(Drawings(kept).as_pdf(deck)) as document:
        for at, number in enumerate(numbers[: len(document)]):
            page = document[at]
            drawn = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
            page.close()
            yield number, Picture(packed(drawn), drawn.width, drawn.height)

"""Strips of a PDF's pages: what a block looks like in print."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from mathbook.document.passage import Spot
from mathbook.frozen import frozen

SCALE = 2.0
"""Pixels a point: sharp on a dense screen, where a page is as wide as a column."""
MARGIN = 5.0
"""Points of paper around what is shown."""
NEAR = 12.0
"""Points above a block within which what belongs to no block is its heading: "Tip", a line of the author's."""

_Box = tuple[float, float, float, float]


@frozen
class Picture:
    """A picture with its size in pixels of the page, and the place that it shows."""

    data: bytes
    width: int
    height: int
    place: str = ""


@dataclass
class Prints:
    """Cuts strips out of the pages of one PDF; it draws each page once, and holds the one that it drew last."""

    document: pypdfium2.PdfDocument
    _drawn: tuple[int, Image.Image] | None = None
    _boxes: dict[int, dict[int, _Box]] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> Prints:
        """Return the prints of a file. Raises PdfiumError."""
        return cls(pypdfium2.PdfDocument(path))

    def strips(self, spots: Sequence[Spot], others: Collection[Spot]) -> Iterator[Picture]:
        """Yield the strips in which the spots lie, one a page: as wide as the page's text, as high as the block.

        What stands right above it and is none of the `others` is shown with it.
        """
        taken = {(int(spot.part), int(piece)) for spot in others for piece in spot.pieces}
        contents: dict[int, list[int]] = {}
        for spot in spots:
            contents.setdefault(int(spot.part), []).extend(int(piece) for piece in spot.pieces)
        for number, pieces in contents.items():
            boxes = self._boxes_of(number)
            if inked := [boxes[piece] for piece in pieces if piece in boxes]:
                free = [box for piece, box in boxes.items() if (number, piece) not in taken]
                yield self._strip(number, min(box[1] for box in inked), _upwards(max(box[3] for box in inked), free))

    def close(self) -> None:
        """Close the file."""
        self.document.close()

    @cached_property
    def _sides(self) -> tuple[float, float]:
        """Return left and right of the file's text: all strips are cut there, and have type of one size."""
        boxes = [box for number in range(len(self.document)) for box in self._boxes_of(number).values()]
        return min(box[0] for box in boxes), max(box[2] for box in boxes)

    def _boxes_of(self, number: int) -> dict[int, _Box]:
        if number not in self._boxes:
            page = self.document[number]
            self._boxes[number] = _inked(page)
            page.close()
        return self._boxes[number]

    def _strip(self, number: int, bottom: float, top: float) -> Picture:
        sheet, (left, right) = self._sheet(number), self._sides
        height = sheet.height / SCALE
        edges = (left - MARGIN, height - top - MARGIN, right + MARGIN, height - bottom + MARGIN)
        left, upper, right, lower = (round(edge * SCALE) for edge in edges)
        cut = sheet.crop((max(left, 0), max(upper, 0), min(right, sheet.width), min(lower, sheet.height)))
        return Picture(packed(cut), round(cut.width / SCALE), round(cut.height / SCALE))

    def _sheet(self, number: int) -> Image.Image:
        if self._drawn is None or self._drawn[0] != number:
            page = self.document[number]
            self._drawn = number, page.render(scale=SCALE).to_pil().convert("RGB")
            page.close()
        return self._drawn[1]


def _upwards(top: float, free: Sequence[_Box]) -> float:
    """Return the top of what stands right above, line by line."""
    for _, bottom, _, above in sorted(free, key=lambda box: box[1]):
        if 0 <= bottom - top < NEAR:
            top = max(top, above)
    return top


def packed(picture: Image.Image) -> bytes:
    """Return the picture as a small file that all browsers show."""
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=70, method=2)
    return out.getvalue()


def _inked(page: Any) -> dict[int, _Box]:
    """Return for each marked content (ISO 32000-1, 14.6) the box around all that is painted in it."""
    boxes: dict[int, _Box] = {}
    for at in range(raw.FPDFPage_CountObjects(page)):
        found = raw.FPDFPage_GetObject(page, at)
        content = raw.FPDFPageObj_GetMarkedContentID(found)
        if content >= 0:
            box = _bounds(found)
            boxes[content] = _around(boxes[content], box) if content in boxes else box
    return boxes


def _bounds(found: Any) -> _Box:
    """Return left, bottom, right and top in points."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(found, *(ctypes.byref(side) for side in (left, bottom, right, top)))
    return left.value, bottom.value, right.value, top.value


def _around(one: _Box, two: _Box) -> _Box:
    return min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3])

"""The contrast of print, measured on the pages: the colour of each text beside that of what it is painted on."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from mathbook.judges.verdict import OURS, Fault, Verdict, verdict_of
from mathbook.theme.contrast import READABLE, contrast_ratio

ASKED = "contrast of all text on its pages (WCAG 2.2, 1.4.3)"
LARGE, READABLE_LARGE = 18.0, 3.0
"""Points from which on text is large, and the least contrast of such text."""
SCALE = 1.5


def contrast(path: Path, name: str) -> Verdict:
    """Return whether all text of a PDF stands out from its ground."""
    low: Counter[tuple[str, str]] = Counter()
    with pypdfium2.PdfDocument(path) as document:
        for number in range(len(document)):
            page = document[number]
            low.update(_low(page))
            page.close()
    faults = (
        Fault("1.4.3", f"text in {colour} on {ground}: {contrast_ratio(colour, ground):.2f} to 1", count)
        for (colour, ground), count in low.most_common()
    )
    return verdict_of(OURS, ASKED, name, faults)


def _low(page: Any) -> Iterator[tuple[str, str]]:
    """Yield colour and ground of the page's texts that stand out too little."""
    sheet = page.render(scale=SCALE).to_pil().convert("RGB")
    height = page.get_height()
    for at in range(raw.FPDFPage_CountObjects(page)):
        found = raw.FPDFPage_GetObject(page, at)
        if raw.FPDFPageObj_GetType(found) == raw.FPDF_PAGEOBJ_TEXT and (colour := _colour(found)):
            left, bottom, right, top = _bounds(found)
            ground = _ground(sheet, (left, height - top, right, height - bottom), colour)
            least = READABLE_LARGE if _size(found) >= LARGE else READABLE
            if ground and contrast_ratio(colour, ground) < least:
                yield colour, ground


def _ground(sheet: Image.Image, box: tuple[float, float, float, float], colour: str) -> str:
    """Return the commonest colour around the text that isn't its own, if there is another; nothing off the page."""
    left, upper, right, lower = box
    edges = (left * SCALE - 2, upper * SCALE - 2, right * SCALE + 2, lower * SCALE + 2)
    cut = sheet.crop((max(int(edges[0]), 0), max(int(edges[1]), 0), int(edges[2]) + 1, int(edges[3]) + 1))
    if not (cut.width and cut.height):
        return ""
    found = cut.getcolors(cut.width * cut.height) or []
    for _, pixel in sorted(found, key=lambda pair: -pair[0]):
        assert isinstance(pixel, tuple)
        if (shown := _hexadecimal(pixel)) != colour:
            return shown
    return colour


def _colour(found: Any) -> str:
    """Return the colour that a text is painted in; nothing, if it is not seen."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(found, *(ctypes.byref(part) for part in parts)) or not parts[3].value:
        return ""
    if raw.FPDFTextObj_GetTextRenderMode(found) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return ""
    return _hexadecimal(tuple(part.value for part in parts[:3]))


def _hexadecimal(colour: tuple[int, ...]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour[:3])


def _size(found: Any) -> float:
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(found, ctypes.byref(size))
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(found, ctypes.byref(matrix))
    return float(size.value * abs(matrix.d or 1.0))


def _bounds(found: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(found, *(ctypes.byref(side) for side in (left, bottom, right, top)))
    return left.value, bottom.value, right.value, top.value

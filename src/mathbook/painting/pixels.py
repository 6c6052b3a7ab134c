"""A plain drawing as pixels: PDFium paints, and what it has painted becomes a PNG."""

from __future__ import annotations

import io
from contextlib import closing
from threading import Lock

import pydyf
from PIL import Image
from pypdfium2 import PdfBitmap, PdfDocument, raw

from mathbook.painting.plain_svg import PlainDrawing
from mathbook.painting.png import coloured_png, one_colour_png
from mathbook.painting.shapes import decimal

PAINTING = Lock()
"""PDFium is not made for threads: who uses it in a thread beside a build, as the live page does, holds this."""
_STEPS = 16
"""In how many steps an edge is smoothed: no eye sees more, and PDFium's 256 make files larger by a third."""
_STEPS_OF_ONE_COLOUR = 15
"""The same of a drawing in one colour, so that a pixel takes four bits."""


def png_of(drawing: PlainDrawing, width: int) -> bytes:
    """Return the drawing as a PNG, so many pixels wide, with a transparent ground."""
    height = max(round(width * drawing.box[3] / drawing.box[2]), 1)
    picture = painted(drawing, width, height)
    if any(opacity != 1 for opacity in drawing.opacities):
        return coloured_png(picture)
    cover = picture.getchannel("A")
    if len(drawing.colours) == 1:
        return one_colour_png(cover.point(_in_steps(_STEPS_OF_ONE_COLOUR, 1)), *drawing.colours)
    picture.putalpha(cover.point(_in_steps(_STEPS, 255 / _STEPS)))
    return coloured_png(picture)


def _in_steps(steps: int, height: float) -> list[int]:
    """Return for each of 256 values the step that is nearest to it, in steps of a height."""
    return [round(round(value * steps / 255) * height) for value in range(256)]


def painted(drawing: PlainDrawing, width: int, height: int) -> Image.Image:
    """Return the drawing with straight alpha, as PDFium paints it on nothing."""
    page = _as_pdf(drawing, width, height)
    with (
        PAINTING,
        PdfDocument(page) as document,
        closing(PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGRA)) as bitmap,
    ):
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0)
        raw.FPDF_RenderPageBitmap(bitmap, document[0], 0, 0, width, height, 0, raw.FPDF_REVERSE_BYTE_ORDER)
        return Image.frombytes("RGBA", (width, height), bitmap.buffer, "raw", "RGBA", bitmap.stride)


def _as_pdf(drawing: PlainDrawing, width: int, height: int) -> bytes:
    """Return a page of a point a pixel (ISO 32000-1, 7.7.3), whose y goes up."""
    left, top, across, down = drawing.box
    right, up = width / across, height / down
    moved = " ".join(map(decimal, (right, 0, 0, -up, -left * right, height + top * up))) + " cm"
    states = {
        f"S{at}": pydyf.Dictionary({"ca": decimal(one), "CA": decimal(one)}) for at, one in enumerate(drawing.opacities)
    }
    content = pydyf.Stream([f"{moved}\n{drawing.operators}".encode("ascii")])
    pdf = pydyf.PDF()
    pdf.add_object(content)
    page = {
        "Type": "/Page",
        "Parent": pdf.pages.reference,
        "MediaBox": pydyf.Array([0, 0, width, height]),
        "Contents": content.reference,
        "Resources": pydyf.Dictionary({"ExtGState": pydyf.Dictionary(states)}),
    }
    pdf.add_page(pydyf.Dictionary(page))
    written = io.BytesIO()
    pdf.write(written)
    return written.getvalue()

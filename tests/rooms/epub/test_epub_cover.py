"""The cover's pixels are those that another renderer of SVG paints."""

from __future__ import annotations

import io

import pytest
import resvg_py
from epub_samples import edition, theme
from PIL import Image, ImageChops, ImageStat

from mathbook.document.book import Audience
from mathbook.epub.book import book_record
from mathbook.epub.cover import cover_png, cover_svg


@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_the_cover_is_painted_as_others_paint_it(audience: Audience):
    svg = cover_svg(book_record(edition(audience)), theme())
    theirs = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))))
    ours = Image.open(io.BytesIO(cover_png(svg)))
    assert ours.size == theirs.size == (1600, 2400)
    difference = ImageChops.difference(ours.convert("RGB"), theirs.convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 1, "of 255: edges are smoothed otherwise, and colours are few"
    assert max(high for _, high in difference.getextrema()) < 110
    assert cover_png(svg) == cover_png.__wrapped__(svg)

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
from mathbook.epub.painting import painted

EVERY_SHAPE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="160" height="240" viewBox="0 0 160 240">
<rect width="160" height="240" fill="#204060"/>
<g fill="none" stroke="#ffffff" stroke-width="3" transform="translate(80 90) rotate(-24)">
<ellipse rx="60" ry="30" stroke-opacity="0.4"/>
</g>
<g fill="#f0a000" fill-opacity="0.7">
<path transform="translate(20 150)" d="M0 0H40V30L20 40 0 30ZM50 0 70 0Q90 0 90 20Z"/>
<path transform="translate(90 180)" d="M0 0C0 20 40 20 40 0Q40 -30 20 -30 0 -30 0 0Z"/>
</g>
<polyline points="10,200 60,220 110,190" fill="none" stroke="#ff8080" stroke-width="5" stroke-linecap="round"/>
<circle cx="110" cy="190" r="9" fill="#ff8080"/>
</svg>"""


def assert_alike(svg: str) -> None:
    theirs = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True))))
    difference = ImageChops.difference(painted(svg), theirs.convert("RGB"))
    assert max(ImageStat.Stat(difference).mean) < 0.6, "of 255: edges are smoothed otherwise"
    assert max(high for _, high in difference.getextrema()) < 110


def test_every_shape_is_painted_as_others_paint_it():
    assert_alike(EVERY_SHAPE)


@pytest.mark.parametrize("audience", ["student", "instructor"])
def test_the_cover_is_painted_as_others_paint_it(audience: Audience):
    svg = cover_svg(book_record(edition(audience)), theme())
    assert_alike(svg)
    with Image.open(io.BytesIO(cover_png(svg))) as picture:
        assert picture.size == (1600, 2400) and cover_png(svg) == cover_png.__wrapped__(svg)

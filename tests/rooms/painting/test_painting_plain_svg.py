"""Pictures of flat shapes: PDFium paints them as an SVG program does, and what it can't paint is left to one."""

from __future__ import annotations

import io
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
import resvg_py
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter

from mathbook.deck.media import Letters, rasterised
from mathbook.formula.drawing import svg_picture
from mathbook.formula.parse import parse
from mathbook.painting.pixels import png_of
from mathbook.painting.plain_svg import plain_drawing

WIDE = 320


def svg(inside: str) -> str:
    size = 'width="160" height="100" viewBox="0 0 160 100"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{inside}</svg>'


def seen(png: bytes, ground: str) -> Image.Image:
    """Return what an eye sees of a picture on a ground from some way off: edges may be smoothed in different ways."""
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    whole = Image.new("RGBA", (picture.width + 20, picture.height + 20), ground)
    whole.alpha_composite(picture, (10, 10))
    return whole.convert("RGB").filter(ImageFilter.BoxBlur(2))


def difference(text: str, wide: int = WIDE) -> int:
    """Return by how much the two programs' pictures differ at most, from 0 to 255, on a light and on a dark ground."""
    drawing = plain_drawing(text, wide)
    assert drawing is not None
    ours = png_of(drawing, wide)
    theirs = resvg_py.svg_to_bytes(svg_string=text, width=wide, skip_system_fonts=True)
    apart = [ImageChops.difference(seen(ours, ground), seen(theirs, ground)) for ground in ("#ffffff", "#203040")]
    return max(most for one in apart for _, most in one.getextrema())


SHAPES = {
    "a line": '<line x1="10" y1="10" x2="150" y2="90" stroke="#c03" stroke-width="3"/>',
    "a thin line": '<path d="M10 20H150M10 30L150 70" stroke="black" stroke-width=".2"/>',
    "a rectangle": '<rect x="10.3" y="10.7" width="100.2" height="40.1" fill="teal"/>',
    "a thin rectangle": '<rect x="10.3" y="10.7" width="140" height=".4"/>',
    "round corners": '<rect x="10" y="10" width="100" height="60" rx="20" ry="9" fill="#abc" stroke="navy"/>',
    "corners as round as can be": '<rect x="10" y="10" width="100" height="60" rx="500"/>',
    "a circle and an ellipse": '<circle cx="50" cy="50" r="30" fill="gold"/><ellipse cx="90" cy="50" rx="40" ry="9"/>',
    "dashes": '<path d="M10 50H150" stroke="#333" stroke-width="4" stroke-dasharray="9 4 2" stroke-dashoffset="3"/>',
    "caps and joins": '<polyline points="20,80 50,20 80,80 110,20" fill="none" stroke="red" stroke-width="12" '
    'stroke-linecap="round" stroke-linejoin="bevel"/>',
    "a sharp corner": '<polyline points="20,80 50,20 54,80" fill="none" stroke="red" stroke-width="6"/>',
    "a hole": '<path fill-rule="evenodd" d="M10 10h100v80h-100zM30 30h60v40h-60z"/>',
    "all commands of paths": '<path d="M10 10l20 5h9v9H30V40c5 5 10-5 20 0s9 9 20 0q9 9 20 0t20 0a9 9 30 1 0 9 9z" '
    'fill="#8c6" stroke="#000"/>',
    "a faint ground": '<rect width="160" height="100"/><circle cx="80" cy="50" r="40" fill="#f80" fill-opacity=".4"/>',
    "a faint line": '<path d="M0 0L160 100" fill="none" stroke="blue" stroke-width="9" opacity=".5"/>',
    "inherited": '<g fill="none" stroke="#060" stroke-width="5"><g stroke-linecap="square"><path d="M20 50h90"/>'
    "</g></g>",
    "a style": '<path style="fill: none; stroke: #00f; stroke-width: 7px" fill="red" d="M20 20L90 90h20"/>',
    "the current colour": '<g color="#909"><rect width="50" height="50" fill="currentColor"/></g>',
    "moved, turned and scaled": '<g transform="translate(80 50) rotate(30) scale(2,.5)"><rect x="-20" y="-20" '
    'width="40" height="40" stroke="#f00" stroke-width="3"/></g>',
    "turned around a point": '<rect transform="rotate(45, 80, 50)" x="60" y="30" width="40" height="40"/>',
    "a matrix": '<rect transform="matrix(1 .2 -.3 .9 20 5)" width="60" height="40" fill="#345"/>',
    "used twice": '<defs><path id="a" d="M0 0h20l9 30z"/></defs><use href="#a" x="20" y="9" fill="red"/>'
    '<use xlink:href="#a" xmlns:xlink="http://www.w3.org/1999/xlink" transform="translate(90 40) scale(2)"/>',
    "cut off": '<clipPath id="c"><rect x="30" y="20" width="60" height="40"/></clipPath>'
    '<circle cx="60" cy="40" r="39" fill="#27c" clip-path="url(#c)"/>',
    "a sheet for all parts": "<defs><style>*{stroke-linejoin: round; stroke-linecap: butt}</style></defs>"
    '<path d="M20 80L60 20L99 80" stroke="#000" stroke-width="15" stroke-linecap="round" fill="none"/>',
    "what is not for drawing": "<title>A</title><desc>B</desc><metadata>C</metadata>"
    '<g font-size="9" data-x="1" aria-label="D" class="e"><rect width="20" height="20"/></g>',
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_plain_picture_looks_as_an_svg_program_draws_it(shape: str):
    assert difference(svg(shape)) <= 30


colours = st.sampled_from(["none", "#c03", "black", "rgb(20, 90, 200)", "#ffffff"])
numbers = st.integers(0, 160).map(str)
Point = tuple[int, int]


def turns(points: list[Point]) -> bool:
    """True if no line goes back on itself: what a program draws there is its own affair."""
    triples = zip(points, points[1:], points[2:], strict=False)
    return all((b[0] - a[0]) * (c[1] - b[1]) != (b[1] - a[1]) * (c[0] - b[0]) for a, b, c in triples)


def polyline(points: list[Point]) -> str:
    return f"<polyline stroke-linejoin='round' points='{' '.join(f'{x * 10},{y * 10}' for x, y in points)}' "


corners = st.lists(st.tuples(st.integers(0, 16), st.integers(0, 10)), min_size=3, max_size=6, unique=True)
painted = st.builds(
    lambda fill, stroke, width, faint: f'fill="{fill}" stroke="{stroke}" stroke-width="{width}" {faint}',
    colours,
    colours,
    st.sampled_from(["0", "0.3", "1", "4.5"]),
    st.sampled_from(["", 'fill-opacity=".5"', 'stroke-opacity=".3"']),
)
shapes = st.one_of(
    st.builds("<rect x='{}' y='{}' width='{}' height='{}' ".format, numbers, numbers, numbers, numbers),
    st.builds("<circle cx='{}' cy='{}' r='{}' ".format, numbers, numbers, numbers),
    corners.filter(turns).map(polyline),
)
moves = st.sampled_from(["", 'transform="scale(.5)"', 'transform="rotate(20) translate(9)"'])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds("<g {}>{}{}/></g>".format, moves, shapes, painted), max_size=5).map("".join).map(svg))
def test_any_shapes_look_as_an_svg_program_draws_them(text: str):
    assert difference(text) <= 70


@pytest.mark.parametrize(
    "inside",
    [
        "<text x='9' y='9'>words</text>",
        "<rect width='9' height='9' filter='url(#f)'/>",
        "<rect width='9' height='9' fill='url(#gradient)'/>",
        "<rect width='9' height='9' fill='hsl(9, 9%, 9%)'/>",
        "<rect width='9' height='9' fill='#ff000080'/>",
        "<rect width='50%' height='9'/>",
        "<rect width='9' height='9' mask='url(#m)'/>",
        "<rect width='9' height='9' style='fill: red !important'/>",
        "<rect width='9' height='9' display='none'/>",
        "<rect width='9' height='9' vector-effect='non-scaling-stroke'/>",
        "<rect width='9' height='9' stroke='red' opacity='.5'/>",
        "<g opacity='.5'><rect width='9' height='9'/><rect width='9' height='9'/></g>",
        "<rect width='9' height='9' transform='skewX(9)'/>",
        "<path d='M0 0L9 9' marker-end='url(#m)' stroke='red'/>",
        "<path d='nothing'/>",
        "<path d='M0 0L010 5L9 9'/>",
        "<path d='M0 0L5. 5L9 9'/>",
        "<polyline points='1,2,3'/>",
        "<use href='#nowhere'/>",
        "<g id='a'><use href='#a'/></g>",
        "<svg width='9' height='9'/>",
        "<switch><rect width='9' height='9'/></switch>",
        "<style>rect { fill: red }</style><rect width='9' height='9'/>",
        "<image href='data:image/png;base64,iVBORw0KGgo='/>",
    ],
)
def test_what_only_a_whole_svg_program_draws_is_left_to_it(inside: str):
    assert plain_drawing(svg(inside), WIDE) is None


@pytest.mark.parametrize("around", ["width='100%' height='9'", "width='160' height='160' viewBox='0 0 160 100'", ""])
def test_a_picture_with_margins_or_without_a_size_is_left_to_an_svg_program(around: str):
    assert plain_drawing(f"<svg xmlns='http://www.w3.org/2000/svg' {around}/>", WIDE) is None


def test_a_formula_is_drawn_in_one_colour_on_nothing():
    drawn = Image.open(io.BytesIO(rasterised(svg_picture(parse(r"\frac{a}{b}", display=True), "#fafbfc"), 100)))
    pixels = drawn.convert("RGBA")
    assert {colour[:3] for _, colour in pixels.getcolors(1000) or ()} == {(0xFA, 0xFB, 0xFC)}
    assert pixels.getchannel("A").getextrema() == (0, 255)


def test_a_formula_is_as_high_as_it_is_wide_for_its_drawing():
    parsed = parse(r"\boxed{x}", display=True)
    drawn = Image.open(io.BytesIO(rasterised(svg_picture(parsed), 200)))
    assert drawn.size == (400, round(400 * (parsed.ascent + parsed.descent) / parsed.width))


def test_a_coloured_formula_keeps_its_colours():
    drawn = Image.open(io.BytesIO(rasterised(svg_picture(parse(r"x\color{red} y", display=True)), 100))).convert("RGBA")
    solid = {colour[:3] for _, colour in drawn.getcolors(10_000) or () if colour[3] == 255}
    assert {(0, 0, 0), (255, 0, 0)} <= solid


def test_the_same_picture_is_the_same_bytes():
    text = svg(SHAPES["all commands of paths"])
    assert rasterised(text, 100, Letters()) == rasterised(text, 100, Letters())


def test_threads_that_paint_at_once_get_the_same_pictures():
    texts = [svg(shape) for shape in SHAPES.values()] * 4
    one_by_one = [rasterised(text, 100) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda text: rasterised(text, 100), texts)) == one_by_one


def test_a_picture_is_a_whole_png():
    png = rasterised(svg(SHAPES["a circle and an ellipse"]), 100)
    at, names = 8, []
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        body = png[at + 4 : at + 8 + length]
        assert zlib.crc32(body) == int.from_bytes(png[at + 8 + length : at + 12 + length], "big")
        names.append(body[:4])
        at += 12 + length
    assert names == [b"IHDR", b"IDAT", b"IEND"]


def test_a_picture_with_nothing_on_it_is_transparent():
    drawn = Image.open(io.BytesIO(rasterised(svg(""), 100))).convert("RGBA")
    assert drawn.getchannel("A").getextrema() == (0, 0)

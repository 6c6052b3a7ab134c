"""Pictures: believed only after they were decoded; SVG only if it does nothing."""

from __future__ import annotations

import base64
import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mathbook.source.picture_size import TooLarge, raster_size, svg_size
from mathbook.source.pictures import read_picture
from mathbook.source.svg_safety import UnreadablePicture, UnsafePicture, parsed_svg

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str = "", attributes: str = "") -> bytes:
    return f"<svg {NS} {attributes}>{inside}</svg>".encode()


def raster(kind: str, mode: str = "RGB", size: tuple[int, int] = (8, 4), **options: object) -> bytes:
    into = io.BytesIO()
    Image.new(mode, size).save(into, kind, **options)
    return into.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_raster_picture_is_known_by_its_content(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong-name.svg"
    path.write_bytes(raster(kind))
    picture = read_picture(path, "a")
    assert (picture.media_type, picture.width, picture.height) == (f"image/{kind.lower()}", 8.0, 4.0)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1"])
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_with_too_many_dots_gets_a_size_fit_for_screens(kind: str, mode: str, tmp_path: Path) -> None:
    noise = Image.effect_noise((2400, 600), 80)
    into = io.BytesIO()
    (noise.convert(mode) if kind == "PNG" else noise.convert("RGB")).save(into, kind)
    path = tmp_path / "a"
    path.write_bytes(into.getvalue())
    picture = read_picture(path, "a")
    assert (picture.width, picture.data) == (2400.0, into.getvalue())
    if picture.on_screens or mode not in ("1", "P"):  # dots of few colours may take less room than fewer of many
        assert raster_size(picture.on_screens) == (picture.media_type, 1600.0, 400.0)
        assert len(picture.on_screens) < len(picture.data)


@pytest.mark.parametrize(
    "data", [raster("PNG", size=(1600, 9)), raster("GIF", "P", (2400, 9)), raster("PNG", "I;16", (2400, 9))]
)
def test_a_picture_that_fits_or_can_t_be_made_smaller_well_stays_as_it_is(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    assert read_picture(path, "a").on_screens == b""


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "ICO", "PPM"])
def test_other_kinds_are_refused(kind: str) -> None:
    with pytest.raises(UnreadablePicture, match="neither PNG"):
        raster_size(raster(kind, size=(16, 16)))


def test_cmyk_animation_and_turned_pictures_are_refused() -> None:
    frames = [Image.new("L", (8, 8), shade) for shade in (0, 200)]
    animated = io.BytesIO()
    frames[0].save(animated, "GIF", save_all=True, append_images=frames[1:])
    exif = Image.Exif()
    exif[0x0112] = 6
    for data, why in (
        (raster("JPEG", "CMYK"), "CMYK"),
        (animated.getvalue(), "animated"),
        (raster("JPEG", exif=exif), "upright"),
    ):
        with pytest.raises(UnreadablePicture, match=why):
            raster_size(data)


def test_a_picture_that_is_cut_off_is_found_by_decoding_it() -> None:
    noise = io.BytesIO()
    Image.effect_noise((64, 64), 50).save(noise, "PNG")
    with pytest.raises(UnreadablePicture, match="broken"):
        raster_size(noise.getvalue()[:2000])


def test_a_picture_that_is_cut_off_is_found_though_another_library_told_pillow_to_be_lenient(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("PIL.ImageFile.LOAD_TRUNCATED_IMAGES", True)
    test_a_picture_that_is_cut_off_is_found_by_decoding_it()


@pytest.mark.parametrize("size", [(10_000, 6_000), (20_000, 20_000)])
def test_a_bomb_is_too_large(size: tuple[int, int]) -> None:
    with pytest.raises(TooLarge):
        raster_size(raster("PNG", "1", size))


@given(st.binary(max_size=60), st.integers(0, 60))
def test_no_bytes_raise_anything_else(noise: bytes, at: int) -> None:
    whole = raster("PNG")
    for data in (noise, whole[:at] + noise + whole[at + len(noise) :], b"<svg " + noise):
        for read in (raster_size, svg_size):
            with contextlib.suppress(UnreadablePicture, UnsafePicture, TooLarge):
                read(data)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="10" height="20"', (10, 20)),
        ('width="1in" height="2.54cm"', (96, 96)),
        ('viewBox="0 0 30 40"', (30, 40)),
        ('viewBox="0,0,30,40" width="60"', (60, 80)),
        ('viewBox="0 0 30 40" height="20px"', (15, 20)),
        ('viewBox="0 0 30 40" width="100%" height="100%"', (30, 40)),
        ("", (300, 150)),
        ('width="50%" height="auto"', (300, 150)),
    ],
)
def test_an_svg_has_the_size_that_css_gives_it(attributes: str, size: tuple[float, float]) -> None:
    assert svg_size(svg(attributes=attributes)) == pytest.approx(size)


@pytest.mark.parametrize(
    "attributes", ['width="1.2.3"', 'width="0"', 'height="-3px"', 'width="nan"', 'viewBox="a"', 'viewBox="0 0 9 0"']
)
def test_an_svg_without_a_size_that_can_be_drawn_is_refused(attributes: str) -> None:
    with pytest.raises(UnreadablePicture, match=r"its (width|height|viewBox)"):
        svg_size(svg(attributes=attributes))


PNG = base64.b64encode(raster("PNG")).decode()


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><g id="a"><rect/></g></defs><use href="#a"/><use xlink:href="#a"/>',
        '<linearGradient id="a"/><rect fill="url(#a)" style="stroke:url(\'#a\')"/>',
        "<style>.a { fill: red }</style>",
        f'<image href="data:image/png;base64,{PNG}"/>',
        "<metadata><title>On the way</title></metadata>",
    ],
)
def test_what_a_drawing_program_writes_is_read(inside: str) -> None:
    assert svg_size(svg(inside, 'width="9" height="9"')) == (9, 9)


@pytest.mark.parametrize(
    "inside",
    [
        "<script/>",
        "<g><foreignObject/></g>",
        '<rect onload="a()"/>',
        '<a href="javascript:a()"/>',
        '<a xlink:href="https://example.org"/>',
        '<image href="file:///etc/passwd"/>',
        '<image href="a.png"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
        '<use href="other.svg#a"/>',
        '<rect fill="url(http://example.org/a#b)"/>',
        '<rect style="fill: URL( &quot;//example.org/a&quot; )"/>',
        "<style>@IMPORT 'a.css'</style>",
        "<style>@font-face { src: url(a.woff) }</style>",
        "<style>a { fill: u\\72l(http://example.org) }</style>",
        "<style><![CDATA[ a { background: url(http://example.org) } ]]></style>",
        '<g xml:base="http://example.org/"/>',
        '<animate attributeName="x"/>',
        "<?xml-stylesheet href='a.css'?>",
        '<g id="a"><use href="#a"/></g>',
        '<pattern id="a"><rect fill="url(#a)"/></pattern>',
    ],
)
def test_what_does_something_or_leads_out_is_refused(inside: str) -> None:
    with pytest.raises(UnsafePicture):
        parsed_svg(svg(inside))


def test_entities_are_refused_in_every_encoding() -> None:
    text = f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg {NS}>&a;</svg>'
    with pytest.raises(UnsafePicture):
        parsed_svg(text.encode())
    with pytest.raises(UnreadablePicture):
        parsed_svg(text.encode("utf-16"))
    with pytest.raises(UnreadablePicture):
        parsed_svg(f'<?xml version="1.0" encoding="UTF-7"?><svg {NS}/>'.encode())


@pytest.mark.parametrize("reference", ['<use href="#{0}"/>', '<rect fill="url(#{0})"/>'])
def test_a_bomb_of_references_is_counted_before_it_is_drawn(reference: str) -> None:
    levels = "".join(f'<g id="l{n + 1}">{reference.format(f"l{n}") * 10}</g>' for n in range(9))
    with pytest.raises(UnsafePicture, match="more than"):
        parsed_svg(svg(f'<g id="l0"/>{levels}'))


def test_a_bomb_inside_an_svg_is_found() -> None:
    bomb = base64.b64encode(raster("PNG", "1", (10_000, 6_000))).decode()
    with pytest.raises(TooLarge):
        svg_size(svg(f'<image href="data:image/png;base64,{bomb}"/>'))

"""A PNG says which drawing it stands in for, and only as long as no byte of it is another."""

from __future__ import annotations

import io
from hashlib import blake2b

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from mathbook.painting.stand_in import drawing_of, standing_in

DRAWING = b"<svg/>"


def png(width: int, height: int, colour: tuple[int, int, int]) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(written, "PNG")
    return written.getvalue()


PNGS = st.builds(png, st.integers(1, 20), st.integers(1, 20), st.tuples(*[st.integers(0, 255)] * 3))


@given(PNGS, st.binary())
def test_a_stand_in_tells_its_drawing_and_shows_what_it_showed(picture: bytes, drawing: bytes):
    told = standing_in(picture, drawing)
    assert drawing_of(told) == blake2b(drawing, digest_size=16).hexdigest()
    with Image.open(io.BytesIO(told)) as shown, Image.open(io.BytesIO(picture)) as before:
        assert shown.tobytes() == before.tobytes()


@given(PNGS, st.data())
def test_a_stand_in_with_one_byte_changed_tells_nothing(picture: bytes, data: st.DataObject):
    told = standing_in(picture, DRAWING)
    at = data.draw(st.integers(0, len(told) - 1))
    assert drawing_of(told[:at] + bytes([told[at] ^ data.draw(st.integers(1, 255))]) + told[at + 1 :]) == ""


@given(st.binary(max_size=200) | PNGS)
def test_what_stands_in_for_nothing_tells_nothing(picture: bytes):
    assert drawing_of(picture) == ""

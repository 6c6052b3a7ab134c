"""Pictures as pixels, for programs that show no SVG."""

from __future__ import annotations

import io

import pytest
from deck_files import THEME
from PIL import Image

from mathbook.deck.media import letters_of, rasterised


def ink(font: str) -> int:
    """Return how many pixels are dark of a picture that says one word in a font."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="40" viewBox="0 0 100 40">'
        f'<text x="4" y="30" font-size="24" font-family="{font}">Word</text></svg>'
    )
    drawn = Image.open(io.BytesIO(rasterised(svg, 100, letters_of(THEME)))).convert("RGBA")
    return sum(drawn.getchannel("A").histogram()[128:])


@pytest.mark.parametrize("font", ["Source Sans 3", "sans-serif", "serif", "monospace", "No Such Font", "DejaVu Sans"])
def test_words_on_a_picture_are_drawn_whatever_fonts_the_machine_has(font: str):
    assert ink(font) > 200

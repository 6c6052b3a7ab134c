"""Colours as an author of LaTeX names them."""

from __future__ import annotations

from PIL import ImageColor


def rgb(colour: str) -> tuple[int, int, int] | None:
    """Return red, green and blue (0 to 255) of a name or #rrggbb; None if nobody knows the colour."""
    try:
        red, green, blue = ImageColor.getrgb(colour)[:3]
    except ValueError:
        return None
    return red, green, blue

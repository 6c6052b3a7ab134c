"""Colours as LaTeX names them (xcolor), as #rrggbb."""

from __future__ import annotations

import re

from mathbook.diagnostics import did_you_mean
from mathbook.formula.errors import FormulaError


def hexadecimal(colour: str) -> str:
    """Return a colour as #rrggbb: a name of CSS, digits, or the numbers of xcolor's models rgb, RGB and gray.

    Raises FormulaError for one that isn't known: a drawing would be black, and MathML of any colour.
    """
    channels = _numbers(colour)
    if channels is None:
        channels = _named(colour)
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _numbers(colour: str) -> tuple[int, ...] | None:
    """Return the channels of `0.5` (gray), `255,0,0` (RGB) and `rgb(1,0,0)` (rgb), as the parser writes the models."""
    found = re.fullmatch(r"(rgb\()?([\d.]+(?:\s*,\s*[\d.]+\s*,\s*[\d.]+)?)\)?", colour.strip())
    if not found:
        return None
    values = [float(value) for value in found[2].split(",")]
    whole = not found[1] and len(values) == 3
    channels = tuple(round(value if whole else value * 255) for value in values * (3 // len(values)))
    return channels if max(channels) <= 255 else None


def _named(colour: str) -> tuple[int, ...]:
    from PIL import ImageColor  # most formulas are black

    try:
        return ImageColor.getrgb(colour)[:3]
    except ValueError:
        hint = did_you_mean(colour.lower(), ImageColor.colormap, "take a name that CSS has, or #rrggbb")
        raise FormulaError(f"unknown colour {colour}", hint=hint) from None

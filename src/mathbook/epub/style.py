"""The style sheet, from the theme's tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from mathbook.document.theme import Colours, FontFamily, Theme
from mathbook.epub.fonts import EmbeddedFont
from mathbook.epub.templating import render
from mathbook.theme.contrast import contrast_ratio

_DARK_GROUND = "#26282c"
"""The lightest ground that a night mode is likely to have, with a box on it: what is readable here is so on black."""
_COMFORTABLE = 6.0
"""More than the least contrast (4.5): in the dark, thin strokes need it."""


def style_sheet(theme: Theme, fonts: Iterable[EmbeddedFont]) -> str:
    """Return the e-book's style sheet: ours, then the theme's own."""
    return render(
        "style.css",
        faces=list(fonts),
        body=_stack(theme.fonts.body),
        heading=_stack(theme.fonts.heading),
        code=_stack(theme.fonts.code),
        math=_stack(theme.fonts.math),
        line_height=theme.line_height,
        colours=theme.colours,
        light=theme.colours,
        dark=dark_colours(theme.colours),
        own=theme.epub_css,
    )


def _stack(family: FontFamily) -> str:
    """Return the font-family value: names in quotes, but not the generic families."""
    generic = {"serif", "sans-serif", "monospace", "math", "system-ui"}
    return ", ".join(name if name in generic else f'"{name}"' for name in (family.name, *family.fallback))


def dark_colours(colours: Colours) -> dict[str, str]:
    """Return the colours lightened until they can be read on a dark ground."""
    return {name: _lightened(colour) for name, colour in asdict(colours).items()}


def _lightened(colour: str) -> str:
    """Return the first of twenty steps from the colour to white that has enough contrast."""
    steps = (_towards_white(colour, step / 20) for step in range(21))
    return next(step for step in steps if contrast_ratio(step, _DARK_GROUND) >= _COMFORTABLE)


def _towards_white(colour: str, share: float) -> str:
    channels = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (255 - channel) * share):02x}" for channel in channels)

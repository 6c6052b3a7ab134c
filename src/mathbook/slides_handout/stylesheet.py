"""The page of slides on paper: its measures, and its style sheet."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from mathbook.deck.frame import Frame
from mathbook.deck.master import bar_of
from mathbook.deck.measure import CODE_LEADING
from mathbook.deck.measure import LINE as TEXT_LINE
from mathbook.deck.paragraphs import highlight
from mathbook.document.edition import Options
from mathbook.document.theme import FontFamily, Fonts, Theme
from mathbook.pdf.geometry import Page, page_of
from mathbook.pdf.stylesheet import font_faces

SLIDE_WIDTH, SLIDE_HEIGHT = 300.0, 205.0
"""How large a slide is drawn at most, in points: type of 18 points is 5.6 points high, with room to write beside."""
HEADING = 42.0
"""Points for the heading above a unit's first slide."""
GUTTER = 22.0
"""Points between a slide and what stands beside it."""
LINE = 21.0
"""Points between ruled lines."""


def paper(options: Options) -> Page:
    """Return the page, with narrower sides than a handout's."""
    return replace(page_of(options.meta.paper), side=48.0, top=60.0, bottom=60.0)


def in_deck_fonts(theme: Theme) -> Theme:
    """Return the theme with the deck's fonts for all text, so that lines end where they end on the slide."""
    deck = theme.deck
    return replace(theme, fonts=Fonts(deck.body, deck.heading, deck.code, theme.fonts.math))


def scale_of(frame: Frame) -> float:
    """Return how large a slide is drawn; three stand on a page in either ratio."""
    return min(SLIDE_WIDTH / frame.width, SLIDE_HEIGHT / frame.height)


def handout_css(theme: Theme, options: Options, frame: Frame) -> str:
    """Return the style sheet; the theme's fonts for print are known too, since pictures are lettered in them."""
    page, scale, fonts = paper(options), scale_of(frame), in_deck_fonts(theme).fonts
    wide, high = frame.width * scale, frame.height * scale
    row = (page.height - page.top - page.bottom - HEADING - 6) / 3
    values = {
        "c": theme.colours,
        "marked": f"#{highlight(theme.colours)}",
        "faces": font_faces(theme) + font_faces(in_deck_fonts(theme)),
        "body": _families(fonts.body, fonts.math),
        "heading": _families(fonts.heading, fonts.math),
        "code": _families(fonts.code, fonts.math),
        "page": page,
        "scale": scale,
        "wide": wide,
        "high": high,
        "row": row,
        "heading_room": HEADING,
        "gutter": GUTTER,
        "bar": bar_of(frame, "Section Header"),
        "beside": page.width - 2 * page.side - wide - GUTTER,
        "line": LINE,
        "code_line": round(TEXT_LINE * CODE_LEADING, 3),
        "lines": int((row - 14) / LINE) * LINE,
    }
    return _environment().get_template("slides.css").render(values)


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    folder = Path(__file__).parent / "templates"
    return SandboxedEnvironment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=False)


def _families(*families: FontFamily) -> str:
    """Return the families in their order: a sign that one lacks comes from the next, whatever fonts a machine has."""
    return ", ".join(f'"{family.name}"' for family in families)

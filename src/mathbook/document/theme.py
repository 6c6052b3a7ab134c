"""A theme: design tokens, fonts and the author's CSS. Loaded by `theme/`, read by every writer."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from mathbook.frozen import frozen


@frozen
class Colours:
    """Colours as `#rrggbb`. `surface` lies behind boxes and code, `rule` draws lines, `on_accent` is on `accent`."""

    text: str
    background: str
    muted: str
    accent: str
    on_accent: str
    accent2: str
    surface: str
    rule: str
    link: str
    warning: str
    code_keyword: str
    code_string: str
    code_comment: str
    code_number: str
    code_name: str


@frozen
class FontFace:
    """One font file. `digest` is the hash of its bytes, so that a theme can be compared without opening them."""

    path: Path
    digest: str
    weight: int = 400
    style: Literal["normal", "italic"] = "normal"


@frozen
class FontFamily:
    """A family: its `name`, what stands in for it where it isn't there, its faces, and its licence file."""

    name: str
    fallback: tuple[str, ...]
    faces: tuple[FontFace, ...]
    licence: Path | None = None


@frozen
class Fonts:
    """The families for print and e-book: body text, headings, code, formulas."""

    body: FontFamily
    heading: FontFamily
    code: FontFamily
    math: FontFamily


@frozen
class DeckTokens:
    """The deck's tokens. Families are what PowerPoint is told (Calibri); their faces are the metric twins that are
    measured (Carlito). Sizes are in points; `body_steps` are the body's sizes, largest first, never under 18.
    """

    heading: FontFamily
    body: FontFamily
    code: FontFamily
    title_size: float
    body_steps: tuple[float, ...]
    caption_size: float
    notes_size: float


@frozen
class Theme:
    """Everything that decides looks. `print_css` and `epub_css` come after our own style sheets. Sizes in points."""

    name: str
    title: str
    colours: Colours
    fonts: Fonts
    deck: DeckTokens
    body_size: float
    line_height: float
    print_css: str
    epub_css: str
    digest: str

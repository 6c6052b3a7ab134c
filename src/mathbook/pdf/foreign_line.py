"""A line that the theme's faces can't set, for what the linker writes: the layout engine sets it, in fonts that can."""

from __future__ import annotations

import io

import pikepdf
from lxml.builder import E

from mathbook.document.theme import Theme
from mathbook.pdf.piece import Piece
from mathbook.pdf.render import render_pdf
from mathbook.pdf.rendered import Sheet
from mathbook.pdf.stylesheet import font_faces, font_files
from mathbook.pdf.take_apart import form_taken

HEIGHT = 14.0
"""Points of the box that the line stands in."""
_CSS = """{faces}
@page {{ size: {width:.2f}pt {height}pt; margin: 0 }}
body {{ margin: 0; font: {size}pt/{height}pt {family}; color: {colour}; text-align: {side}; white-space: nowrap }}
"""


def foreign_line(text: str, theme: Theme, *, size: float, colour: str, width: float, to_right: bool) -> Piece:
    """Return a piece whose first object is the line as a form of that width in points, at its left or right side."""
    css = _CSS.format(
        faces=font_faces(theme),
        width=width,
        height=HEIGHT,
        size=size,
        family=f'"{theme.fonts.heading.name}"',
        colour=colour,
        side="right" if to_right else "left",
    )
    sheets = (Sheet(css, fonts=font_files(theme)),)
    rendered = render_pdf(
        E.section(text), title=text, language="", sheets=sheets, resources={}, formulas={}, tagged=False
    )
    with pikepdf.open(io.BytesIO(rendered.pdf)) as made:
        return form_taken(made)

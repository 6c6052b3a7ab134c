"""The font of formulas in a fragment: the layout engine doesn't know of it, so its pages are told afterwards."""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf
from pikepdf import Dictionary, Name

from mathbook.document.theme import Theme
from mathbook.formula.pdf_drawing import FONT_NAME
from mathbook.formula.typeface import Typeface, typeface
from mathbook.pdf.composite_font import composite_font
from mathbook.pdf.formula_image import FormulaImage


def formula_face(theme: Theme) -> Typeface:
    """Return the theme's font of formulas."""
    return typeface(theme.fonts.math.faces[0].path)


def put_formula_font(pdf: pikepdf.Pdf, theme: Theme, formulas: Iterable[FormulaImage]) -> None:
    """Name the font in the resources of all pages, with the glyphs that the formulas show."""
    face = formula_face(theme)
    texts = {glyph: face.text(glyph) for formula in formulas for glyph in formula.glyphs}
    if not texts:
        return
    font = composite_font(pdf, face.face, theme.fonts.math.name, texts)
    for page in pdf.pages:
        # one dictionary of fonts is shared by all pages, and by the forms that they use
        if "/Font" not in page.obj.Resources:
            page.obj.Resources.Font = Dictionary()
        page.obj.Resources.Font[Name(f"/{FONT_NAME}")] = font

"""The font of formulas in a fragment: the layout engine doesn't know of it, so its pages are told afterwards."""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf
from pikepdf import Dictionary, Name

from mathbook.document.theme import Theme
from mathbook.formula.pdf_drawing import FONT_NAME
from mathbook.formula.typeface import Typeface, typeface
from mathbook.pdf.elements import page_key
from mathbook.pdf.formula_image import FormulaImage
from mathbook.pdf.piece import FaceUse


def formula_face(theme: Theme) -> Typeface:
    """Return the theme's font of formulas."""
    return typeface(theme.fonts.math.faces[0].path)


def put_formula_font(
    pdf: pikepdf.Pdf, theme: Theme, formulas: Iterable[FormulaImage]
) -> dict[tuple[int, int], FaceUse]:
    """Name the font in the resources of all pages; return what stands for it there, with the glyphs that are shown."""
    face = formula_face(theme)
    texts = {glyph: face.text(glyph) for formula in formulas for glyph in formula.glyphs}
    if not texts:
        return {}
    font = pdf.make_indirect(Dictionary(Type=Name.Font))
    for page in pdf.pages:
        # one dictionary of fonts is shared by all pages, and by the forms that they use
        if "/Font" not in page.obj.Resources:
            page.obj.Resources.Font = Dictionary()
        page.obj.Resources.Font[Name(f"/{FONT_NAME}")] = font
    scale = 1000 / face.face.upem
    widths = {glyph: round(face.font.get_glyph_h_advance(glyph) * scale, 2) for glyph in sorted(texts)}
    return {page_key(font): FaceUse(theme.fonts.math.faces[0].digest, widths, texts)}

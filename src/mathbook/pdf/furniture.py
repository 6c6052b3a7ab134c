"""What stands on a page because of where it stands: running heads and page numbers, written as artifacts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Name

from mathbook.document.theme import Theme
from mathbook.pdf.foreign_line import BASELINE, foreign_line
from mathbook.pdf.geometry import Page
from mathbook.pdf.lettering import Lettering

SIZE = 8.2
"""Points."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """A page's running head and foot. Empty strings leave a place empty."""

    head_left: str = ""
    head_right: str = ""
    foot_left: str = ""
    foot_right: str = ""


def mirrored(pieces: list[Furniture]) -> list[Furniture]:
    """Return the furniture of pages of two sides: what stands at the right stands at the left of every second page."""
    return [
        Furniture(piece.head_right, piece.head_left, piece.foot_right, piece.foot_left) if at % 2 else piece
        for at, piece in enumerate(pieces)
    ]


def bind(pdf: pikepdf.Pdf, page: Page) -> None:
    """Make the inner margins wider and the outer ones narrower.

    The page's boxes are moved, and nothing on the page (ISO 32000-1, 14.11.2): places and links stay what they are.
    """
    for at, target in enumerate(pdf.pages):
        left = page.binding if at % 2 else -page.binding
        for key in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"):
            if key in target.obj:
                target.obj[key] = Array([left, 0, left + page.width, page.height])


def put_furniture(pdf: pikepdf.Pdf, pieces: list[Furniture], theme: Theme, page: Page) -> None:
    """Write each page's furniture onto it, in the heading font, as pagination artifacts (ISO 32000-1, 14.8.2.2)."""
    writer = _Writer(pdf, theme, page, Lettering(theme, "MathbookFurniture"))
    written = [writer.operators(piece) for piece in pieces]
    fonts = writer.lettering.embedded(pdf)
    # a page's own content leaves its matrix behind: it is put aside, so that points are points again
    aside = pdf.make_stream(b"q\n")
    for target, operators in zip(pdf.pages, written, strict=True):
        if operators:
            for name, reference in fonts.items():
                target.add_resource(reference, Name.Font, Name(f"/{name}"))
            for name, form in writer.forms.values():
                if f"/{name} " in operators:
                    target.add_resource(form, Name.XObject, Name(f"/{name}"))
            target.contents_add(aside, prepend=True)
            target.contents_add(b"\nQ" + operators.encode("ascii"), prepend=False)


@cache
def rgb(colour: str) -> str:
    """Return `#rrggbb` as the three numbers that PDF's colour operators want."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


@dataclass(slots=True)
class _Writer:
    """Knows the lines that the theme's faces can't set: `forms` has their names and forms by text and side."""

    pdf: pikepdf.Pdf
    theme: Theme
    page: Page
    lettering: Lettering
    forms: dict[tuple[str, bool], tuple[str, Any]] = field(default_factory=dict)

    def operators(self, piece: Furniture) -> str:
        """Return the content of the artifact; each text stands within the page's side margins."""
        page = self.page
        head, foot = page.height - page.top + 24, page.bottom - 32
        places = (
            *((piece.head_left, False, head), (piece.head_right, True, head)),
            *((piece.foot_left, False, foot), (piece.foot_right, True, foot)),
        )
        shown = [self._text(*place) for place in places]
        if not any(shown):
            return ""
        muted, rule = rgb(self.theme.colours.muted), rgb(self.theme.colours.rule)
        line = ""
        if piece.head_left or piece.head_right:
            left, right = page.side, page.width - page.side
            line = f"{rule} RG 0.5 w {left:.2f} {head - 6:.2f} m {right:.2f} {head - 6:.2f} l S "
        return f"\n/Artifact <</Type /Pagination>> BDC q {line}{muted} rg {' '.join(filter(None, shown))} Q EMC\n"

    def _text(self, text: str, to_right: bool, y: float) -> str:
        if not self.lettering.has(text):
            return f"q 1 0 0 1 {self.page.side:.2f} {y - BASELINE:.2f} cm /{self._form(text, to_right)} Do Q"
        line = self.lettering.line(text, SIZE)
        return line.at(self.page.width - self.page.side - line.width if to_right else self.page.side, y)

    def _form(self, text: str, to_right: bool) -> str:
        """Return the name of the form that shows the line."""
        if (text, to_right) not in self.forms:
            width, colour = self.page.width - 2 * self.page.side, self.theme.colours.muted
            form = foreign_line(self.pdf, text, self.theme, size=SIZE, colour=colour, width=width, to_right=to_right)
            self.forms[text, to_right] = f"MathbookLine{len(self.forms)}", form
        return self.forms[text, to_right][0]

"""What stands on a page because of where it stands: running heads and page numbers, written as artifacts."""

from __future__ import annotations

from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Name

from mathbook.document.theme import Theme
from mathbook.pdf.geometry import Page
from mathbook.pdf.lettering import Lettering, Line

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
    lettering = Lettering(theme, "MathbookFurniture")
    muted, rule = rgb(theme.colours.muted), rgb(theme.colours.rule)
    written = [_operators(piece, lettering, page, muted, rule) for piece in pieces]
    references = lettering.embedded(pdf)
    for target, operators in zip(pdf.pages, written, strict=True):
        if operators:
            for name, reference in references.items():
                target.add_resource(reference, Name.Font, Name(f"/{name}"))
            # the page's own content leaves its matrix behind: it is put aside, so that points are points again
            target.contents_add(b"q\n", prepend=True)
            target.contents_add(b"\nQ" + operators.encode("ascii"), prepend=False)


def rgb(colour: str) -> str:
    """Return `#rrggbb` as the three numbers that PDF's colour operators want."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


def _operators(piece: Furniture, lettering: Lettering, page: Page, muted: str, rule: str) -> str:
    """Return the content of the artifact; each text stands within the page's side margins."""
    right = page.width - page.side
    head, foot = page.height - page.top + 24, page.bottom - 32
    places = (
        (piece.head_left, page.side, False, head),
        (piece.head_right, right, True, head),
        (piece.foot_left, page.side, False, foot),
        (piece.foot_right, right, True, foot),
    )
    shown = [_text(lettering.line(text, SIZE), x, to_right, y) for text, x, to_right, y in places]
    if not any(shown):
        return ""
    line = ""
    if piece.head_left or piece.head_right:
        line = f"{rule} RG 0.5 w {page.side:.2f} {head - 6:.2f} m {right:.2f} {head - 6:.2f} l S "
    return f"\n/Artifact <</Type /Pagination>> BDC q {line}{muted} rg {' '.join(filter(None, shown))} Q EMC\n"


def _text(line: Line, x: float, to_right: bool, y: float) -> str:
    return line.at(x - line.width if to_right else x, y)

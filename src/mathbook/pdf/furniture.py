"""What stands on a page because of where it stands: running heads and page numbers, written as artifacts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from mathbook.document.theme import Theme
from mathbook.frozen import frozen
from mathbook.pdf.file_writer import FileWriter
from mathbook.pdf.fonts import FontPool
from mathbook.pdf.geometry import Page
from mathbook.pdf.lettering import Lettering
from mathbook.pdf.numbered import numbered

SIZE = 8.2
"""Points."""
BASELINE = 4.3
"""Points from the foot of a line's box to its baseline, about, where the layout engine sets it: it depends on fonts."""


@frozen
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


@cache
def rgb(colour: str) -> str:
    """Return `#rrggbb` as the three numbers that PDF's colour operators want."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


@frozen
class Furnished:
    """What furniture is on a page: operators, empty if there is none, and the numbers of fonts and forms by name."""

    operators: bytes
    fonts: tuple[tuple[str, int], ...] = ()
    forms: tuple[tuple[str, int], ...] = ()


class Furnisher:
    """Sets pages' furniture in the heading font, as pagination artifacts (ISO 32000-1, 14.8.2.2)."""

    def __init__(self, writer: FileWriter, fonts: FontPool, theme: Theme, page: Page) -> None:
        self._writer, self._pool, self._theme, self._page = writer, fonts, theme, page
        self._lettering = Lettering(theme, "MathbookFurniture")
        fonts.reserve(self._lettering.first)
        self._forms: dict[tuple[str, bool], tuple[str, int]] = {}
        """Lines that the theme's faces can't set: the names and numbers of forms, by text and side."""

    def furnished(self, pieces: Iterable[Furniture]) -> list[Furnished]:
        """Return what is on the pages."""
        written = [self._operators(piece) for piece in pieces]
        fonts = tuple((name, self._pool.number(use)) for name, use in self._lettering.uses().items())
        return [
            Furnished(operators, fonts, self._forms_in(operators)) if operators else Furnished(b"")
            for operators in written
        ]

    def _forms_in(self, operators: bytes) -> tuple[tuple[str, int], ...]:
        return tuple(
            (name, number) for name, number in self._forms.values() if f"/{name} ".encode("ascii") in operators
        )

    def _operators(self, piece: Furniture) -> bytes:
        """Return the content of the artifact; each text stands within the page's side margins."""
        page = self._page
        head, foot = page.height - page.top + 24, page.bottom - 32
        places = (
            *((piece.head_left, False, head), (piece.head_right, True, head)),
            *((piece.foot_left, False, foot), (piece.foot_right, True, foot)),
        )
        shown = [self._text(*place) for place in places]
        if not any(shown):
            return b""
        muted, rule = rgb(self._theme.colours.muted), rgb(self._theme.colours.rule)
        line = ""
        if piece.head_left or piece.head_right:
            left, right = page.side, page.width - page.side
            line = f"{rule} RG 0.5 w {left:.2f} {head - 6:.2f} m {right:.2f} {head - 6:.2f} l S "
        lines = " ".join(filter(None, shown))
        return f"/Artifact <</Type /Pagination>> BDC q {line}{muted} rg {lines} Q EMC\n".encode("ascii")

    def _text(self, text: str, to_right: bool, y: float) -> str:
        if not self._lettering.has(text):
            return f"q 1 0 0 1 {self._page.side:.2f} {y - BASELINE:.2f} cm /{self._form(text, to_right)} Do Q"
        line = self._lettering.line(text, SIZE)
        return line.at(self._page.width - self._page.side - line.width if to_right else self._page.side, y)

    def _form(self, text: str, to_right: bool) -> str:
        """Return the name of the form that shows the line."""
        if (text, to_right) not in self._forms:
            from mathbook.pdf.foreign_line import foreign_line  # the layout engine takes long to import

            width, colour = self._page.width - 2 * self._page.side, self._theme.colours.muted
            form = foreign_line(text, self._theme, size=SIZE, colour=colour, width=width, to_right=to_right)
            number = numbered(form, self._writer, self._pool).of(1)
            self._forms[text, to_right] = f"MathbookLine{len(self._forms)}", number
        return self._forms[text, to_right][0]

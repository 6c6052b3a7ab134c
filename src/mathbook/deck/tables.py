"""Tables as native graphic frames."""

from __future__ import annotations

from typing import Protocol

from mathbook.deck.frame import Box
from mathbook.deck.media import Media
from mathbook.deck.paragraphs import paragraphs
from mathbook.deck.slides import Code, Display, Grid, Para, Placed, Run
from mathbook.deck.xml import emu, xfrm
from mathbook.document.theme import Theme

_SIDES = {"left": "l", "center": "ctr", "right": "r", "default": "l"}
_MARGIN = 6.0


class Sizer(Protocol):
    """What writing needs of the fitter: the sizes that it found."""

    def display_size(self, piece: Display, width: float, size: float) -> tuple[float, float, float]:
        """Return a display formula's width, height and type size."""
        ...

    def caption_height(self, caption: Para | None, width: float) -> float:
        """Return a caption's height."""
        ...

    def code_size(self, code: Code, width: float, size: float) -> float:
        """Return the size of code beside text of this size."""
        ...

    def column_widths(self, grid: Grid, width: float, size: float) -> list[float]:
        """Return the widths of a table's columns."""
        ...

    def row_height(self, row: tuple[tuple[Run, ...], ...], grid: Grid, width: float, size: float) -> float:
        """Return a row's height."""
        ...


def table_frame(
    number: int, placed: Placed, grid: Grid, sizer: Sizer, theme: Theme, language: str, media: Media, role: str = ""
) -> str:
    """Return the graphic frame: the head row is marked as one, rules stand above, below and under the head."""
    widths = sizer.column_widths(grid, placed.width, placed.size)
    heights = [sizer.row_height(row, grid, placed.width, placed.size) for row in (*grid.head, *grid.body)]
    columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    rows = []
    for at, row in enumerate((*grid.head, *grid.body)):
        head, last = at < len(grid.head), at == len(heights) - 1
        cells = "".join(
            _cell(cell, grid.alignments[col], placed.size, theme, language, media, head=head, last=last)
            for col, cell in enumerate(row)
        )
        rows.append(f'<a:tr h="{emu(heights[at])}">{cells}</a:tr>')
    box = Box(placed.left + max(placed.width - sum(widths), 0) / 2, placed.top, sum(widths), sum(heights))
    first = ' firstRow="1"' if grid.head else ""
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table {number}"/><p:cNvGraphicFramePr>'
        f'<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr>{role}</p:nvPr></p:nvGraphicFramePr>{xfrm(box, "p:xfrm")}'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f"<a:tbl><a:tblPr{first}/><a:tblGrid>{columns}</a:tblGrid>{''.join(rows)}</a:tbl></a:graphicData></a:graphic>"
        "</p:graphicFrame>"
    )


def _cell(
    cell: tuple[Run, ...],
    side: str,
    size: float,
    theme: Theme,
    language: str,
    media: Media,
    *,
    head: bool,
    last: bool,
) -> str:
    bold = tuple(Run(r.text, True, r.italic, r.code, r.strike, r.baseline, r.colour, r.link, r.formula) for r in cell)
    inside = paragraphs((Para(bold if head else cell),), size, theme, language, media, formulas=False)
    inside = inside.replace("<a:pPr", f'<a:pPr algn="{_SIDES[side]}"', 1)
    inside = inside.replace(f'<a:spcAft><a:spcPts val="{round(0.45 * size * 100)}"/></a:spcAft>', "", 1)
    strong = _rule("lnB", 19050, "tx1") if head or last else _rule("lnB", 6350, "accent4")
    top = _rule("lnT", 19050, "tx1") if head else ""
    none = '<a:lnL w="0"><a:noFill/></a:lnL><a:lnR w="0"><a:noFill/></a:lnR>'
    margin = f'marL="{emu(_MARGIN)}" marR="{emu(_MARGIN)}" marT="{emu(4)}" marB="{emu(4)}" anchor="ctr"'
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{inside}</a:txBody>"
        f"<a:tcPr {margin}>{none}{top}{strong}<a:noFill/></a:tcPr></a:tc>"
    )


def _rule(name: str, width: int, colour: str) -> str:
    return f'<a:{name} w="{width}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:{name}>'

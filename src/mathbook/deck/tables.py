"""Tables as native graphic frames."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import Protocol

from mathbook.deck.frame import Box
from mathbook.deck.measure import GAP
from mathbook.deck.media import Media
from mathbook.deck.paragraphs import paragraphs
from mathbook.deck.slides import ACROSS, DOWN, Code, Display, Grid, Para, Placed, Run
from mathbook.deck.xml import DECLARATION, attribute, emu, xfrm
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.theme import Theme
from mathbook.document.words import say

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
    """Return the graphic frame: the head row is marked as one, and the table has our style."""
    widths = sizer.column_widths(grid, placed.width, placed.size)
    heights = [sizer.row_height(row, grid, placed.width, placed.size) for row in (*grid.head, *grid.body)]
    columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    whole = (*grid.head, *grid.body)
    rows = []
    for at, row in enumerate(whole):
        cells = "".join(
            _cell(
                cell,
                grid.alignments[col],
                placed.size,
                theme,
                language,
                media,
                _spans(whole, at, col),
                at < len(grid.head),
            )
            for col, cell in enumerate(row)
        )
        rows.append(f'<a:tr h="{emu(heights[at])}">{cells}</a:tr>')
    box = Box(placed.left + max(placed.width - sum(widths), 0) / 2, placed.top, sum(widths), sum(heights))
    first = ' firstRow="1"' if grid.head else ""
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="Table {number}"{_told(grid, language)}/><p:cNvGraphicFramePr>'
        f'<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr>{role}</p:nvPr></p:nvGraphicFramePr>{xfrm(box, "p:xfrm")}'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f"<a:tbl><a:tblPr{first}><a:tableStyleId>{TABLE_STYLE}</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>"
        f"{''.join(rows)}</a:tbl></a:graphicData></a:graphic>"
        "</p:graphicFrame>"
    )


def _told(grid: Grid, language: str) -> str:
    """Return the attribute that tells what the table is: its caption, or else what its columns are called."""
    said = "".join(run.text for run in grid.caption.runs) if grid.caption else ""
    if not said:
        heads = ("".join(run.text for run in cell).strip() for row in grid.head[-1:] for cell in row)
        said = ": ".join(filter(None, (say(LABEL_KINDS["tbl"].title, language), ", ".join(filter(None, heads)))))
    return f" descr={attribute(said)}" if said else ""


def _spans(rows: tuple[tuple[tuple[Run, ...], ...], ...], at: int, column: int) -> str:
    """Return how far a cell reaches, or that another one reaches over it (ECMA-376 part 1, 21.1.3.18)."""
    cell = rows[at][column]
    if cell in (ACROSS, DOWN):
        # a table that goes on from another slide may begin in the middle of a cell: there it stands empty
        begins = at == 0 if cell == DOWN else column == 0
        return "" if begins else ' hMerge="1"' if cell == ACROSS else ' vMerge="1"'
    across = sum(1 for _ in takewhile(lambda other: other == ACROSS, rows[at][column + 1 :]))
    down = sum(1 for _ in takewhile(lambda row: row[column] == DOWN, rows[at + 1 :]))
    return (f' rowSpan="{down + 1}"' if down else "") + (f' gridSpan="{across + 1}"' if across else "")


def _cell(
    cell: tuple[Run, ...], side: str, size: float, theme: Theme, language: str, media: Media, spans: str, head: bool
) -> str:
    """Return a cell. Rules and colours are the table style's; letters of the head are bold for every program."""
    shown = () if cell in (ACROSS, DOWN) else tuple(replace(run, bold=run.bold or head) for run in cell)
    inside = paragraphs((Para(shown),), size, theme, language, media, formulas=False)
    inside = inside.replace("<a:pPr", f'<a:pPr algn="{_SIDES[side]}"', 1)
    inside = inside.replace(f'<a:spcAft><a:spcPts val="{round(GAP * size * 100)}"/></a:spcAft>', "", 1)
    margin = f'marL="{emu(_MARGIN)}" marR="{emu(_MARGIN)}" marT="{emu(4)}" marB="{emu(4)}" anchor="ctr"'
    return f"<a:tc{spans}><a:txBody><a:bodyPr/><a:lstStyle/>{inside}</a:txBody><a:tcPr {margin}/></a:tc>"


TABLE_STYLE = "{6D6B1F0B-2B5C-5E43-9C1E-3B0A7D5E4F21}"
"""The id of the style that all tables have."""


def table_styles_xml() -> str:
    """Return ppt/tableStyles.xml: rules above and below, one under the head, fine ones between rows (20.1.4.2)."""
    none = "".join(f"<a:{side}><a:ln><a:noFill/></a:ln></a:{side}>" for side in ("left", "right"))
    inner = f"{_rule('insideH', 6350, 'accent4')}<a:insideV><a:ln><a:noFill/></a:ln></a:insideV>"
    edges = f"{none}{_rule('top', 19050, 'tx1')}{_rule('bottom', 19050, 'tx1')}"
    text = '<a:tcTxStyle{}><a:fontRef idx="minor"/><a:schemeClr val="tx1"/></a:tcTxStyle>'
    whole = f"<a:tcStyle><a:tcBdr>{edges}{inner}</a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle>"
    bold = ' b="on"'
    head = f"<a:tcStyle><a:tcBdr>{_rule('bottom', 19050, 'tx1')}</a:tcBdr></a:tcStyle>"
    return (
        f'{DECLARATION}<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{TABLE_STYLE}">'
        f'<a:tblStyle styleId="{TABLE_STYLE}" styleName="Rules"><a:wholeTbl>{text.format("")}{whole}</a:wholeTbl>'
        f"<a:firstRow>{text.format(bold)}{head}</a:firstRow></a:tblStyle></a:tblStyleLst>"
    )


def _rule(name: str, width: int, colour: str) -> str:
    line = f'<a:ln w="{width}" cmpd="sng"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill></a:ln>'
    return f"<a:{name}>{line}</a:{name}>"

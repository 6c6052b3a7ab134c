"""Tables: native, with a style that can be changed, spans, and the columns that their authors want."""

from __future__ import annotations

import zipfile
from pathlib import Path

from deck_files import deck_of, edition_of, example, slides
from lxml import etree
from pptx import Presentation

from mathbook.deck.tables import TABLE_STYLE
from mathbook.document.nodes import Cell, Heading, Table, Text


def cell(text: str, colspan: int = 1, rowspan: int = 1) -> Cell:
    return Cell((Text(text),), colspan, rowspan)


SPANNED = Table(
    ((cell("both", colspan=2), cell("c")),),
    ((cell("tall", rowspan=2), cell("1"), cell("2")), (cell("3"), cell("4"))),
    ("left", "left", "right"),
)


def table_in(tmp_path: Path, table: Table):
    deck = Presentation(str(deck_of(edition_of(example(Heading(2, (Text("T"),)), table)), tmp_path / "deck.pptx")))
    return next(shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table)


def test_spans_are_the_tables_own(tmp_path: Path):
    table = table_in(tmp_path, SPANNED)
    assert (table.cell(0, 0).span_width, table.cell(1, 0).span_height) == (2, 2)
    assert table.cell(0, 1).is_spanned and table.cell(2, 0).is_spanned
    assert [table.cell(2, at).text for at in (1, 2)] == ["3", "4"]


def test_a_head_is_marked_as_one_and_the_style_is_in_the_file(tmp_path: Path):
    assert table_in(tmp_path, SPANNED).first_row
    with zipfile.ZipFile(tmp_path / "deck.pptx") as archive:
        styles = etree.fromstring(archive.read("ppt/tableStyles.xml"))
        slide = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("ppt/slides/slide"))
    assert [style.get("styleId") for style in styles] == [TABLE_STYLE]
    assert TABLE_STYLE.encode() in slide


def test_columns_are_as_wide_as_the_author_wants(tmp_path: Path):
    row = (cell("a"), cell("b"))
    widths = [
        column.width for column in table_in(tmp_path, Table((row,), (row,), ("left", "left"), (0.75, 0.25))).columns
    ]
    assert widths[0] == 3 * widths[1]


def test_a_long_table_with_tall_cells_is_still_whole():
    body = tuple(
        (cell(f"{at}", rowspan=3), cell("b"), cell("c")) if at % 3 == 0 else (cell("b"), cell("c")) for at in range(30)
    )
    made = slides(Heading(2, (Text("T"),)), Table(SPANNED.head, body, SPANNED.alignments))[1:]
    grids = [placed.piece for slide in made for placed in slide.placed]
    assert len(grids) > 1 and sum(len(grid.body) for grid in grids) == 30

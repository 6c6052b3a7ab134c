"""Pipe tables with captions (Pandoc's manual, "Extension: pipe_tables" and "table_captions")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from mathbook.diagnostics import Code
from mathbook.source.dialect.attributes import read_trailing_attributes
from mathbook.source.dialect.parser import LineProcessor, add_text
from mathbook.source.positions import Cursor, Line

_DELIMITER = re.compile(r" {0,3}(?:\| *:?-+:? *(?:[|+] *:?-+:? *)*[|]?|:?-+:? *(?:[|+] *:?-+:? *)+\|?)$")
_PART = re.compile(r":?-+:?")
_CAPTION = re.compile(r" {0,3}(?:[Tt]able)?: *")
_SPLIT = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|\$(?!\s)(?:\\.|[^$\\])+?(?<!\s)\$(?!\d)|\|", re.DOTALL)


class PipeTables(LineProcessor):
    """A head row, a row of dashes that says how columns are aligned, and body rows."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the table, with a caption before or after it."""
        before = _caption_length(cursor, 0)
        blank = _blank_after(cursor, before) if before else 0
        if not _is_table(cursor, before + blank):
            return False
        caption = cursor.take_many(before)
        cursor.take_many(blank)
        table = self._take_rows(parent, cursor)
        if not caption:
            gap = _blank_after(cursor, 0)
            after = _caption_length(cursor, gap)
            if after:
                cursor.take_many(gap)
                caption = cursor.take_many(after)
        _add_caption(table, caption)
        return True

    def _take_rows(self, parent: Element, cursor: Cursor) -> Element:
        head, delimiter = cursor.take(), cursor.take()
        alignments = [_alignment(part) for part in _PART.findall(delimiter.text)]
        table = SubElement(parent, "table", {"at": head.place, "alignments": " ".join(alignments)})
        cells = self._cells(head, len(alignments))
        if any(cell.text for cell in cells):
            _add_row(SubElement(table, "thead"), cells)
        body = SubElement(table, "tbody")
        while (line := cursor.peek()) and "|" in line.text and not line.is_blank:
            _add_row(body, self._cells(cursor.take(), len(alignments)))
        return table

    def _cells(self, row: Line, count: int) -> list[Line]:
        """Return the row's cells, as many as the table has columns; what is too much joins the last one."""
        cells = split_cells(row)
        if len(cells) > count:
            message = f"this row has {len(cells)} cells, the table {count} columns"
            self.parser.error(Code.TABLE_SHAPE, row, message, r"take a cell out; a | inside a cell is written \|")
            extra = " ".join(cell.text for cell in cells[count - 1 :])
            cells[count - 1 :] = [Line(extra, row.number, cells[count - 1].column)]
        return cells + [Line("", row.number, row.column)] * (count - len(cells))


def split_cells(row: Line) -> list[Line]:
    """Return the cells of a row; a pipe in code, in a formula or behind a backslash doesn't part them."""
    ends = [match.start() for match in _SPLIT.finditer(row.text) if match[0] == "|"]
    starts = [0, *(end + 1 for end in ends)]
    cells = [row.cut(start).head(end - start) for start, end in zip(starts, [*ends, len(row.text)], strict=True)]
    if cells[0].is_blank and ends:
        cells = cells[1:]
    if cells[-1].is_blank and len(cells) > 1:
        cells = cells[:-1]
    stripped = [cell.cut(cell.indent) for cell in cells]
    return [Line(cell.text.rstrip(), cell.number, cell.column) for cell in stripped]


def _is_table(cursor: Cursor, ahead: int) -> bool:
    head, delimiter = cursor.peek(ahead), cursor.peek(ahead + 1)
    return bool(
        head and delimiter and "|" in head.text and head.indent < 4 and _DELIMITER.match(delimiter.text.rstrip())
    )


def _alignment(part: str) -> str:
    return {(True, True): "center", (True, False): "left", (False, True): "right"}.get(
        (part.startswith(":"), part.endswith(":")), "default"
    )


def _add_row(parent: Element, cells: Sequence[Line]) -> None:
    row = SubElement(parent, "tr")
    for cell in cells:
        add_text(row, "td", [cell])


def _blank_after(cursor: Cursor, ahead: int) -> int:
    count = 0
    while (line := cursor.peek(ahead + count)) and line.is_blank:
        count += 1
    return count


def _caption_length(cursor: Cursor, ahead: int) -> int:
    """Return how many lines the caption has that begins `ahead`; 0 if there is none."""
    first = cursor.peek(ahead)
    if not first or first.text.lstrip().startswith(":::") or not _CAPTION.match(first.text):
        return 0
    count = 1
    while (line := cursor.peek(ahead + count)) and not line.is_blank and not _is_table(cursor, ahead + count):
        if line.text.lstrip().startswith(":::"):
            break
        count += 1
    return count


def _add_caption(table: Element, lines: Sequence[Line]) -> None:
    if not lines:
        return
    match = _CAPTION.match(lines[0].text)
    assert match is not None
    kept = [lines[0].cut(match.end()), *lines[1:]]
    text, attributes = read_trailing_attributes("\n".join(line.text for line in kept))
    attributes.put_on(table)
    shown = [Line(part, line.number, line.column) for part, line in zip(text.split("\n"), kept, strict=False)]
    add_text(table, "caption", shown)

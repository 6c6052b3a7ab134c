"""Definition lists, footnote definitions and link definitions: what a mark and a four-space indent hold together."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from mathbook.diagnostics import Code
from mathbook.source.dialect.parser import LineProcessor, add_text
from mathbook.source.positions import Cursor, Line

_MARK = re.compile(r"(?P<indent> {0,3})[:~](?P<gap> +)(?=\S)")
_NOTE = re.compile(r" {0,3}\[\^(?P<name>[^\s\]]+)\]: *")
_REFERENCE = re.compile(
    r"""\ {0,3}\[(?!\^)(?P<name>(?:\\.|[^\]\\])+)\]:\s*(?:<(?P<angle>[^<>\n]*)>|(?P<url>\S+))
    (?:\s+(?:"(?P<double>.*)"|'(?P<single>.*)'|\((?P<round>.*)\)))?\s*(?P<attributes>\{[^{}]*\})?\s*$""",
    re.VERBOSE,
)


class DefinitionLists(LineProcessor):
    """A term on a line of its own, then its meanings, each after a colon or a tilde."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the list with all its terms."""
        first = cursor.peek()
        if not first or not _gap_to_mark(cursor):
            return False
        element = SubElement(parent, "dl", {"at": first.place})
        while gap := _gap_to_mark(cursor):
            term = cursor.take()
            add_text(element, "dt", [term.cut(term.indent)])
            cursor.take_many(gap - 1)
            self._take_meanings(element, cursor)
            start = cursor.index
            cursor.skip_blank()
            if not _gap_to_mark(cursor):
                cursor.index = start
        return True

    def _take_meanings(self, element: Element, cursor: Cursor) -> None:
        while True:
            start = cursor.index
            cursor.skip_blank()
            line = cursor.peek()
            match = _MARK.match(line.text) if line else None
            if not line or not match:
                cursor.index = start
                return
            width = min(match.end(), 4) if len(match["gap"]) > 3 else match.end()
            first = cursor.take().cut(width)
            meaning = SubElement(element, "dd", {"at": line.place})
            self.parser.parse_into(meaning, [first, *take_indented(cursor, _MARK)], in_item=True)


class NoteDefinitions(LineProcessor):
    """The text of a footnote: `[^name]: …`, further paragraphs indented by four spaces."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the note; it is kept in the parser until a mark asks for it."""
        line = cursor.peek()
        match = _NOTE.match(line.text) if line else None
        if not line or not match:
            return False
        name = match["name"]
        note = Element("notetext", {"at": line.place, "name": name})
        self.parser.parse_into(note, [cursor.take().cut(match.end()), *take_indented(cursor, _NOTE)])
        if name in self.parser.notes:
            self.parser.error(
                Code.ID_DUPLICATE, line, f"the footnote [^{name}] is there twice", "give one another name"
            )
            parent.extend(note)
        else:
            self.parser.notes[name] = note
        return True


class LinkDefinitions(LineProcessor):
    """Where a reference link leads: `[name]: https://… "title"`."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the definition; it is kept in Markdown's own table of references."""
        line, below = cursor.peek(), cursor.peek(1)
        assert line is not None
        lines, match = 1, _REFERENCE.match(line.text)
        if below and not below.is_blank and (longer := _REFERENCE.match(f"{line.text}\n{below.text}")):
            lines, match = (
                (2, longer) if longer["name"] == (match or longer)["name"] and _title(longer) else (lines, match)
            )
        if not match:
            return False
        cursor.take_many(lines)
        target = match["angle"] if match["url"] is None else match["url"]
        self.parser.md.references[reference_name(match["name"])] = (target, _title(match))
        return True


def reference_name(written: str) -> str:
    """Return the name of a link definition, in which case and spaces make no difference."""
    return " ".join(written.split()).casefold()


def take_indented(cursor: Cursor, mark: re.Pattern[str]) -> list[Line]:
    """Return the lines that follow a first line: up to a blank one as they are, behind it if they are indented."""
    lines: list[Line] = []
    while not cursor.at_end:
        start = cursor.index
        cursor.skip_blank()
        line = cursor.peek()
        blanks = cursor.lines[start : cursor.index]
        if not line or (blanks and line.indent < 4) or (line.indent < 4 and _ends_lazy(line, mark)):
            cursor.index = start
            break
        lines += [*blanks, cursor.take().outdent(4)]
    return lines


def _ends_lazy(line: Line, mark: re.Pattern[str]) -> bool:
    return bool(mark.match(line.text) or _NOTE.match(line.text) or line.text.startswith((":::", "```")))


def _gap_to_mark(cursor: Cursor) -> int:
    """Return how far the first meaning is below the term at the cursor (1 or 2 lines), 0 if this is no term."""
    term = cursor.peek()
    if not term or term.is_blank or _MARK.match(term.text):
        return 0
    for gap in (1, 2):
        line = cursor.peek(gap)
        if line and _MARK.match(line.text):
            return gap
        if not line or not line.is_blank:
            break
    return 0


def _title(match: re.Match[str]) -> str:
    return match["double"] or match["single"] or match["round"] or ""

"""Footnotes: marks `[^name]`, and notes on the spot `^[…]`."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code, did_you_mean
from mathbook.source.dialect.scan import InlineSyntax, Scan

_MARK = re.compile(r"\[\^(?P<name>[^\s\]]+)\]")


class NoteMarks(InlineSyntax):
    """A mark whose text is defined elsewhere."""

    marks = "["

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the mark; without its note it is reported and stays text."""
        match = scan.match(_MARK)
        if not match:
            return None
        start, name = scan.position, match["name"]
        scan.position = match.end()
        if name not in scan.context.notes:
            hint = did_you_mean(name, scan.context.notes, f"write it as a paragraph that begins with [^{name}]:")
            scan.error(Code.FOOTNOTE_MISSING, start, f"the footnote [^{name}] has no text", hint)
            return [scan.words(match[0], start)]
        return [scan.element("note", start, name=name)]


class InlineNotes(InlineSyntax):
    """A note whose text stands where its mark goes."""

    marks = "^"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the note with its text."""
        start = scan.position
        closing = scan.marks.brackets.get(start + 1) if scan.starts("^[") else None
        if closing is None or closing >= scan.end:
            return None
        inner = scan.inside(start + 2, closing)
        scan.position = closing + 1
        return [scan.element("note", start, inner)]

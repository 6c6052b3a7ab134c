"""Code in a line: backticks, with attributes behind them if need be."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code
from mathbook.source.dialect.attributes import Attributes, read_attributes
from mathbook.source.dialect.scan import InlineSyntax, Scan

_TICKS = re.compile(r"`+")
_RAW = re.compile(r"\{=(\w+)\}")


class CodeSpans(InlineSyntax):
    """Code between equally long runs of backticks."""

    marks = "`"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the code, or the backticks as text if they are never closed."""
        start = scan.position
        ticks = scan.match(_TICKS)
        assert ticks is not None
        opening = ticks[0]
        closing = scan.marks.closing_ticks(len(opening), ticks.end())
        if closing < 0 or closing + len(opening) > scan.end:
            scan.position = ticks.end()
            return [scan.words(opening, start)]
        scan.position = closing + len(opening)
        words = " ".join(scan.text[ticks.end() : closing].split("\n")).strip()
        return [self._code(scan, start, words)]

    def _code(self, scan: Scan, start: int, words: str) -> Element:
        if raw := scan.match(_RAW):
            scan.position = raw.end()
            scan.warning(
                Code.HTML_DROPPED, start, f"raw {raw[1]} can't be shown in all formats; it stands here as code"
            )
            return _element(scan, start, words, Attributes("", (raw[1],)))
        found = read_attributes(scan.text[: scan.end], scan.position) if scan.after(0) == "{" else None
        if found:
            scan.position = found[1]
        return _element(scan, start, words, found[0] if found else Attributes())


def _element(scan: Scan, start: int, words: str, attributes: Attributes) -> Element:
    element = scan.element("code", start)
    element.text = words
    attributes.put_on(element)
    return element

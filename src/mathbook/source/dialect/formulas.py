"""Formulas: `$…$` by Pandoc's rule, and `$$…$$ {#eq:label}` for those on a line of their own."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code
from mathbook.source.dialect.attributes import Attributes, read_attributes
from mathbook.source.dialect.scan import InlineSyntax, Scan

_TEXT = r"\\text[a-z]*\{(?:[^{}]|\{[^{}]*\})*\}"
_INLINE = re.compile(rf"\$(?!\s)(?P<latex>(?:{_TEXT}|\\[\s\S]|[^\\$\s]|\s++(?!\$))+)\$(?!\d)")
_DISPLAY = re.compile(rf"\$\$(?P<latex>(?:{_TEXT}|\\[\s\S]|[^\\$]|\$(?!\$))+?)\$\$")
_SPACE = re.compile(r"\s*(?=\{)")


class Formulas(InlineSyntax):
    """LaTeX between dollars. A dollar before a space, or a closing one before a digit, is money."""

    marks = "$"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the formula."""
        if scan.starts("$$"):
            return self._display(scan)
        match = scan.match(_INLINE)
        if not match:
            return None
        start = scan.position
        scan.position = match.end()
        return [_formula(scan, start, match)]

    def _display(self, scan: Scan) -> list[Element] | None:
        start = scan.position
        match = scan.match(_DISPLAY)
        if not match:
            scan.position += 2
            if start == 0 or scan.text[start - 1] == "\n":
                hint = "end it with $$; no blank line may stand in it"
                scan.error(Code.BLOCK_UNCLOSED, start, "the formula that begins here with $$ is never closed", hint)
            return [scan.words("$$", start)]
        scan.position = match.end()
        element = _formula(scan, start, match)
        element.set("display", "1")
        _read_attributes(scan).put_on(element)
        return [element]


def _read_attributes(scan: Scan) -> Attributes:
    space = scan.match(_SPACE)
    found = read_attributes(scan.text[: scan.end], space.end()) if space else None
    if not found:
        return Attributes()
    scan.position = found[1]
    return found[0]


def _formula(scan: Scan, start: int, match: re.Match[str]) -> Element:
    written = match["latex"]
    latex = written.strip()
    offset = match.start("latex") + written.find(latex)
    element = scan.element("math", start, begin=scan.marks.place(offset))
    element.text = latex
    element.set("places", scan.marks.rows(offset, offset + len(latex)))
    return element

"""Subscript `~x~`, superscript `^x^` and struck-out text `~~x~~`."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from mathbook.source.dialect.scan import InlineSyntax, Scan

_INNER = r"(?:\\[\s\S]|\$[^$\n]+\$|`[^`\n]+`|\*[^*\n]+\*|[^\s\\{0}])+"
_SUP = re.compile(r"\^(?P<inner>" + _INNER.replace("{0}", "^") + r")\^")
_SUB = re.compile(r"~(?P<inner>" + _INNER.replace("{0}", "~") + r")~")
_STRIKE = re.compile(r"~~(?![\s~])(?P<inner>(?:\\[\s\S]|[^\\~]|~(?!~))+?)(?<!\s)~~")


class Scripts(InlineSyntax):
    """Text below or above the line, or struck out."""

    marks = "~^"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the element with what is between the marks."""
        for pattern, tag in ((_STRIKE, "s"), (_SUP, "sup"), (_SUB, "sub")):
            match = scan.match(pattern)
            if match:
                start = scan.position
                inner = scan.inside(match.start("inner"), match.end("inner"))
                scan.position = match.end()
                return [scan.element(tag, start, inner)]
        if scan.starts("~~"):
            scan.position += 2
            return [scan.words("~~", scan.position - 2)]
        return None

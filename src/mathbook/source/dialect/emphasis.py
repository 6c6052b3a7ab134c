"""Emphasis by Pandoc's rule: an underscore inside a word is a letter, and marks that aren't closed are text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from mathbook.source.dialect.scan import InlineSyntax, Scan, Stop


class Emphasis(InlineSyntax):
    """One mark for emphasis, two for strong emphasis, three for both."""

    marks = "*_"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the emphasised inlines, or the marks as text followed by what was read."""
        start, mark = scan.position, scan.text[scan.position]
        if mark == "_" and scan.before().isalnum():
            return None
        count = 0
        while scan.after(0) == mark:
            scan.position += 1
            count += 1
        if not scan.after(0) or scan.after(0).isspace() or count > 3:
            return [scan.words(mark * count, start)]
        return (_one, _two, _three)[count - 1](scan, mark, start)


def _ender(mark: str, count: int) -> Stop:
    def ends(scan: Scan) -> bool:
        return scan.starts(mark * count) and (mark == "*" or not scan.after(count).isalnum())

    return ends


def _three(scan: Scan, mark: str, start: int) -> list[Element]:
    inner = scan.until(_ender(mark, 1))
    if _take(scan, mark, 3):
        return [scan.element("strong", start, [scan.element("em", start, inner)])]
    if _take(scan, mark, 2):
        return _one(scan, mark, start, [scan.element("strong", start, inner)])
    if _take(scan, mark, 1):
        return _two(scan, mark, start, [scan.element("em", start, inner)])
    return [scan.words(mark * 3, start), *inner]


def _two(scan: Scan, mark: str, start: int, before: list[Element] | None = None) -> list[Element]:
    inner = [*(before or []), *scan.until(_ender(mark, 2))]
    if _take(scan, mark, 2):
        return [scan.element("strong", start, inner)]
    return [scan.words(mark * 2, start), *inner]


def _one(scan: Scan, mark: str, start: int, before: list[Element] | None = None) -> list[Element]:
    inner = list(before or [])
    ends = _ender(mark, 1)
    inner += scan.until(ends)
    while scan.starts(mark * 2) and not scan.starts(mark * 3) and scan.position < scan.end:
        strong = scan.position
        scan.position += 2
        scan.depth += 1
        inner += _two(scan, mark, strong)
        scan.depth -= 1
        inner += scan.until(ends)
    if _take(scan, mark, 1):
        return [scan.element("em", start, inner)]
    return [scan.words(mark, start), *inner]


def _take(scan: Scan, mark: str, count: int) -> bool:
    if not _ender(mark, count)(scan):
        return False
    scan.position += count
    return True

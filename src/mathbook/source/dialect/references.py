"""References `@eq:normal` and citations `[@key, p. 7; -@other]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from mathbook.document.kinds import LABEL_KINDS
from mathbook.source.dialect.attributes import normal_label
from mathbook.source.dialect.scan import InlineSyntax, Scan

_KEY = r"@(?:\{(?P<braced>[^{}\s]+)\}|(?P<plain>\w(?:[\w\u0300-\u036f]|[:.#$%&+?<>~/-](?=[\w/]))*))"
_BARE = re.compile(r"(?P<minus>-)?" + _KEY)
_MEMBER = re.compile(
    r"(?P<prefix>[^@;]*?)(?P<minus>-)?(?<!\w)" + _KEY + r"(?P<comma>\s*,)?\s*(?P<locator>[^;]*)", re.DOTALL
)


class References(InlineSyntax):
    """A key in the running text: a reference if it begins as a label does, otherwise a citation."""

    marks = "@-"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the reference or the citation."""
        match = scan.match(_BARE)
        if not match or scan.before().isalnum():
            return None
        start = scan.position
        scan.position = match.end()
        return [_single(scan, start, match)]


class Citations(InlineSyntax):
    """One key or several in brackets."""

    marks = "["

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the citation, or references to labels parted as they were written."""
        start = scan.position
        closing = scan.marks.brackets.get(start)
        if closing is None or closing >= scan.end or scan.text[closing + 1 : closing + 2] in ("(", "["):
            return None
        members = list(_members(scan.text, start + 1, closing))
        found = [member for member in members if member]
        if len(found) < len(members):
            return None
        if any(_is_label(_key(member)) for member in found):
            return self._labels(scan, start, closing, found)
        scan.position = closing + 1
        items = [scan.element("citeitem", start, (), **_item(member)) for member in found]
        return [scan.element("cite", start, items)]

    def _labels(self, scan: Scan, start: int, closing: int, members: list[re.Match[str]]) -> list[Element] | None:
        """Return bracketed references to labels (pandoc-crossref's way), with the words around them."""
        if not all(_is_label(_key(member)) for member in members):
            return None
        elements: list[Element] = []
        for member in members:
            if elements:
                elements.append(scan.words(", ", start))
            elements += scan.inside(member.start("prefix"), member.end("prefix"))
            elements.append(_single(scan, start, member))
            if member["locator"].strip():
                elements.append(scan.words(", " if member["comma"] else " ", start))
                elements += scan.inside(member.start("locator"), member.end("locator"))
        scan.position = closing + 1
        return elements


def _members(text: str, start: int, end: int) -> Iterator[re.Match[str] | None]:
    """Yield what stands between semicolons; None for what is neither reference nor citation."""
    while (semicolon := text.find(";", start, end)) >= 0:
        yield _MEMBER.fullmatch(text, start, semicolon)
        start = semicolon + 1
    yield _MEMBER.fullmatch(text, start, end)


def _item(member: re.Match[str]) -> dict[str, str]:
    return {
        "key": _key(member),
        "prefix": _folded(member["prefix"]).strip(),
        "locator": _folded(member["locator"]).strip(),
        "suppress": "1" if member["minus"] else "",
    }


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _key(match: re.Match[str]) -> str:
    return match["braced"] or match["plain"]


def _is_label(key: str) -> bool:
    prefix, colon, rest = normal_label(key).partition(":")
    return bool(colon and rest and prefix in LABEL_KINDS)


def _single(scan: Scan, start: int, match: re.Match[str]) -> Element:
    key = _key(match)
    if _is_label(key):
        return scan.element("ref", start, label=normal_label(key), bare="1" if match["minus"] else "")
    suppress = "1" if match["minus"] else ""
    return scan.element("cite", start, [scan.element("citeitem", start, key=key, suppress=suppress)], text="1")

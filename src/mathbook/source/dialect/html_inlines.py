"""HTML in a line: tags that every format can show become nodes, others are reported and their text is kept."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code
from mathbook.source.dialect.html_blocks import COMMENT, TAG, html_attributes
from mathbook.source.dialect.links import normal_target
from mathbook.source.dialect.scan import InlineSyntax, Scan

_SAME = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "var": "em",
    "dfn": "em",
    "sub": "sub",
    "sup": "sup",
    "s": "s",
    "del": "s",
    "strike": "s",
}
_SPANS = {"u": "underline", "ins": "underline", "mark": "mark", "kbd": "kbd"}
_CODE = frozenset({"code", "tt", "samp"})
_SILENT = frozenset({"span", "small", "abbr", "time", "wbr"})


class HtmlInlines(InlineSyntax):
    """Comments, tags that stand alone, and pairs of tags."""

    marks = "<"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return what the tag stands for."""
        start = scan.position
        if comment := scan.match(COMMENT):
            scan.position = comment.end()
            return []
        match = scan.match(TAG)
        if not match:
            return None
        scan.position = match.end()
        name = match["name"].lower()
        if name in ("br", "img") and not match["end"]:
            return [_alone(scan, start, name, match)]
        closing = None if match["end"] else scan.marks.tags.get(start)
        if closing is None or closing[1] > scan.end:
            return [] if name == "wbr" else [_unpaired(scan, start, match[0])]
        scan.position = closing[1]
        return _pair(scan, start, match, closing[0])


def _unpaired(scan: Scan, start: int, tag: str) -> Element:
    """Return the tag as text: it may have been meant as less than and greater than."""
    hint = r"if it is no tag, write \< for the sign"
    scan.warning(Code.HTML_DROPPED, start, f"{tag} has no partner; it stands in the text as it is", hint)
    return scan.words(tag, start)


def _alone(scan: Scan, start: int, name: str, match: re.Match[str]) -> Element:
    if name == "br":
        return scan.element("br", start)
    attributes = html_attributes(match["attributes"])
    alt = scan.words(attributes.get("alt", ""), start)
    image = scan.element("img", start, [alt], src=attributes.get("src", ""), title=attributes.get("title", ""))
    if "width" in attributes:
        image.set("@width", attributes["width"])
    return image


def _pair(scan: Scan, start: int, match: re.Match[str], end: int) -> list[Element]:
    name = match["name"].lower()
    attributes = html_attributes(match["attributes"])
    if name in _CODE:
        code = scan.element("code", start)
        code.text = " ".join(scan.text[match.end() : end].split())
        return [code]
    inner = scan.inside(match.end(), end)
    if name in _SAME:
        return [scan.element(_SAME[name], start, inner)]
    if name in _SPANS:
        return [scan.element("span", start, inner, **{"class": _SPANS[name]})]
    if name == "span" and attributes.get("class"):
        return [scan.element("span", start, inner, **{"class": attributes["class"]})]
    if name == "a" and attributes.get("href"):
        target, title = normal_target(attributes["href"]), attributes.get("title", "")
        return [scan.element("a", start, inner, href=target, title=title)]
    if name == "q":
        return [scan.element("q", start, inner, kind="double")]
    if name not in _SILENT:
        _report(scan, start, match[0])
    return inner


def _report(scan: Scan, start: int, tag: str) -> None:
    hint = "write it in Markdown, or put it in backticks"
    scan.warning(Code.HTML_DROPPED, start, f"{tag} is not something that all formats can show; its text is kept", hint)

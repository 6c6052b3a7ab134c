"""What stands in brackets: links, pictures, spans with attributes; and links in angle brackets."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from mathbook.source.dialect.attributes import normal_label, read_attributes
from mathbook.source.dialect.definitions import reference_name
from mathbook.source.dialect.scan import InlineSyntax, Scan

_TARGET = re.compile(
    r"""\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*))
    (?:\s+(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'))?\s*\)""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_AUTO = re.compile(r"<(?P<url>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_MAIL = re.compile(r"<(?P<mail>[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)*)>")


class Brackets(InlineSyntax):
    """`[text](url)`, `[text][name]`, `[name]`, `[text]{.class}`, and with `!` before it a picture."""

    marks = "[!"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the link, the picture or the span."""
        start = scan.position
        picture = scan.text[start] == "!"
        opening = start + 1 if picture else start
        closing = scan.marks.brackets.get(opening)
        if closing is None or closing >= scan.end:
            return None
        scan.position = closing + 1
        found = self._target(scan, opening, closing)
        if found:
            return [_with_attributes(scan, self._link(scan, start, (opening, closing), found, picture=picture))]
        if picture:
            return None
        attributes = read_attributes(scan.text[: scan.end], scan.position)
        if attributes:
            scan.position = attributes[1]
            span = scan.element("span", start, scan.inside(opening + 1, closing))
            attributes[0].put_on(span)
            return [span]
        return None

    def _target(self, scan: Scan, opening: int, closing: int) -> tuple[str, str] | None:
        """Return the URL and the title, and move behind them."""
        match = scan.match(_TARGET)
        if match:
            scan.position = match.end()
            written = match["angle"] if match["angle"] is not None else match["bare"]
            return _ESCAPE.sub(r"\1", written), _ESCAPE.sub(r"\1", match["double"] or match["single"] or "")
        name = scan.text[opening + 1 : closing]
        behind = scan.marks.brackets.get(scan.position) if scan.after(0) == "[" else None
        if behind is not None and behind < scan.end:
            second = scan.text[scan.position + 1 : behind] or name
            if reference_name(second) in scan.context.references:
                scan.position = behind + 1
                return scan.context.references[reference_name(second)]
        return scan.context.references.get(reference_name(name))

    def _link(
        self, scan: Scan, start: int, brackets: tuple[int, int], found: tuple[str, str], *, picture: bool
    ) -> Element:
        outer = scan.in_link
        scan.in_link = not picture
        inner = scan.inside(brackets[0] + 1, brackets[1])
        scan.in_link = outer
        target, title = found
        if picture:
            return scan.element("img", start, inner, src=target, title=title)
        return scan.element("a", start, inner, href=normal_target(target).replace(" ", "%20"), title=title)


def normal_target(target: str) -> str:
    """Return the target; a label in it with a colon behind its prefix."""
    return "#" + normal_label(target[1:]) if target.startswith("#") else target


def _with_attributes(scan: Scan, element: Element) -> Element:
    found = read_attributes(scan.text[: scan.end], scan.position)
    if found:
        scan.position = found[1]
        found[0].put_on(element)
    return element


class AutoLinks(InlineSyntax):
    """A URL or an address in angle brackets."""

    marks = "<"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the link."""
        start = scan.position
        for pattern, group, scheme in ((_AUTO, "url", ""), (_MAIL, "mail", "mailto:")):
            match = scan.match(pattern)
            if match:
                scan.position = match.end()
                words = scan.words(match[group], start + 1)
                return [_with_attributes(scan, scan.element("a", start, [words], href=scheme + match[group], title=""))]
        return None

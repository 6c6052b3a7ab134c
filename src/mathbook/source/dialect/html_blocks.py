"""Raw HTML around blocks: what it stands for is kept, what not all formats can show is reported."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from mathbook.diagnostics import Code
from mathbook.source.dialect.attributes import Attributes
from mathbook.source.dialect.fences import add_code
from mathbook.source.dialect.parser import LineProcessor
from mathbook.source.positions import Cursor, Line

TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)(?P<attributes>(?:\s+[\w:@.-]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?)*)\s*/?>"
)
COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>|<![A-Za-z].*?>", re.DOTALL)
_ATTRIBUTE = re.compile(r"([\w:@.-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")
_TRANSPARENT = frozenset({"div", "section", "article", "main", "header", "footer", "p", "center", "aside"})
_RAW = frozenset({"script", "style", "textarea", "pre"})
_OTHERS = (
    "address audio body canvas dd details dl dt fieldset figcaption figure form h1 h2 h3 h4 h5 h6 head hr html iframe "
    "li nav ol summary table tbody td tfoot th thead tr ul video"
)
BLOCK_TAGS = _TRANSPARENT | _RAW | {"blockquote"} | frozenset(_OTHERS.split())
_LONGEST = 400
"""How many lines a tag is looked for before it counts as never closed."""


class HtmlBlocks(LineProcessor):
    """A comment, or a block tag up to its end tag; Markdown between them is read (as in Pandoc)."""

    def take(self, parent: Element, cursor: Cursor) -> bool:
        """Take the comment, or the tag with what is in it."""
        line = cursor.peek()
        if not line or line.indent > 3 or not line.text.lstrip().startswith("<"):
            return False
        return self._take_comment(cursor, line) or self._take_tag(parent, cursor, line)

    def _take_comment(self, cursor: Cursor, line: Line) -> bool:
        if not line.text.lstrip().startswith("<!--"):
            return False
        for count, each in enumerate(cursor.lines[cursor.index :], 1):
            if "-->" in (each.text if count > 1 else each.text.lstrip()[4:]):
                rest = each.cut(each.text.index("-->") + 3)
                if not rest.is_blank:
                    return False
                cursor.take_many(count)
                return True
        return False

    def _take_tag(self, parent: Element, cursor: Cursor, line: Line) -> bool:
        match = TAG.match(line.text, line.indent)
        if not match or match["name"].lower() not in BLOCK_TAGS:
            return False
        name = match["name"].lower()
        cursor.take()
        rest = [line.cut(match.end()), *cursor.lines[cursor.index : cursor.index + _LONGEST]]
        end = None if match["end"] or match[0].endswith("/>") else _end(rest, name)
        if end is None:
            self._take_alone(parent, cursor, line, match)
            return True
        row, first, last = end
        cursor.take_many(row)
        after = rest[row].cut(last)
        inside = [*rest[:row], rest[row].head(first)]
        self._add(parent, line, match, inside)
        self.parser.parse_into(parent, [after])
        return True

    def _take_alone(self, parent: Element, cursor: Cursor, line: Line, match: re.Match[str]) -> None:
        """Take a tag without its partner; its line's rest is read on."""
        if match["name"].lower() == "hr":
            SubElement(parent, "hr", {"at": line.place})
        else:
            self._report(line, match[0])
        self.parser.parse_into(parent, [line.cut(match.end())])

    def _add(self, parent: Element, line: Line, match: re.Match[str], inside: Sequence[Line]) -> None:
        name = match["name"].lower()
        if name in _RAW:
            if name != "pre":
                self._report(line, match[0])
            add_code(parent, line, _trimmed(inside), Attributes(), "")
        elif name == "blockquote":
            self.parser.parse_into(SubElement(parent, "blockquote", {"at": line.place}), inside)
        elif name == "div" and (attributes := html_attributes(match["attributes"])).get("class"):
            div = SubElement(parent, "div", {"at": line.place})
            classes = tuple(attributes.pop("class").split())
            Attributes(attributes.pop("id", ""), classes, tuple(attributes.items())).put_on(div)
            self.parser.parse_into(div, inside)
        else:
            if name not in _TRANSPARENT:
                self._report(line, match[0])
            self.parser.parse_into(parent, inside)

    def _report(self, line: Line, tag: str) -> None:
        message = f"{tag} is not something that all formats can show; its text is kept"
        self.parser.warning(Code.HTML_DROPPED, line, message, "write it in Markdown")


def html_attributes(written: str) -> dict[str, str]:
    """Return the attributes of a tag."""
    found = _ATTRIBUTE.findall(written)
    return {name.lower(): html.unescape(double or single or bare) for name, double, single, bare in found}


def _end(lines: Sequence[Line], name: str) -> tuple[int, int, int] | None:
    """Return where the end tag is: its line, where it begins and where it ends there."""
    depth = 1
    pattern = re.compile(rf"<(/?){re.escape(name)}\b[^<>]*>", re.IGNORECASE)
    for row, line in enumerate(lines):
        for match in pattern.finditer(line.text):
            depth += -1 if match[1] else 0 if match[0].endswith("/>") else 1
            if depth == 0:
                return row, match.start(), match.end()
    return None


def _trimmed(lines: Sequence[Line]) -> list[Line]:
    kept = list(lines)
    while kept and kept[0].is_blank:
        kept.pop(0)
    while kept and kept[-1].is_blank:
        kept.pop()
    return kept

"""Smart punctuation, escapes, line ends and entities: characters that are written as others."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code
from mathbook.source.dialect.scan import InlineSyntax, Scan, Stop

_DOTS = re.compile(r"\.\.\.")
_DASHES = re.compile(r"---?")
_LINE_END = re.compile(r" *\n *")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});")


_LATEX = re.compile(r"\\([a-zA-Z]+)\*?\{")
_INSTEAD = {
    **dict.fromkeys(("ref", "eqref", "cref", "Cref", "autoref"), "write @eq:name"),
    **dict.fromkeys(("cite", "citet", "citep", "textcite", "parencite"), "write [@key]"),
    **dict.fromkeys(("begin", "end"), "put a formula between $$ and $$, anything else into a ::: block"),
    **dict.fromkeys(("emph", "textit"), "write *words*"),
    "textbf": "write **words**",
    "texttt": "write `words`",
    "footnote": "write ^[words]",
    "href": "write [words](https://…)",
    "label": "write {#eq:name} behind what it labels",
}
"""What authors who come from LaTeX may write here."""


class Quotes(InlineSyntax):
    """Straight quotation marks become a quotation; an apostrophe becomes a proper one."""

    marks = "'\""

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the quotation, or the mark as a character."""
        return self._double(scan) if scan.starts('"') else self._single(scan)

    def _double(self, scan: Scan) -> list[Element]:
        start = scan.position
        scan.position += 1
        if "double" in scan.quotes or not scan.after(0) or scan.after(0).isspace():
            return [scan.words("”", start)]
        inner = _quoted(scan, "double", lambda here: here.starts('"'))
        if scan.starts('"'):
            scan.position += 1
            return [scan.element("q", start, inner, kind="double")]
        return [scan.words("“", start), *inner]

    def _single(self, scan: Scan) -> list[Element]:
        start = scan.position
        scan.position += 1
        closes = scan.marks.last_single >= scan.position
        opens = not scan.text[start - 1 : start].isalnum() and scan.after(0) and not scan.after(0).isspace()
        if "single" in scan.quotes or not opens or not closes:
            return [scan.words("’", start)]
        inner = _quoted(scan, "single", lambda here: here.starts("'") and not here.after(1).isalnum())
        if scan.starts("'"):
            scan.position += 1
            return [scan.element("q", start, inner, kind="single")]
        return [scan.words("’", start), *inner]


def _quoted(scan: Scan, kind: str, ends: Stop) -> list[Element]:
    outer = scan.quotes
    scan.quotes = outer | {kind}
    inner = scan.until(ends)
    scan.quotes = outer
    return inner


class Dashes(InlineSyntax):
    """Three hyphens are a dash, two a shorter one, three full stops an ellipsis."""

    marks = "-."

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the character."""
        start = scan.position
        match = scan.match(_DASHES) or scan.match(_DOTS)
        if not match:
            return None
        scan.position = match.end()
        return [scan.words({"--": "–", "---": "—", "...": "…"}[match[0]], start)]


class Escapes(InlineSyntax):
    """A backslash makes any mark a plain character; before a space it binds words, at a line's end it breaks."""

    marks = "\\"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the character that was escaped."""
        start, following = scan.position, scan.after(1)
        if latex := scan.match(_LATEX):
            hint = _INSTEAD.get(latex[1], "formulas stand between dollars; write \\\\ for a backslash")
            scan.warning(Code.LATEX_TEXT, start, f"\\{latex[1]} is LaTeX, and stands in the text as it is", hint)
        if not following or following.isalnum() or not following.isascii():
            return None
        scan.position += 2
        if following == "\n":
            return [scan.element("br", start)]
        return [scan.words("\N{NO-BREAK SPACE}" if following == " " else following, start)]


class LineEnds(InlineSyntax):
    """A line's end is a space, or after two spaces a line break."""

    marks = "\n "

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the space or the break."""
        start = scan.position
        match = scan.match(_LINE_END)
        if not match:
            return None
        scan.position = match.end()
        return [scan.element("br", start) if match[0].startswith("  ") else scan.words(" ", start)]


class Entities(InlineSyntax):
    """A character by its name or number, as in HTML."""

    marks = "&"

    def read(self, scan: Scan) -> list[Element] | None:
        """Return the character; an unknown name is text."""
        match = scan.match(_ENTITY)
        character = html.unescape(match[0]) if match else ""
        if (
            not match
            or not character
            or character == match[0]
            or (not character.isprintable() and character != "\N{NO-BREAK SPACE}")
        ):
            return None
        start, scan.position = scan.position, match.end()
        return [scan.words(character, start)]

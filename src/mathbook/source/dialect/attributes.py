"""Attribute lists: `{#id .class key="value"}` (Pandoc's manual, "Extension: attributes")."""

from __future__ import annotations

import re
import unicodedata
from xml.etree.ElementTree import Element

from mathbook.document.kinds import LABEL_KINDS
from mathbook.frozen import frozen

_MEMBER = re.compile(
    r"""\s*(?:
      \#(?P<id>[^\s{}"'=#]+)
    | \.(?P<cls>[^\s{}"'=.#]+)
    | (?P<key>[^\W\d][\w:.-]*)=(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)'|(?P<bare>[^\s{}"'`]*))
    | (?P<unnumbered>-(?=[\s}]))
    )""",
    re.VERBOSE,
)
_CLOSE = re.compile(r"\s*\}")
_ESCAPE = re.compile(r"\\(\W)")
_LABEL = re.compile(r"([A-Za-z][a-z]+)([:-])(.+)", re.DOTALL)
_OTHER_PREFIXES = {"exm": "wrk"}
KEY = "@"
"""What the name of an author's key begins with in an element's attributes, so that it meets none of ours."""


@frozen
class Attributes:
    """An attribute list as it was read."""

    id: str = ""
    classes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()

    def put_on(self, element: Element) -> None:
        """Set the attributes on an element."""
        if self.id:
            element.set("id", normal_label(self.id))
        if self.classes:
            element.set("class", " ".join(self.classes))
        for key, value in self.values:
            element.set(KEY + key, value)


def read_attributes(text: str, start: int) -> tuple[Attributes, int] | None:
    """Return the attribute list that begins at `start`, and where it ends; None if there is none."""
    if not text.startswith("{", start):
        return None
    found: list[re.Match[str]] = []
    position = start + 1
    while match := _MEMBER.match(text, position):
        found.append(match)
        position = match.end()
    close = _CLOSE.match(text, position)
    return (_collected(found), close.end()) if close and "\n\n" not in text[start : close.end()] else None


def _collected(found: list[re.Match[str]]) -> Attributes:
    ids = [match["id"] for match in found if match["id"]]
    classes = [match["cls"] or "unnumbered" for match in found if match["cls"] or match["unnumbered"]]
    values = tuple((match["key"], _value(match)) for match in found if match["key"])
    return Attributes(ids[-1] if ids else "", tuple(classes), values)


def _value(match: re.Match[str]) -> str:
    quoted = match["double"] if match["double"] is not None else match["single"]
    return match["bare"] if quoted is None else _ESCAPE.sub(r"\1", quoted)


def read_trailing_attributes(text: str) -> tuple[str, Attributes]:
    """Return the text without the attribute list at its end, and the list (empty if there is none)."""
    stripped = text.rstrip()
    start = stripped.rfind("{")
    while start >= 0 and stripped.endswith("}"):
        found = read_attributes(stripped, start)
        if found and found[1] == len(stripped):
            return stripped[:start].rstrip(), found[0]
        start = stripped.rfind("{", 0, start)
    return text, Attributes()


def normal_label(name: str) -> str:
    """Return the label with a colon behind a known prefix, its characters composed.

    Quarto's `fig-gd` is `fig:gd`, its `exm-a` an example that is worked; pandoc-crossref's `Fig:gd` begins a sentence.
    """
    name = unicodedata.normalize("NFC", name)
    found = _LABEL.fullmatch(name)
    if not found:
        return name
    prefix = found[1][0].lower() + found[1][1:] if len(found[1]) > 2 or found[2] == ":" else found[1]
    prefix = _OTHER_PREFIXES.get(prefix, prefix)
    return f"{prefix}:{found[3]}" if prefix in LABEL_KINDS else name

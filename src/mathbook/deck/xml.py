"""PresentationML as text: names, namespaces, and the few attributes that occur everywhere (ECMA-376 part 1)."""

from __future__ import annotations

import re

from mathbook.deck.frame import EMU, Box

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f]")
_IS_PLAIN = re.compile(r"[\w./:#-]*", re.ASCII).fullmatch
"""Whether words can stand in an attribute as they are: nearly all ids and targets."""


def escaped(words: str) -> str:
    """Return words with XML's own signs as references. (The standard library's `escape` does no more, and comes with
    all that can load an address: a tenth of the time in which a worker is there.)
    """
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text(words: str) -> str:
    """Return words as XML text, without what XML can't hold."""
    return escaped(_CONTROLS.sub("", words))


def attribute(words: str) -> str:
    """Return words as a quoted attribute value on one line."""
    if _IS_PLAIN(words):
        return f'"{words}"'
    value = escaped(" ".join(_CONTROLS.sub("", words).split()))
    if '"' in value and "'" not in value:
        return f"'{value}'"
    return '"' + value.replace('"', "&quot;") + '"'


def emu(points: float) -> int:
    """Return points in EMU."""
    return round(points * EMU)


def xfrm(box: Box, tag: str = "a:xfrm") -> str:
    """Return the place of a shape."""
    place = f'<a:off x="{emu(box.left)}" y="{emu(box.top)}"/>'
    return f'<{tag}>{place}<a:ext cx="{emu(max(box.width, 1))}" cy="{emu(max(box.height, 1))}"/></{tag}>'


LEVELS = range(1, 10)
"""The levels that a paragraph may have (ECMA-376 part 1, 21.1.2.4): what a style doesn't say of one, nothing says."""


def plain_levels() -> str:
    """Return the styles of all levels of text outside placeholders: the theme's body font, in the text's colour."""
    look = '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
    return "".join(f'<a:lvl{level}pPr><a:defRPr sz="1800">{look}</a:defRPr></a:lvl{level}pPr>' for level in LEVELS)

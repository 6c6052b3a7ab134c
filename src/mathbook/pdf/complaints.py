"""What the layout engine complained of, as it is told to the author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mathbook.diagnostics import Code, Diagnostic, Severity, Span
from mathbook.document.book import Unit
from mathbook.document.nodes import Code as CodeSpan
from mathbook.document.nodes import Image, Listing, Text
from mathbook.document.walk import walk
from mathbook.pdf.fetcher import picture_url
from mathbook.pdf.rendered import Complaint

_NO_GLYPH = re.compile(r'\.notdef glyph rendered for Unicode string unsupported by fonts: "(.*)" \(')
_SHOWN = 12
"""Letters that are named."""
_FONTS = (
    "install a font that has them, or name one in the theme; on Debian and Ubuntu most are in fonts-noto-core, "
    "fonts-noto-cjk and fonts-noto-color-emoji"
)


def told(complaints: Sequence[Complaint], unit: Unit) -> tuple[Diagnostic, ...]:
    """Return the complaints as warnings; letters that no font has are one, where the first stands."""
    letters = [match[1] for complaint in complaints if (match := _NO_GLYPH.match(complaint.message))]
    others = [complaint for complaint in complaints if not _NO_GLYPH.match(complaint.message)]
    return (
        *(_lacking(letters, unit) if letters else ()),
        *(_located(complaint, unit) for complaint in others),
    )


def _located(complaint: Complaint, unit: Unit) -> Diagnostic:
    """Return a complaint at its style sheet's line, or at the picture that it names by its address, or at the unit."""
    span, message = complaint.span or unit.span, complaint.message
    for image in walk(unit.blocks):
        if isinstance(image, Image) and (address := picture_url(image.digest)) in message:
            span, message = image.span, message.replace(address, image.source)
    return Diagnostic(Code.COMPILE_WARNING, Severity.WARNING, span, message)


def _lacking(letters: Sequence[str], unit: Unit) -> Iterator[Diagnostic]:
    named = " ".join(f"{letter} (U+{ord(letter[0]):04X})" for letter in letters[:_SHOWN])
    more = f" and {len(letters) - _SHOWN} more" if len(letters) > _SHOWN else ""
    message = f"no font on this machine has {named}{more}: boxes stand in their place, and the PDF breaks PDF/UA"
    yield Diagnostic(Code.FONT_LACKING, Severity.WARNING, _first_place(letters, unit), message, _FONTS)


def _first_place(letters: Sequence[str], unit: Unit) -> Span:
    """Return where the first word with one of the letters stands."""
    for node in walk(unit):
        if isinstance(node, Text | CodeSpan | Listing) and any(letter in node.text for letter in letters):
            return node.span
    return unit.span

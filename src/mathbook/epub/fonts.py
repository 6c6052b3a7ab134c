"""The theme's fonts, cut down to the characters that the book shows."""

from __future__ import annotations

from collections.abc import Iterator

import uharfbuzz as hb

from mathbook.document.theme import FontFace, FontFamily, Fonts
from mathbook.epub.glyphs import Glyphs
from mathbook.frozen import frozen

_MEDIA_TYPES = {b"\x00\x01\x00\x00": ("font/ttf", "ttf"), b"OTTO": ("font/otf", "otf"), b"true": ("font/ttf", "ttf")}
"""By the first four bytes of the file (OpenType 1.9, "Table directory")."""


@frozen
class EmbeddedFont:
    """A font file inside the e-book, and how the style sheet names it."""

    href: str
    media_type: str
    data: bytes
    family: str
    weight: int
    style: str


def families(fonts: Fonts) -> tuple[FontFamily, ...]:
    """Return the families, each once."""
    return tuple({family.name: family for family in (fonts.body, fonts.heading, fonts.code, fonts.math)}.values())


def embedded_fonts(fonts: Fonts, glyphs: Glyphs) -> Iterator[EmbeddedFont]:
    """Yield the faces that have something to show. What the text's fonts lack is looked for in the formulas' font."""
    wanted = _wanted(fonts, glyphs)
    for family in families(fonts):
        for face in family.faces:
            font = _embedded(family, face, wanted[family.name])
            if font:
                yield font


def _wanted(fonts: Fonts, glyphs: Glyphs) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {family.name: set() for family in families(fonts)}
    for family, chars in ((fonts.body, glyphs.text), (fonts.heading, glyphs.text), (fonts.code, glyphs.code)):
        wanted[family.name].update(chars)
        wanted[fonts.math.name] |= set(chars) - _charset(family.faces[0])
    wanted[fonts.math.name].update(glyphs.math)
    return wanted


def _charset(face: FontFace) -> set[str]:
    return {chr(code) for code in hb.Face(hb.Blob.from_file_path(str(face.path))).unicodes}


def _embedded(family: FontFamily, face: FontFace, chars: set[str]) -> EmbeddedFont | None:
    """Return the face with what it has of the characters; nothing if it has none but the space."""
    whole = hb.Face(hb.Blob.from_file_path(str(face.path)))
    there = {ord(char) for char in chars} & set(whole.unicodes)
    if there <= {ord(" "), ord("\N{NO-BREAK SPACE}")}:
        return None
    asked = hb.SubsetInput()
    asked.sets(hb.SubsetInputSets.UNICODE).update(there)
    data = hb.subset(whole, asked).blob.data
    media_type, extension = _MEDIA_TYPES[data[:4]]
    name = f"{family.name}-{face.weight}{'-italic' if face.style == 'italic' else ''}".lower().replace(" ", "-")
    return EmbeddedFont(f"fonts/{name}.{extension}", media_type, data, family.name, face.weight, face.style)

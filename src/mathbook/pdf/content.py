"""What is drawn on a page: a hash of all that decides how it looks, the symbols that its formulas stand for, and how
many pictures decorate it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from mathbook.frozen import frozen

DEEPEST = 8
"""Forms within forms that are looked at."""
_MARKS = re.compile(rb"/MCID\s+(\d+)|/ActualText\s*(<[0-9A-Fa-f\s]*>|\((?:[^\\()]|\\.)*\))", re.DOTALL)
"""A marked content's number, or what stands for the drawing in it (ISO 32000-1, 14.6.2 and 14.9.4)."""
_DECORATION = re.compile(rb"/Artifact\s*<<\s*/Type\s*/Layout\s*>>\s*BDC")
"""Begins a picture that nobody has to hear of (ISO 32000-1, 14.8.2.2)."""
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")

_Known = dict[tuple[int, int], bytes]


@frozen
class Content:
    """A page's content: a hash of it, by marked content the symbols that its drawings stand for, and the number of its
    decorative pictures.
    """

    digest: str
    symbols: dict[int, str]
    decorations: int


@dataclass(slots=True)
class Contents:
    """Looks at what is drawn on the pages of one file. PDFium tells of most of it, but not of these two."""

    pdf: pikepdf.Pdf
    _known: _Known = field(default_factory=dict)

    def of(self, number: int) -> Content:
        """Return the content of the page of this number, from 0."""
        return _content(self.pdf.pages[number].obj, self._known)


def _content(page: Any, known: _Known) -> Content:
    streams = page.get("/Contents", Array())
    data = b"\n".join(stream.read_bytes() for stream in (streams if isinstance(streams, Array) else [streams]))
    digest = blake2b(data, digest_size=16)
    for part in (*_resources(page.get("/Resources", Dictionary()), known, DEEPEST), *_annotations(page, known)):
        digest.update(part)
    return Content(digest.hexdigest(), dict(_symbols(data)), len(_DECORATION.findall(data)))


def _symbols(data: bytes) -> Iterator[tuple[int, str]]:
    content = -1
    for number, text in _MARKS.findall(data):
        if number:
            content = int(number)
        else:
            yield content, str(pikepdf.Object.parse(text))


def _resources(resources: Any, known: _Known, depth: int) -> Iterator[bytes]:
    """Yield names and hashes of the fonts and external objects that the resources have, and of what these have."""
    for name, font in sorted(resources.get("/Font", Dictionary()).items()):
        yield name.encode() + _of_font(font, known)
    for name, item in sorted(resources.get("/XObject", Dictionary()).items()):
        if isinstance(item, Stream) and depth:
            yield name.encode() + _of_stream(item, known)
            yield from _resources(item.get("/Resources", Dictionary()), known, depth - 1)


def _of_stream(stream: Any, known: _Known) -> bytes:
    if stream.objgen not in known:
        known[stream.objgen] = blake2b(stream.read_raw_bytes(), digest_size=16).digest()
    return known[stream.objgen]


def _of_font(font: Any, known: _Known) -> bytes:
    """Return a hash of a font's glyphs, and of what it says that they mean."""
    if font.objgen not in known:
        faces = [font, *font.get("/DescendantFonts", Array())]
        described = [face.get("/FontDescriptor", Dictionary()) for face in faces]
        streams = [font.get("/ToUnicode"), *(one.get(key) for one in described for key in _FONT_FILES)]
        hashed = (_of_stream(stream, known) for stream in streams if isinstance(stream, Stream))
        known[font.objgen] = blake2b(b"".join(hashed), digest_size=16).digest()
    return known[font.objgen]


def _annotations(page: Any, known: _Known) -> Iterator[bytes]:
    """Yield what is laid over the page but for links, which PDFium tells: notes, stamps, fields."""
    for note in page.get("/Annots", Array()):
        if note.get("/Subtype") != "/Link":
            drawn = note.get("/AP", Dictionary()).get("/N")
            seen = _of_stream(drawn, known) if isinstance(drawn, Stream) else b""
            yield f"{note.get('/Subtype')} {note.get('/Contents', '')}".encode("utf-8", "replace") + seen

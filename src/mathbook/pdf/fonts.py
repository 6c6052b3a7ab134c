"""One set of fonts for a linked file: each fragment brings its own subset of a font, here they become one.

Content streams need no change, since WeasyPrint keeps the numbers that glyphs have in the font's file (CIDToGIDMap is
Identity): the glyphs that all fragments use are taken out of the theme's font once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name, String

from mathbook.document.theme import FontFace, FontFamily, Theme
from mathbook.pdf.missing_glyphs import with_boxes
from mathbook.pdf.unicode_map import read_unicode_map, write_unicode_map

_FILES = ("/FontFile2", "/FontFile3")
"""Where a descriptor keeps the font: TrueType outlines, or OpenType (ISO 32000-1, table 126)."""


_WIDTHS = re.compile(rb"(\d+)\s+(?:\[([^\]]*)\]|(\d+)\s+([-\d.]+))")

_DROPPED = (b"BASE", b"DSIG", b"GDEF", b"GPOS", b"GSUB", b"MATH", b"STAT")
"""Tables that serve layout, which is done."""


_STANDS_FOR = "/MathbookFont"
"""In the place of a font that was taken out: the file that it was cut from."""


@dataclass(slots=True)
class _Group:
    """The font that stands for all of a face, and the glyphs that all show, with their widths and texts."""

    font: Any = None
    members: int = 0
    widths: dict[int, float] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def add(self, font: Any) -> None:
        """Take a font's glyphs in; what was known of one before stays. Texts are read if there may be new ones."""
        self.members += 1
        _add_widths(font.DescendantFonts[0].get("/W", Array()), self.widths)
        if not self.widths.keys() <= self.texts.keys():
            self.texts = {**read_unicode_map(font.ToUnicode.read_bytes()), **self.texts}


@dataclass(slots=True)
class FontPool:
    """The theme's fonts in a file that grows. Of each face the first is kept, of the others just what they show, so
    that a long book doesn't hold them all. Fonts that aren't the theme's stay where they are.
    """

    theme: Theme
    _paths: dict[str, str] = field(default_factory=dict)
    """The file that a font was cut from, by its name: those of one name are of one face."""
    _groups: dict[str, _Group] = field(default_factory=dict)

    def take(self, source: pikepdf.Pdf, target: pikepdf.Pdf) -> None:
        """Take the fonts out of a file whose pages are to be copied."""
        for fonts in _font_dictionaries(source):
            for name, font in sorted(fonts.items()):
                if path := self._path(font):
                    group = self._groups.setdefault(path, _Group())
                    group.font = group.font or target.copy_foreign(font)
                    group.add(font)
                    fonts[name] = Dictionary({_STANDS_FOR: String(path)})

    def put(self, pdf: pikepdf.Pdf) -> None:
        """Put them in again, and let the first of a face stand for those that were added since, too."""
        seen: set[tuple[int, int]] = set()
        for fonts in _font_dictionaries(pdf):
            for name, font in sorted(fonts.items()):
                if path := str(font.get(_STANDS_FOR, "")):
                    fonts[name] = self._groups[path].font
                elif path := self._path(font):
                    group = self._groups.setdefault(path, _Group())
                    group.font = group.font or font
                    if font.objgen not in seen:
                        seen.add(font.objgen)
                        group.add(font)
                    fonts[name] = group.font
        for path, group in self._groups.items():
            if group.members > 1:
                _share(pdf, group, hb.Face(hb.Blob.from_file_path(path)))

    def _path(self, font: Any) -> str:
        """Return the file of the theme's that the font was cut from, nothing for another's font."""
        if Name.Type0 != font.get("/Subtype"):
            return ""
        name = str(font.BaseFont)
        if name not in self._paths:
            self._paths[name] = _path_of(font, self.theme)
        return self._paths[name]


def _font_dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the dictionaries of fonts, each once: all of a fragment's resources have the same."""
    seen: set[tuple[int, int]] = set()
    for resources in _resources(pdf):
        fonts = resources.get("/Font")
        if fonts is not None and not (fonts.is_indirect and fonts.objgen in seen):
            seen.add(fonts.objgen)
            yield fonts


def _share(pdf: pikepdf.Pdf, group: _Group, face: hb.Face) -> None:
    descendant = group.font.DescendantFonts[0]
    descendant.W = Array([part for glyph in sorted(group.widths) for part in (glyph, Array([group.widths[glyph]]))])
    data = subset(face, set(group.widths))
    for key in _FILES:
        if key in descendant.FontDescriptor:
            _replace_file(pdf, descendant.FontDescriptor, key, data)
    group.font.ToUnicode = pdf.make_stream(write_unicode_map(group.texts))


def _replace_file(pdf: pikepdf.Pdf, descriptor: Any, key: str, data: bytes) -> None:
    stream = pdf.make_stream(data)
    if "/Subtype" in descriptor[key]:
        stream.Subtype = descriptor[key].Subtype
    else:
        stream.Length1 = len(data)
    descriptor[key] = stream


def subset(face: hb.Face, glyphs: set[int]) -> bytes:
    """Return the font with these glyphs under the numbers they have, and without what only layout needs.

    Numbers behind the last glyph are letters that the font lacks: boxes.
    """
    lacking = {glyph for glyph in glyphs if glyph >= face.glyph_count}
    asked = hb.SubsetInput()
    asked.glyph_set.update(glyphs - lacking)
    asked.drop_table_tag_set.update({int.from_bytes(tag, "big") for tag in _DROPPED})
    asked.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    if lacking:
        asked.flags |= hb.SubsetFlags.NOTDEF_OUTLINE
    data = bytes(hb.subset(face, asked).blob.data)
    return with_boxes(data, lacking) if lacking else data


def _path_of(font: Any, theme: Theme) -> str:
    """Return the file of the theme's that the font was cut from, nothing if it is another's font."""
    descriptor = font.DescendantFonts[0].FontDescriptor
    embedded = next(hb.Face(hb.Blob(descriptor[key].read_bytes())) for key in _FILES if key in descriptor)
    glyphs: dict[int, float] = {}
    _add_widths(font.DescendantFonts[0].get("/W", Array()), glyphs)
    for face in _faces(theme, str(descriptor.get("/FontFamily", ""))):
        if _are_alike(hb.Face(hb.Blob.from_file_path(str(face.path))), embedded, glyphs):
            return str(face.path)
    return ""


def _faces(theme: Theme, family: str) -> Iterator[FontFace]:
    fonts = theme.fonts
    named: dict[str, FontFamily] = {one.name: one for one in (fonts.body, fonts.heading, fonts.code, fonts.math)}
    if family in named:
        yield from named[family].faces


def _are_alike(whole: hb.Face, embedded: hb.Face, glyphs: Iterable[int]) -> bool:
    """Return whether the glyphs have the same boxes. Widths don't tell: code has one width in all its weights."""
    one, other = hb.Font(whole), hb.Font(embedded)
    return whole.upem == embedded.upem and all(
        glyph < whole.glyph_count and one.get_glyph_extents(glyph) == other.get_glyph_extents(glyph)
        for glyph in glyphs
        if glyph < embedded.glyph_count
    )


def _resources(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the resources of pages, and of the forms and patterns that they use, each once."""
    seen: set[tuple[int, int]] = set()
    pending = [page.obj.get("/Resources") for page in reversed(pdf.pages)]
    while pending:
        resources = pending.pop()
        if resources is None or (resources.is_indirect and resources.objgen in seen):
            continue
        seen.add(resources.objgen)
        yield resources
        for kind in ("/XObject", "/Pattern"):
            pending += [used.get("/Resources") for _, used in sorted(resources.get(kind, Dictionary()).items())]


def _add_widths(array: Any, known: dict[int, float]) -> None:
    """Add the glyphs and widths of a `W` array, `c [w …]` or `first last w` (ISO 32000-1, 9.7.4.3), to those known.

    Its text is read, and only what is new in it, since it is long and nearly the same in each fragment.
    """
    for first, several, last, width in _WIDTHS.findall(array.unparse(resolved=True)):
        if width:
            for glyph in range(int(first), int(last) + 1):
                known.setdefault(glyph, float(width))
        else:
            for glyph, width in enumerate(several.split(), start=int(first)):
                if glyph not in known:
                    known[glyph] = float(width)

"""What a slide refers to: pictures and links, each with its relationship's id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

import resvg_py

from mathbook.document.book import Picture
from mathbook.document.theme import Theme
from mathbook.frozen import frozen
from mathbook.painting.pixels import png_of
from mathbook.painting.plain_svg import plain_drawing
from mathbook.painting.stand_in import standing_in

PIXELS_PER_POINT = 2.0
"""A picture over the whole width of a slide has 1,920 pixels. Programs that know SVG (PowerPoint since 2016) show the SVG, sharp
on any screen; these pixels are for the others, and at 4 a point to write them took more time than all the rest of a deck.
"""


@frozen
class Letters:
    """The fonts in which words of SVG pictures are drawn as pixels: the theme's, so that every machine draws the same."""

    files: tuple[str, ...] = ()
    serif: str = ""
    sans: str = ""
    mono: str = ""


def letters_of(theme: Theme) -> Letters:
    """Return the theme's fonts."""
    fonts, deck = theme.fonts, theme.deck
    families = (fonts.body, fonts.heading, fonts.code, fonts.math, deck.heading, deck.body, deck.code)
    files = dict.fromkeys(str(face.path) for family in families for face in family.faces)
    return Letters(tuple(files), fonts.body.name, fonts.heading.name, fonts.code.name)


@dataclass(slots=True)
class Media:
    """A slide's relationships in order: (id, kind, target); `files` are the pictures by name, `places` the numbers of the
    slides that links inside the deck lead to.
    """

    letters: Letters = Letters()
    places: Mapping[str, int] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def link(self, url: str) -> str:
        """Return the id of a link: out of the deck, or (from "#") to one of the places."""
        if url.startswith("#"):
            return self._relation("slide", f"slide{self.places[url[1:]]}.xml")
        return self._relation("hyperlink", url)

    def picture(self, picture: Picture, width: float, height: float) -> tuple[str, str]:
        """Return the ids of a raster picture and of the SVG that it stands in for (empty if there is none)."""
        if picture.media_type != "image/svg+xml":
            extension = picture.media_type.removeprefix("image/")
            return self._file(picture.digest, extension, picture.data), ""
        raster = rasterised(picture.data.decode("utf-8"), round(width), self.letters)
        shown = standing_in(raster, picture.data)
        return self._file(f"{picture.digest}-{round(width)}", "png", shown), self._file(
            picture.digest, "svg", picture.data
        )

    def formula(self, svg: str, width: float, *, spare: bool) -> tuple[str, str]:
        """Return the ids of a formula's drawing, as PNG and as SVG; a `spare` one stands in where there is no OMML."""
        digest = blake2b(svg.encode(), digest_size=12).hexdigest()
        raster = rasterised(svg, width / 2 if spare else width)
        return self._file(f"{digest}-{round(width)}{'-spare' if spare else ''}", "png", raster), self._file(
            digest, "svg", svg.encode()
        )

    def _file(self, name: str, extension: str, data: bytes) -> str:
        file = f"{name}.{extension}"
        self.files[file] = data
        return self._relation("image", file)

    def _relation(self, kind: str, target: str) -> str:
        for known in self.relations:
            if known[1:] == (kind, target):
                return known[0]
        identifier = f"rId{len(self.relations) + 10}"
        self.relations.append((identifier, kind, target))
        return identifier


def rasterised(svg: str, width: float, letters: Letters = Letters()) -> bytes:
    """Return the SVG as PNG, wide enough for so many points on a large screen.

    The machine's own fonts are left alone: where one was missing, words were left out without a complaint.
    """
    pixels = max(round(width * PIXELS_PER_POINT), 8)
    if (plain := plain_drawing(svg, pixels)) is not None:
        return png_of(plain, pixels)
    spoken = "<text" in svg
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=pixels,
        skip_system_fonts=True,
        font_files=list(letters.files) if spoken else [],
        serif_family=letters.serif,
        sans_serif_family=letters.sans,
        monospace_family=letters.mono,
    )
    return bytes(drawn)

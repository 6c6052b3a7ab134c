"""What the compiler hands to the linker: a page, its pictures, and what the package must know of them."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass

from mathbook.epub.archive import Archive
from mathbook.epub.glyphs import NO_GLYPHS, Glyphs


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of a page: where it is and what it says, without markup."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class BundledPicture:
    """A picture under the name that pages call it by."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Bundle:
    """A compiled unit. `properties` are those of its manifest item (EPUB 3.3, D.6.1)."""

    page: bytes
    title: str
    properties: tuple[str, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    glyphs: Glyphs = NO_GLYPHS
    pictures: tuple[BundledPicture, ...] = ()


def pack(bundle: Bundle) -> bytes:
    """Return the bundle as bytes: a zip of the page, the pictures and a record of the rest."""
    about = {
        "title": bundle.title,
        "properties": bundle.properties,
        "outline": [[entry.id, entry.words] for entry in bundle.outline],
        "glyphs": ["".join(sorted(chars)) for chars in (bundle.glyphs.text, bundle.glyphs.code, bundle.glyphs.math)],
        "pictures": [[picture.name, picture.media_type] for picture in bundle.pictures],
    }
    into = io.BytesIO()
    with Archive(into) as archive:
        archive.add("about.json", json.dumps(about))
        archive.add("page.xhtml", bundle.page)
        for picture in bundle.pictures:
            archive.add(picture.name, picture.data, stored=True)
    return into.getvalue()


def unpack(content: bytes) -> Bundle:
    """Return the bundle that was packed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        about = json.loads(archive.read("about.json"))
        return Bundle(
            page=archive.read("page.xhtml"),
            title=about["title"],
            properties=tuple(about["properties"]),
            outline=tuple(OutlineEntry(*entry) for entry in about["outline"]),
            glyphs=Glyphs(*(frozenset(chars) for chars in about["glyphs"])),
            pictures=tuple(BundledPicture(name, kind, archive.read(name)) for name, kind in about["pictures"]),
        )

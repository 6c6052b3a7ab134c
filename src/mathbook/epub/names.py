"""What files inside the e-book are called. A unit's file is named after its id, so that any unit can link to it."""

from __future__ import annotations

import re
from functools import lru_cache

from mathbook.document.labels import id_of

ROOT = "OEBPS"

_EXTENSIONS = {
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
}
"""The picture types of EPUB 3.3, section 3.2."""


def page_name(unit: str) -> str:
    """Return the file of a unit, as the package calls it."""
    return f"text/{page_file(unit)}"


def picture_name(digest: str, media_type: str) -> str:
    """Return the file of a picture, as the package calls it: equal pictures are one file."""
    return f"pictures/{id_of(digest)}.{_EXTENSIONS[media_type]}"


def unit_href(label: str, unit: str) -> str:
    """Return the link to a label in a unit, as the page of another unit writes it."""
    return f"{page_file(unit)}#{id_of(label)}"


@lru_cache(maxsize=4096)
def page_file(unit: str) -> str:
    """Return a name that every reading system can open: letters beyond ASCII as their code points."""
    name = id_of(unit)
    if not (name.isascii() and name.isprintable()):
        name = re.sub(r"[^\x20-\x7e]", lambda letter: f"_{ord(letter[0]):x}", name)
    return f"{name}.xhtml"

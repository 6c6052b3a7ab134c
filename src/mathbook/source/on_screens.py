"""Pictures in a size fit for reading devices: a camera's twelve million dots are of no use on a telephone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image as Raster

LONGEST = 1600
"""Dots of the longer side: the width of a column of text, two and a half times as fine as CSS pixels."""

_SAVED: dict[str, dict[str, Any]] = {
    "image/jpeg": {"format": "JPEG", "quality": 85, "optimize": True, "progressive": True},
    "image/png": {"format": "PNG", "optimize": True},
    "image/webp": {"format": "WEBP", "quality": 85, "method": 4},
}
"""How each kind is written. A GIF keeps its few colours only if it keeps its dots: it is left as it is."""
_DEEP = ("I", "F")
"""Modes of more than eight bits a colour: they are left, too."""


def on_screens(data: bytes, media_type: str) -> bytes:
    """Return a picture that was found sound in fewer dots; nothing if it has few enough, or wouldn't get smaller."""
    if media_type not in _SAVED:
        return b""
    from PIL import Image as Raster  # a book may have drawings alone

    with Raster.open(io.BytesIO(data)) as image:
        if max(image.size) <= LONGEST or image.mode.startswith(_DEEP):
            return b""
        profile = image.info.get("icc_profile")
        smaller = _in_full_colour(image)
    smaller.thumbnail((LONGEST, LONGEST), Raster.Resampling.LANCZOS)
    into = io.BytesIO()
    smaller.save(into, icc_profile=profile, **_SAVED[media_type])
    return into.getvalue() if into.tell() < len(data) else b""


def _in_full_colour(image: Raster.Image) -> Raster.Image:
    """Return the picture in a mode whose dots can be mixed: neither one bit nor a palette."""
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGBA") if image.mode in ("P", "PA") else image.copy()

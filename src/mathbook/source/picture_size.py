"""How large a picture is, told after it was decoded whole: a header alone is not believed."""

from __future__ import annotations

import base64
import binascii
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lxml import etree

from mathbook.source.svg_safety import UnreadablePicture, UnsafePicture, data_pictures, parsed_svg

if TYPE_CHECKING:
    from PIL import Image as Raster

MOST_PIXELS = 50_000_000
"""Pixels of a picture that are decoded."""

_MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with a second one behind it, as cameras write them
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "pc": 16.0}
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?"
_ORIENTATION = 0x0112  # Exif 2.3, section 4.6.4


class TooLarge(Exception):
    """The picture has too many pixels or bytes."""


def raster_size(data: bytes) -> tuple[str, float, float]:
    """Return media type, width and height of a raster picture. Raises what svg_safety names, or TooLarge."""
    from PIL import Image as Raster  # a book may have drawings alone
    from PIL import UnidentifiedImageError

    with _strict():
        try:
            with Raster.open(io.BytesIO(data), formats=["PNG", "JPEG", "GIF", "WEBP"]) as image:
                _check_raster(image)
                image.load()
                return _MEDIA_TYPES[image.format or ""], float(image.width), float(image.height)
        except (Raster.DecompressionBombWarning, Raster.DecompressionBombError):
            raise TooLarge(f"it has more than {MOST_PIXELS} pixels") from None
        except (TooLarge, UnsafePicture, UnreadablePicture):
            raise
        except UnidentifiedImageError:
            raise UnreadablePicture("it is neither PNG, JPEG, GIF, WebP nor SVG") from None
        except Exception as error:  # a decoder that is fed broken bytes may raise anything
            raise UnreadablePicture(f"it is broken: {_short(error)}") from None


@contextmanager
def _strict() -> Iterator[None]:
    """Let Pillow take nothing that is cut off or a bomb. WeasyPrint tells it to, for the whole process, on import."""
    from PIL import Image as Raster
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Raster.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _check_raster(image: Raster.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise TooLarge(f"it has {image.width} × {image.height} pixels, and {MOST_PIXELS} are read")
    if image.mode == "CMYK":
        raise UnreadablePicture("its colours are CMYK; save it as RGB")
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise UnreadablePicture("it is animated; save one of its frames")
    if image.getexif().get(_ORIENTATION, 1) != 1:
        raise UnreadablePicture("it is turned by a mark that not every program sees; save it upright")


def _short(error: Exception) -> str:
    return re.sub(r"<_io.*?>", "the file", str(error))[:80] or type(error).__name__


def svg_size(data: bytes) -> tuple[float, float]:
    """Return width and height of an SVG in CSS pixels. Raises what svg_safety names, or TooLarge."""
    root = parsed_svg(data)
    for inside in data_pictures(root):
        try:
            raster_size(base64.b64decode(inside))
        except binascii.Error:
            raise UnreadablePicture("a picture inside the SVG is no base64") from None
    width, height = _own_size(root)
    if width * height > MOST_PIXELS:
        raise TooLarge(f"it is {width:g} × {height:g} pixels large, and {MOST_PIXELS} are drawn")
    return width, height


def _own_size(root: etree._Element) -> tuple[float, float]:
    """Return the SVG's width and height, or its view box's, or 300 by 150 (CSS 2.2, section 10.3.2)."""
    boxed = _view_box(root.get("viewBox"))
    width, height = (_length(name, root.get(name)) for name in ("width", "height"))
    if width and height:
        return width, height
    if boxed is None:
        return width or 300.0, height or 150.0
    ratio = boxed[1] / boxed[0]
    if width:
        return width, width * ratio
    return (height / ratio, height) if height else boxed


def _view_box(text: str | None) -> tuple[float, float] | None:
    """Return the view box's width and height; nothing if there is none."""
    if text is None:
        return None
    numbers = re.fullmatch(rf"\s*({_NUMBER})[\s,]+({_NUMBER})[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*", text)
    if not numbers or float(numbers[3]) <= 0 or float(numbers[4]) <= 0:
        raise UnreadablePicture(f"its viewBox {text[:40]!r} is not four numbers with a size above 0")
    return float(numbers[3]), float(numbers[4])


def _length(name: str, text: str | None) -> float:
    """Return a length in CSS pixels; 0 if there is none, or if it is relative."""
    if text is None or text.strip() == "auto":
        return 0.0
    found = re.fullmatch(rf"\s*({_NUMBER})\s*([a-z]{{2,4}}|%)?\s*", text)
    if not found or float(found[1]) <= 0:
        raise UnreadablePicture(f"its {name} {text[:40]!r} is not a length above 0")
    return float(found[1]) * _UNITS.get(found[2] or "", 0.0)

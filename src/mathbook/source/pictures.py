"""Pictures: found inside the project, looked at before they are believed."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from lxml import etree
from PIL import Image as Raster

from mathbook.diagnostics import Code, Collector, Span, did_you_mean
from mathbook.document.book import Picture
from mathbook.document.nodes import Image
from mathbook.project import Project, locate
from mathbook.source.svg_safety import UnsafePicture, parsed_svg

MOST_PIXELS = 50_000_000
LARGEST = 30_000_000
_MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "pc": 16.0}


@dataclass(slots=True)
class Pictures:
    """The pictures of a project, each read once. `found` maps a picture's source to it."""

    project: Project
    collector: Collector
    found: dict[str, Picture] = field(default_factory=dict)
    faults: dict[str, tuple[Code, str]] = field(default_factory=dict)

    def resolve(self, written: str, span: Span) -> Image | None:
        """Return the image with source and digest filled, or None after telling what is wrong with it.

        A path is looked for beside the file that names it, then in the manuscript's folder.
        """
        places = ((self.project.root / span.file).parent, self.project.manuscript, self.project.root)
        located = [locate(self.project, written, place) for place in dict.fromkeys(places)]
        path = next((path for path, _ in located if path is not None and path.is_file()), None)
        if path is None:
            self._tell_missing(written, [reason for path, reason in located if path is None], span)
            return None
        return self._image(path, span)

    def _tell_missing(self, written: str, reasons: list[str], span: Span) -> None:
        if len(reasons) == 3 or (reasons and ".." in written):
            self.collector.error(Code.FILE_OUTSIDE, span, reasons[0], "pictures lie inside the project")
            return
        near = [path.name for path in self.project.manuscript.rglob("*") if path.suffix[1:] in ("svg", "png", "jpg")]
        hint = did_you_mean(Path(written).name, near, "put it into manuscript/figures/")
        self.collector.error(Code.PICTURE_MISSING, span, f"there is no picture {written!r}", hint)

    def _image(self, path: Path, span: Span) -> Image | None:
        source = self.project.name_of(path)
        if source not in self.found and source not in self.faults:
            self._read(path, source)
        if source in self.faults:
            code, message = self.faults[source]
            self.collector.error(code, span, f"{source}: {message}")
            return None
        return Image(source, self.found[source].digest, alt="", span=span)

    def _read(self, path: Path, source: str) -> None:
        try:
            self.found[source] = read_picture(path, source)
        except UnsafePicture as unsafe:
            self.faults[source] = (Code.PICTURE_UNSAFE, str(unsafe))
        except TooLarge as large:
            self.faults[source] = (Code.PICTURE_TOO_LARGE, str(large))
        except (OSError, ValueError, SyntaxError) as error:
            self.faults[source] = (Code.PICTURE_UNREADABLE, f"it is no picture that can be read ({_short(error)})")


class TooLarge(Exception):
    """The picture has too many pixels or bytes."""


def _short(error: Exception) -> str:
    return re.sub(r"<_io.*?>|'[^']*/[^']*'", "the file", str(error))[:80]


def read_picture(path: Path, source: str) -> Picture:
    """Return the picture. Raises UnsafePicture, TooLarge, or what Pillow raises for what is no picture."""
    if path.stat().st_size > LARGEST:
        raise TooLarge(f"it has more than {LARGEST} bytes")
    data = path.read_bytes()
    digest = blake2b(data, digest_size=16).hexdigest()
    if path.suffix.lower() == ".svg" or data[:200].lstrip().startswith((b"<svg", b"<?xml")):
        width, height = _svg_size(parsed_svg(data))
        return Picture(source, digest, "image/svg+xml", width, height, data)
    media_type, width, height = _raster(data)
    return Picture(source, digest, media_type, width, height, data)


def _raster(data: bytes) -> tuple[str, float, float]:
    """Return media type, width and height of a raster picture after decoding all of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Raster.DecompressionBombWarning)
        try:
            with Raster.open(io.BytesIO(data), formats=list(_MEDIA_TYPES)) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise TooLarge(f"it has {image.width} × {image.height} pixels, and {MOST_PIXELS} are read")
                if image.mode == "CMYK":
                    raise UnsafePicture("its colours are CMYK; save it as RGB")
                image.load()
                return _MEDIA_TYPES[image.format or ""], float(image.width), float(image.height)
        except (Raster.DecompressionBombWarning, Raster.DecompressionBombError):
            raise TooLarge(f"it has more than {MOST_PIXELS} pixels") from None


def _svg_size(root: etree._Element) -> tuple[float, float]:
    """Return the SVG's width and height in CSS pixels: its own, or its view box's, or 300 by 150 (CSS 2.2, 10.3.2)."""
    box = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))]
    boxed = (box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else None
    width, height = _length(root.get("width")), _length(root.get("height"))
    if width and height:
        return width, height
    if boxed is None:
        return width or 300.0, height or 150.0
    ratio = boxed[1] / boxed[0]
    if width:
        return width, width * ratio
    return (height / ratio, height) if height else boxed


def _length(text: str | None) -> float:
    """Return a length in CSS pixels; 0 if there is none, or if it is relative."""
    found = re.fullmatch(r"\s*([\d.]+)\s*(px|pt|in|cm|mm|pc)?\s*", text or "")
    return float(found[1]) * _UNITS[found[2] or ""] if found else 0.0

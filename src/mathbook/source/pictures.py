"""Pictures: found inside the project, looked at before they are believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from mathbook.diagnostics import Code, Collector, Span, did_you_mean
from mathbook.document.book import Picture
from mathbook.document.nodes import Image
from mathbook.document.picture_file import PictureFile, hash_of
from mathbook.project import Folders, Mark, Project, is_settled, locate, mark_of, read_bytes
from mathbook.source.memory import Memory
from mathbook.source.on_screens import on_screens
from mathbook.source.picture_size import TooLarge, raster_size, svg_size
from mathbook.source.svg_safety import UnreadablePicture, UnsafePicture

LARGEST = 30_000_000
"""Bytes of a picture that are read."""


@dataclass(slots=True)
class Pictures:
    """The pictures of a project, each read once. `found` maps a picture's source to it.

    In the `memory` are pictures that were looked at before: one that has the same bytes still is what it was, and isn't
    read if its file has the same mark. `folders` are those that were followed: while pictures are read, none is thought
    to move.
    """

    project: Project
    collector: Collector
    memory: Memory = field(default_factory=Memory)
    folders: Folders = field(default_factory=Folders)
    found: dict[str, Picture] = field(default_factory=dict)
    faults: dict[str, tuple[Code, str]] = field(default_factory=dict)
    _from: dict[str, tuple[Path, ...]] = field(default_factory=dict)

    def resolve(self, written: str, span: Span) -> Image | None:
        """Return the image with source and digest filled, or None after telling what is wrong with it.

        A path is looked for beside the file that names it, then in the manuscript's folder.
        """
        reasons = []
        for place in self._places(span):
            path, reason = locate(self.project, written, place, self.folders)
            if path is None:
                reasons.append(reason)
            elif mark := mark_of(path):
                return self._image(path, mark, span)
        self._tell_missing(written, reasons, span)
        return None

    def _places(self, span: Span) -> tuple[Path, ...]:
        """Return where a path may begin: beside the file that names it, the manuscript's folder, the root."""
        folder = span.file.rpartition("/")[0]
        if folder not in self._from:
            places = (self.project.root / folder, self.project.manuscript, self.project.root)
            self._from[folder] = tuple(dict.fromkeys(places))
        return self._from[folder]

    def _candidates(self, written: str, span: Span) -> tuple[Path, ...]:
        return tuple(place / written for place in self._places(span))

    def _tell_missing(self, written: str, reasons: list[str], span: Span) -> None:
        candidates = self._candidates(written, span)
        if any(path.exists() and not path.is_file() for path in candidates):
            self.collector.error(Code.PICTURE_UNREADABLE, span, f"{written!r} is not a file")
            return
        linked = any(path.is_symlink() for path in candidates)
        if len(reasons) == 3 or (reasons and (linked or ".." in written)):
            self.collector.error(Code.FILE_OUTSIDE, span, reasons[0], "pictures lie inside the project")
            return
        near = [path.name for path in self.project.manuscript.rglob("*.*") if _looks_like_a_picture(path)]
        hint = did_you_mean(Path(written).name, near, "put it into manuscript/figures/")
        self.collector.error(Code.PICTURE_MISSING, span, f"there is no picture {written!r}", hint)

    def _image(self, path: Path, mark: Mark, span: Span) -> Image | None:
        source = self.project.name_of(path)
        if source not in self.found and source not in self.faults:
            self._read(path, mark, source)
        if source in self.faults:
            code, message = self.faults[source]
            self.collector.error(code, span, f"{source}: {message}")
            return None
        return Image(source, self.found[source].digest, alt="", span=span)

    def _read(self, path: Path, mark: Mark, source: str) -> None:
        try:
            self.found[source] = self._known(path, mark, source) or self._seen(path, mark, source)
        except UnsafePicture as unsafe:
            self.faults[source] = (Code.PICTURE_UNSAFE, str(unsafe))
        except TooLarge as large:
            self.faults[source] = (Code.PICTURE_TOO_LARGE, str(large))
        except UnreadablePicture as unreadable:
            self.faults[source] = (Code.PICTURE_UNREADABLE, str(unreadable))
        except OSError as error:
            self.faults[source] = (Code.PICTURE_UNREADABLE, f"the file can't be read ({error.strerror})")

    def _known(self, path: Path, mark: Mark, source: str) -> Picture | None:
        """Return the picture if its file is as it was; it stays in its file."""
        digest = self.memory.key_of(source, mark)
        return self.memory.picture(source, digest, PictureFile(path, source, mark[0], digest)) if digest else None

    def _seen(self, path: Path, mark: Mark, source: str) -> Picture:
        picture = read_picture(path, source, self.memory)
        if is_settled(mark):
            self.memory.keep_key(source, mark, "", picture.digest)
        return picture


def _looks_like_a_picture(path: Path) -> bool:
    return path.suffix[1:].lower() in ("svg", "png", "jpg", "jpeg", "gif", "webp") and path.is_file()


def read_picture(path: Path, source: str, memory: Memory | None = None) -> Picture:
    """Return the picture: what it is is told by its content, not by its name, or remembered of the same bytes.

    Raises OSError, UnsafePicture, UnreadablePicture or TooLarge.
    """
    data = read_bytes(path, LARGEST)
    if len(data) > LARGEST:
        raise TooLarge(f"it has more than {LARGEST} bytes")
    digest = hash_of(data)
    known = memory.picture(source, digest, data) if memory else None
    if known:
        return known
    picture = _looked_at(data, source, digest)
    if memory:
        memory.keep_picture(picture)
    return picture


def _looked_at(data: bytes, source: str, digest: str) -> Picture:
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        width, height = svg_size(data)
        return Picture(source, digest, "image/svg+xml", width, height, data)
    media_type, width, height = raster_size(data)
    return Picture(source, digest, media_type, width, height, data, on_screens(data, media_type))

"""The package: members as they come, and the content types of all of them at the end (ECMA-376 part 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mathbook.archive.member import Member, deflated, stored
from mathbook.archive.older_zip import Neighbours, OlderZip
from mathbook.archive.zip_writer import ZipWriter
from mathbook.deck.relations import PACKAGE, Relation, relations_of, relations_xml, wrapped
from mathbook.deck.xml import DECLARATION

TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "ppt/slides": f"{_MAIN}.presentationml.slide+xml",
    "ppt/notesSlides": f"{_MAIN}.presentationml.notesSlide+xml",
    "ppt/presentation.xml": f"{_MAIN}.presentationml.presentation.main+xml",
    "ppt/slideMasters": f"{_MAIN}.presentationml.slideMaster+xml",
    "ppt/slideLayouts": f"{_MAIN}.presentationml.slideLayout+xml",
    "ppt/notesMasters": f"{_MAIN}.presentationml.notesMaster+xml",
    "ppt/theme": f"{_MAIN}.theme+xml",
    "ppt/presProps.xml": f"{_MAIN}.presentationml.presProps+xml",
    "ppt/viewProps.xml": f"{_MAIN}.presentationml.viewProps+xml",
    "ppt/tableStyles.xml": f"{_MAIN}.presentationml.tableStyles+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": f"{_MAIN}.extended-properties+xml",
    "docProps/custom.xml": f"{_MAIN}.custom-properties+xml",
}
"""The types of parts, by their folders or by their names."""
_OVERRIDE = "ppt/theme/themeOverride"
_OVERRIDE_TYPE = f"{_MAIN}.themeOverride+xml"
_MEDIA = {
    **{name: f"image/{name}" for name in ("png", "jpeg", "gif", "webp", "bmp", "tiff")},
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "wdp": "image/vnd.ms-photo",
}
_BUFFER = 1 << 20
"""Bytes that are written in one go: members are small and many."""
_COMPRESSED = frozenset({"png", "jpeg", "jpg", "gif", "webp"})
"""Pictures that are compressed already: they are stored."""


def member_of(name: str, data: bytes) -> Member:
    """Return the content of a file of this name as a member."""
    return stored(data) if name.rpartition(".")[2] in _COMPRESSED else deflated(data)


@dataclass(slots=True)
class Package:
    """Writes members as they come; the content types are known, and written, at the end. `parts` are the names of all
    that aren't relationships.
    """

    archive: ZipWriter
    parts: list[str] = field(default_factory=list)

    def add(self, name: str, data: str | bytes) -> None:
        """Write one member."""
        self.put(name, member_of(name, data if isinstance(data, bytes) else data.encode("utf-8")))

    def put(self, name: str, member: Member) -> None:
        """Write a member that is finished."""
        self.archive.add(name, member)
        if not name.endswith(".rels"):
            self.parts.append(name)

    def take(self, older: OlderZip, members: Neighbours, names: Iterable[str]) -> None:
        """Copy members of an older package; `names` are those of them that aren't relationships."""
        self.archive.copy(older, members)
        self.parts += names

    def relate(self, part: str, relations: Iterable[Relation]) -> None:
        """Write a part's relationships."""
        self.add(relations_of(part), relations_xml(relations))

    def relate_as(self, part: str, items: str) -> None:
        """Write a part's relationships that are XML already."""
        self.add(relations_of(part), wrapped(items))

    def relate_for_now(self, part: str, items: str) -> None:
        """Write a part's relationships, XML already, which the seal writes anew: they aren't compressed."""
        self.put(relations_of(part), stored(wrapped(items).encode("utf-8")))

    def finish(self) -> None:
        """Write the content types of everything, for now, and the archive's end."""
        used = sorted({name.rpartition(".")[2] for name in self.parts} & set(_MEDIA))
        defaults = "".join(f'<Default Extension="{name}" ContentType="{_MEDIA[name]}"/>' for name in used)
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>' for name in self.parts if (kind := _type_of(name))
        )
        fixed = (
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
        )
        types = f'<Types xmlns="{PACKAGE}/content-types">{fixed}{defaults}{overrides}</Types>'
        self.put(TYPES, stored((DECLARATION + types).encode("utf-8")))
        self.archive.close()


def _type_of(name: str) -> str:
    if name.startswith(_OVERRIDE):
        return _OVERRIDE_TYPE
    return _TYPES.get(name.rpartition("/")[0]) or _TYPES.get(name, "")


@contextmanager
def open_package(path: Path, date: str) -> Iterator[Package]:
    """Return a package that is written to the path; its members carry the edition's date."""
    year, month, day = (int(part) for part in date.split("-"))
    with path.open("wb", buffering=_BUFFER) as file:
        yield Package(ZipWriter(file, (year, month, day)))

"""The package: parts, relationships and content types, numbered as they come (ECMA-376 part 2)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mathbook.deck.xml import DECLARATION, attribute

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = {
    "core": f"{_PACKAGE}/relationships/metadata/core-properties",
    **{
        kind: f"{_OFFICE}/{name}"
        for kind, name in {
            "app": "extended-properties",
            "custom-properties": "custom-properties",
            "custom-xml": "customXml",
            "document": "officeDocument",
            "master": "slideMaster",
            "layout": "slideLayout",
            "theme": "theme",
            "slide": "slide",
            "notes": "notesSlide",
            "notes-master": "notesMaster",
            "properties": "presProps",
            "view": "viewProps",
            "table-styles": "tableStyles",
            "image": "image",
            "hyperlink": "hyperlink",
        }.items()
    },
}
_MAIN = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "ppt/presentation.xml": f"{_MAIN}.presentationml.presentation.main+xml",
    "ppt/slideMasters/": f"{_MAIN}.presentationml.slideMaster+xml",
    "ppt/slideLayouts/": f"{_MAIN}.presentationml.slideLayout+xml",
    "ppt/slides/": f"{_MAIN}.presentationml.slide+xml",
    "ppt/notesMasters/": f"{_MAIN}.presentationml.notesMaster+xml",
    "ppt/notesSlides/": f"{_MAIN}.presentationml.notesSlide+xml",
    "ppt/theme/themeOverride": f"{_MAIN}.themeOverride+xml",
    "ppt/theme/": f"{_MAIN}.theme+xml",
    "ppt/presProps.xml": f"{_MAIN}.presentationml.presProps+xml",
    "ppt/viewProps.xml": f"{_MAIN}.presentationml.viewProps+xml",
    "ppt/tableStyles.xml": f"{_MAIN}.presentationml.tableStyles+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": f"{_MAIN}.extended-properties+xml",
    "docProps/custom.xml": f"{_MAIN}.custom-properties+xml",
}
_MEDIA = {
    **{name: f"image/{name}" for name in ("png", "jpeg", "gif", "webp", "bmp", "tiff")},
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
    "tif": "image/tiff",
    "emf": "image/x-emf",
    "wmf": "image/x-wmf",
    "wdp": "image/vnd.ms-photo",
}


@dataclass(slots=True)
class Package:
    """Writes members as they come; the content types are known, and written, at the end."""

    archive: zipfile.ZipFile
    time: tuple[int, int, int, int, int, int]
    parts: list[str] = field(default_factory=list)

    def add(self, name: str, data: str | bytes) -> None:
        """Write one member; pictures that are compressed already are stored."""
        info = zipfile.ZipInfo(name, self.time)
        stored = name.endswith((".png", ".jpeg", ".gif", ".webp"))
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        self.archive.writestr(info, data if isinstance(data, bytes) else data.encode("utf-8"))
        self.parts.append(name)

    def relate(self, part: str, relations: Iterable[tuple[str, str, str]]) -> None:
        """Write a part's relationships: (id, kind, target relative to the part)."""
        self.relate_as(part, "".join(_relation(*relation) for relation in relations))

    def relate_as(self, part: str, items: str) -> None:
        """Write a part's relationships that are XML already."""
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        self.add(path, f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>')

    def finish(self) -> None:
        """Write the content types of everything."""
        names = [name for name in self.parts if not name.endswith(".rels")]
        used = sorted({name.rsplit(".", 1)[1] for name in names} & set(_MEDIA))
        defaults = "".join(f'<Default Extension="{name}" ContentType="{_MEDIA[name]}"/>' for name in used)
        overrides = "".join(
            f'<Override PartName="/{name}" ContentType="{kind}"/>' for name in names if (kind := _type_of(name))
        )
        fixed = (
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
        )
        types = f'<Types xmlns="{_PACKAGE}/content-types">{fixed}{defaults}{overrides}</Types>'
        self.add("[Content_Types].xml", DECLARATION + types)


def _relation(identifier: str, kind: str, target: str) -> str:
    mode = ' TargetMode="External"' if kind == "hyperlink" else ""
    return f'<Relationship Id="{identifier}" Type="{KINDS[kind]}" Target={attribute(target)}{mode}/>'


def _type_of(name: str) -> str:
    return next((kind for start, kind in _TYPES.items() if name.startswith(start)), "")


def open_package(path: Path, date: str) -> Package:
    """Return a package that is written to the path; its members carry the edition's date (a zip knows none before 1980)."""
    year, month, day = (int(part) for part in date.split("-"))
    return Package(zipfile.ZipFile(path, "w"), (max(year, 1980), month, day, 0, 0, 0))

"""The ledger put into a finished deck: a custom XML part, which PowerPoint keeps when a speaker saves the deck."""

from __future__ import annotations

import uuid
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from mathbook.deck.xml import DECLARATION

NAMESPACE = "urn:mathbook:ledger:1"
_ITEM, _PROPERTIES = "customXml/item1.xml", "customXml/itemProps1.xml"
_ITEM_RELATIONS = "customXml/_rels/item1.xml.rels"
_RELATIONS, _TYPES = "ppt/_rels/presentation.xml.rels", "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def seal(path: Path, ledger: bytes) -> None:
    """Put the ledger into the deck (ECMA-376 part 1, 15.2.4 to 15.2.6).

    The relationships of the presentation and the content types are written anew with what stands behind them; all
    members before them stay where they are.
    """
    with zipfile.ZipFile(path, "a") as archive:
        moved = _cut_off(archive, {_RELATIONS, _TYPES})
        for info, data in moved:
            if info.filename not in (_ITEM, _PROPERTIES, _ITEM_RELATIONS):
                archive.writestr(info, _mended(info.filename, data))
        pattern = moved[0][0]
        for name, text in _parts(ledger.decode()):
            info = zipfile.ZipInfo(name, pattern.date_time)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, pattern.external_attr
            info.create_system = pattern.create_system
            archive.writestr(info, text.encode())


def _cut_off(archive: zipfile.ZipFile, names: set[str]) -> list[tuple[zipfile.ZipInfo, bytes]]:
    """Return the members from the first of these names on, and take them off the archive's end."""
    start = min(info.header_offset for info in archive.infolist() if info.filename in names)
    cut = [info for info in archive.infolist() if info.header_offset >= start]
    contents = [(info, archive.read(info)) for info in cut]
    for info in cut:
        archive.filelist.remove(info)
        del archive.NameToInfo[info.filename]
    archive.start_dir = start  # where the next member is written
    return contents


def _mended(name: str, data: bytes) -> bytes:
    if _ITEM.encode() in data or _PROPERTIES.encode() in data:
        return data  # sealed before
    if name == _RELATIONS:
        relation = f'<Relationship Id="rIdLedger" Type="{_OFFICE}/relationships/customXml" Target="../{_ITEM}"/>'
        return data.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
    if name == _TYPES:
        override = f'<Override PartName="/{_PROPERTIES}" ContentType="{_PROPERTIES_TYPE}"/>'
        return data.replace(b"</Types>", override.encode() + b"</Types>")
    return data


def _parts(ledger: str) -> list[tuple[str, str]]:
    """Return the part with its properties and the relationship between them."""
    identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper()
    properties = (
        f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{{{identifier}}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps" Target="itemProps1.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return [
        (_ITEM, f'{DECLARATION}<ledger xmlns="{NAMESPACE}">{escape(ledger)}</ledger>'),
        (_PROPERTIES, DECLARATION + properties),
        (
            _ITEM_RELATIONS,
            f'{DECLARATION}<Relationships xmlns="{package}">{relation}</Relationships>',
        ),
    ]

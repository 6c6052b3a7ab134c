"""The ledger put into a finished deck: a custom XML part, which PowerPoint keeps when a speaker saves the deck."""

from __future__ import annotations

import uuid
from pathlib import Path

from mathbook.archive.member import deflated
from mathbook.archive.zip_writer import cut_off
from mathbook.deck.xml import DECLARATION, escaped

NAMESPACE = "urn:mathbook:ledger:1"
_ITEM, _PROPERTIES = "customXml/item1.xml", "customXml/itemProps1.xml"
_ITEM_RELATIONS = "customXml/_rels/item1.xml.rels"
_RELATIONS, _TYPES = "ppt/_rels/presentation.xml.rels", "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def seal(path: Path, ledger: bytes) -> int:
    """Put the ledger into a deck that was just linked (ECMA-376 part 1, 15.2.4 to 15.2.6); return how many of its bytes,
    from the first, are as they were.

    The relationships of the presentation and the content types are written anew with what stands behind them; all
    members before them stay where they are.
    """
    with path.open("r+b") as file:
        writer, members = cut_off(file, _RELATIONS)
        unchanged = file.tell()
        kept = [(name, data) for name, data in members if name not in (_ITEM, _PROPERTIES, _ITEM_RELATIONS)]
        for name, data in (*((name, _mended(name, data)) for name, data in kept), *_parts(ledger.decode())):
            writer.add(name, deflated(data))
        writer.close()
    return unchanged


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


def _parts(ledger: str) -> list[tuple[str, bytes]]:
    """Return the part with its properties and the relationship between them."""
    identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, NAMESPACE)).upper()
    properties = (
        f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{{{identifier}}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/customXmlProps" Target="itemProps1.xml"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    relations = f'{DECLARATION}<Relationships xmlns="{package}">{relation}</Relationships>'
    item = f'{DECLARATION}<ledger xmlns="{NAMESPACE}">{escaped(ledger)}</ledger>'
    texts = {_ITEM: item, _PROPERTIES: DECLARATION + properties, _ITEM_RELATIONS: relations}
    return [(name, text.encode()) for name, text in texts.items()]

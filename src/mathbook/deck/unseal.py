"""The ledger that a deck carries, wherever the program that saved it last has put it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from mathbook.archive.zip_directory import CENTRAL, LOCAL, directory_of
from mathbook.deck.safe_archive import check_archive

_ROOT = "{urn:mathbook:ledger:1}ledger"
_LAST = ("customXml/item1.xml", "customXml/itemProps1.xml", "customXml/_rels/item1.xml.rels")
"""The members at the end of a deck that was sealed and not saved since; the first is the ledger's."""
_MOST_RATIO = 100


def unseal(path: Path) -> bytes | None:
    """Return the bytes of the ledger in the deck, or None if it has none. Raises UnsafeFile."""
    data = _at_the_end(path)
    text = _ledger_text(data) if data is not None else None
    if text is not None:
        return text.encode()
    with zipfile.ZipFile(path) as archive:
        check_archive(archive)
        parts = [name for name in archive.namelist() if name.startswith("customXml/") and name.endswith(".xml")]
        texts = (_ledger_text(archive.read(name)) for name in sorted(parts))
        return next((text.encode() for text in texts if text is not None), None)


def _at_the_end(path: Path) -> bytes | None:
    """Return the member with the ledger, if the deck ends as the seal left it: so the directory isn't gone through."""
    with path.open("rb") as file:
        try:
            directory, _ = directory_of(file)
            at = len(directory) - sum(CENTRAL.size + len(name) for name in _LAST)
            _, _, _, _, method, _, _, crc, packed, size, *_, offset = CENTRAL.unpack_from(directory, max(at, 0))
            if not _names(directory, at) or method != zipfile.ZIP_DEFLATED or size > _MOST_RATIO * max(packed, 1):
                return None
            file.seek(offset + LOCAL.size + len(_LAST[0]))
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(file.read(packed), max(size, 1))
        except (ValueError, OSError, struct.error, zlib.error):
            return None
    return data if len(data) == size and zlib.crc32(data) == crc else None


def _names(directory: bytes, at: int) -> bool:
    """Return whether the last entries, from there on, are those of the seal."""
    for name in _LAST:
        entry = directory[at : at + CENTRAL.size + len(name)]
        if at < 0 or entry[:4] != b"PK\1\2" or entry[CENTRAL.size :] != name.encode():
            return False
        at += len(entry)
    return True


def _ledger_text(data: bytes) -> str | None:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return None
    return "".join(root.itertext()) if root.tag == _ROOT else None

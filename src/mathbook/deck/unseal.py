"""The ledger that a deck carries, wherever the program that saved it last has put it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from mathbook.deck.safe_archive import check_archive

_ROOT = "{urn:mathbook:ledger:1}ledger"


def unseal(path: Path) -> bytes | None:
    """Return the bytes of the ledger in the deck, or None if it has none. Raises UnsafeFile."""
    with zipfile.ZipFile(path) as archive:
        check_archive(archive)
        parts = [name for name in archive.namelist() if name.startswith("customXml/") and name.endswith(".xml")]
        texts = (_ledger_text(archive.read(name)) for name in sorted(parts))
        return next((text.encode() for text in texts if text is not None), None)


def _ledger_text(data: bytes) -> str | None:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return None
    return "".join(root.itertext()) if root.tag == _ROOT else None

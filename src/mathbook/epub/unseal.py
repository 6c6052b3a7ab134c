"""The ledger that an e-book carries."""

from __future__ import annotations

from pathlib import Path

from mathbook.epub.safe_zip import SafeZip, UnsafeFile


def unseal(path: Path) -> bytes | None:
    """Return the bytes of the ledger in the e-book, or None if it has none. Raises UnsafeFile."""
    with SafeZip(path) as archive:
        try:
            return archive.read("META-INF/mathbook.json")
        except UnsafeFile:
            return None

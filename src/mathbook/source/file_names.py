"""What a file's name tells: its slug and its number."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path


def slug_and_number(path: Path) -> tuple[str, int | None]:
    """Return the slug and the number that a file's name tells: `03-quant.md` is quant, 3; `ex-0007.md` is 7 too.
    `03b-kelly.md` stands behind 03 and before 04; its number is in its front matter.

    A slug goes into ids and the names of finished files, so that it has letters, digits, '-', '_' and '.' only.
    """
    inserted = re.fullmatch(r"\d{2,}[a-z]-(.*\w.*)", path.stem)
    if inserted:
        return _slug(inserted[1]), None
    leading = re.fullmatch(r"(\d+)[-_ ]+(.*\w.*)", path.stem)
    if leading:
        return _slug(leading[2]), int(leading[1])
    trailing = re.fullmatch(r".*?(\d+)", path.stem)
    return _slug(path.stem), int(trailing[1]) if trailing else None


def _slug(name: str) -> str:
    kept = re.sub(r"[^\w.-]+", "-", unicodedata.normalize("NFC", name))
    return kept.strip("-._") or "unit"

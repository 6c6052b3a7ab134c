"""The key of a fragment: a hash of all that decides what it is."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import mathbook
from mathbook.document.book import Unit
from mathbook.document.edition import Options
from mathbook.document.fingerprint import fingerprint
from mathbook.document.theme import Theme
from mathbook.formats import FormatRow

_ROOMS = ("html", "theme", "formula", "document")
_LIBRARIES = ("weasyprint", "pydyf", "mathra", "python-pptx", "pikepdf", "lxml", "fonttools", "uharfbuzz", "pygments")


def fragment_key(unit: Unit, theme: Theme, options: Options, row: FormatRow) -> str:
    """Return the key: the same unit, theme, options, code and libraries give the same key, on any machine."""
    return fingerprint((unit, theme.name, theme.digest, options, row.name, code_digest(row.room)))


@lru_cache(maxsize=16)
def code_digest(room: str) -> str:
    """Return a hash of the code of the format's room, of the rooms below it, and of the libraries' versions."""
    digest = blake2b(digest_size=16)
    for path in _code_files(room):
        digest.update(path.name.encode() + path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {_version(library)}".encode())
    return digest.hexdigest()


def _code_files(room: str) -> list[Path]:
    package = Path(mathbook.__file__).parent
    folders = [package / room.split(".")[-1], *(package / name for name in _ROOMS)]
    return sorted(path for folder in folders for path in folder.rglob("*") if _is_code(path))


def _is_code(path: Path) -> bool:
    return path.is_file() and path.suffix != ".pyc"


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""

"""The key of a fragment: a hash of all that decides what it is."""

from __future__ import annotations

import sys
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from mathbook import diagnostics, project
from mathbook.document.edition import Edition, Options
from mathbook.document.fingerprint import fingerprint
from mathbook.document.theme import Theme
from mathbook.formats import FormatRow

_ROOMS = ("html", "theme", "formula", "document", "archive")
_READERS = ("markdown", "pydantic", "pyyaml")
_LIBRARIES = (
    *("fonttools", "jinja2", "lxml", "mathra", "pikepdf", "pillow", "pydyf"),
    *("pygments", "python-pptx", "resvg-py", "segno", "uharfbuzz", "weasyprint"),
)


def fragment_key(content: str, theme: Theme, options: Options, row: FormatRow) -> str:
    """Return the key: the same content (a unit's fingerprint), theme, options, code and libraries give the same key."""
    return fingerprint((content, theme.name, theme.digest, options, row.name, code_digest(row.rooms)))


def link_key(edition: Edition, parts: object, theme: Theme, row: FormatRow) -> str:
    """Return the key of a linked file: of the edition, `parts` (its units' fingerprints, its fragments' keys), code.

    A file is linked, and proved: so the judge's code is part of it.
    """
    return fingerprint((edition, parts, theme.name, theme.digest, row.name, judges_code(row)))


def pages_key(edition: Edition, prints: tuple[str, ...], theme: Theme) -> str:
    """Return the key of the pages that the edition has in print; `prints` are the fingerprints of the units there."""
    of = (edition.scope, edition.audience, edition.meta, prints, theme.name, theme.digest)
    return fingerprint(("pages in print", of))


def judges_code(row: FormatRow) -> str:
    """Return a hash of the code that a proof rests on: that of the judge, and that of the format, which reads."""
    return fingerprint((code_digest(row.rooms), code_digest(("mathbook.verify",))))


@lru_cache(maxsize=1)
def reading_code() -> str:
    """Return a hash of the code that a reading rests on, and of the versions of the libraries that it alone uses."""
    libraries = [f"{library} {_version(library)}" for library in _READERS]
    modules = [Path(module.__file__ or "").read_bytes() for module in (diagnostics, project)]
    return fingerprint((code_digest(("mathbook.source", "mathbook.records")), modules, libraries, sys.version))


@lru_cache(maxsize=16)
def code_digest(rooms: tuple[str, ...]) -> str:
    """Return a hash of the code of the format's rooms, of the rooms below them, and of the libraries' versions."""
    digest = blake2b(digest_size=16)
    for folder in (*map(_folder, rooms), *(_folder(f"mathbook.{name}") for name in _ROOMS)):
        for path in _code_files(folder):
            digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {_version(library)}".encode())
    return digest.hexdigest()


def _folder(room: str) -> Path:
    """Return where the room's code is, whichever distribution it comes with."""
    spec = find_spec(room)
    assert spec and spec.submodule_search_locations, f"{room} is no package"
    return Path(spec.submodule_search_locations[0])


def _code_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""

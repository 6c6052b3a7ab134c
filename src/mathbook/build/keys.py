"""The key of a fragment: a hash of all that decides what it is."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from mathbook import diagnostics, project
from mathbook.document.edition import Edition, Label, Options
from mathbook.document.fingerprint import fingerprint
from mathbook.document.theme import Theme
from mathbook.formats import FormatRow

_ROOMS = ("html", "painting", "theme", "formula", "document", "archive")
_READERS = ("markdown", "pydantic", "pyyaml")
_RESOLVERS = ("citeproc-py",)
_LIBRARIES = (
    *("fonttools", "jinja2", "lxml", "mathra", "pikepdf", "pillow", "pydyf"),
    *("pygments", "pypdfium2", "python-pptx", "resvg-py", "segno", "uharfbuzz", "weasyprint"),
)


def fragment_keys(theme: Theme, options: Options, row: FormatRow) -> Callable[[str], str]:
    """Return what gives a fragment's key for its content (the fingerprint of what the format shows of a unit): the same
    content, theme, options, code and libraries give the same key.
    """
    around = fingerprint((theme.name, theme.digest, options, row.name, code_digest(row.rooms)))
    return lambda content: fingerprint((content, around))


def fragment_key(content: str, theme: Theme, options: Options, row: FormatRow) -> str:
    """Return the key of the fragment with this content."""
    return fragment_keys(theme, options, row)(content)


def link_ground(edition: Edition, theme: Theme, row: FormatRow) -> str:
    """Return what is part of the key of each of the edition's files in a format: a file is linked, and proved, so the
    judge's code is.
    """
    return fingerprint((edition.audience, edition.meta, theme.name, theme.digest, row.name, judges_code(row)))


def link_key(edition: Edition, parts: object, ground: str) -> str:
    """Return the key of a linked file: of the edition but for its units, of `parts` (their fingerprints, those of the
    fragments), of the ground that it shares with others.
    """
    labels = _print_of_labels(edition.labels) if edition.scope == "book" else edition.labels
    return fingerprint((edition.scope, labels, parts, ground))


def pages_key(edition: Edition, prints: tuple[str, ...], theme: Theme) -> str:
    """Return the key of the pages that the edition has in print; `prints` are the fingerprints of the units there."""
    of = (edition.scope, edition.audience, edition.meta, prints, theme.name, theme.digest)
    return fingerprint(("pages in print", of))


@lru_cache(maxsize=4)
def _print_of_labels(labels: tuple[Label, ...]) -> str:
    return fingerprint(labels)


@lru_cache(maxsize=16)
def judges_code(row: FormatRow) -> str:
    """Return a hash of the code that a proof rests on: that of the judge, and that of the format, which reads."""
    return fingerprint((code_digest(row.rooms), code_digest(("mathbook.verify",))))


@lru_cache(maxsize=1)
def reading_code() -> str:
    """Return a hash of the code that a reading rests on, and of the versions of the libraries that it alone uses."""
    return _code_of(("mathbook.source", "mathbook.records"), _READERS)


@lru_cache(maxsize=1)
def resolving_code() -> str:
    """Return a hash of the code that a resolved unit rests on, once it was read, and of the libraries' versions."""
    return _code_of(("mathbook.edition",), _RESOLVERS)


def _code_of(rooms: tuple[str, ...], libraries: tuple[str, ...]) -> str:
    modules = [Path(module.__file__ or "").read_bytes() for module in (diagnostics, project)]
    return fingerprint((code_digest(rooms), modules, _versions(libraries), sys.version))


@lru_cache(maxsize=16)
def code_digest(rooms: tuple[str, ...]) -> str:
    """Return a hash of the code of the format's rooms, of the rooms below them, and of the libraries' versions."""
    folders = [_digest_of_room(room) for room in (*rooms, *(f"mathbook.{name}" for name in _ROOMS))]
    # fragments hold what zlib has deflated
    return fingerprint((folders, _versions(_LIBRARIES), zlib.ZLIB_RUNTIME_VERSION))


@cache
def _digest_of_room(room: str) -> str:
    folder, digest = _folder(room), blake2b(digest_size=16)
    for path in _code_files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def _versions(libraries: tuple[str, ...]) -> list[str]:
    return [f"{library} {_version(library)}" for library in libraries]


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

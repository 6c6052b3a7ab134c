"""A zip file from anywhere, opened only after it was found to be harmless."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from types import TracebackType

from mathbook.archive.harm import Most, harm_in

_MOST = Most(20_000, 512 * 2**20)


class UnsafeFile(ValueError):
    """The file is no zip, or one that would do harm if it were unpacked."""


class SafeZip:
    """A zip whose names and sizes were checked before anything was unpacked."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise UnsafeFile(f"{path.name} is not a zip file: {error}") from error
        fault = harm_in(self._zip, _MOST)
        if fault:
            self._zip.close()
            raise UnsafeFile(f"{path.name} {fault}")

    def __enter__(self) -> SafeZip:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        """Return the names of all members, as they follow each other in the file's list."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """Return a member's bytes."""
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise UnsafeFile(f"{name} can't be read: {error}") from error

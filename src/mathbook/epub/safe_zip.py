"""A zip file from anywhere, opened only after it was found to be harmless."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from pathlib import Path
from types import TracebackType

from mathbook.archive.harm import Most, harm_in
from mathbook.archive.zip_reader import open_zip

_MOST = Most(20_000, 512 * 2**20)


class UnsafeFile(ValueError):
    """The file is no zip, or one that would do harm if it were unpacked."""


class SafeZip:
    """A zip whose names and sizes were checked before anything was unpacked."""

    def __init__(self, path: Path) -> None:
        def check(archive: zipfile.ZipFile) -> None:
            if fault := harm_in(archive, _MOST):
                raise UnsafeFile(f"{path.name} {fault}")

        self._opened = contextlib.ExitStack()
        try:
            self._zip = self._opened.enter_context(open_zip(path, _MOST, check))
        except zipfile.BadZipFile as error:
            raise UnsafeFile(f"{path.name} is not a zip file: {error}") from error

    def __enter__(self) -> SafeZip:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._opened.close()

    def names(self) -> list[str]:
        """Return the names of all members, as they follow each other in the file's list."""
        return list(self._zip.entries)

    def read(self, name: str) -> bytes:
        """Return a member's bytes."""
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise UnsafeFile(f"{name} can't be read: {error}") from error

    def told(self, name: str) -> bytes:
        """Return what tells a member's bytes from others: as they stand in the file, or unpacked if that is odd."""
        packed = self._zip.told(name)
        return b"read " + self.read(name) if packed is None else b"packed " + packed

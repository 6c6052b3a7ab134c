"""A zip file from anywhere, opened only after it was found to be harmless."""

from __future__ import annotations

import contextlib
import mmap
import zipfile
import zlib
from pathlib import Path
from types import TracebackType

from mathbook.archive.as_packed import PackedMembers
from mathbook.archive.harm import Most, harm_in

_MOST = Most(20_000, 512 * 2**20)


class UnsafeFile(ValueError):
    """The file is no zip, or one that would do harm if it were unpacked."""


class SafeZip:
    """A zip whose names and sizes were checked before anything was unpacked."""

    def __init__(self, path: Path) -> None:
        with contextlib.ExitStack() as opened:
            file = opened.enter_context(path.open("rb"))
            try:
                self._zip = opened.enter_context(zipfile.ZipFile(file))
            except zipfile.BadZipFile as error:
                raise UnsafeFile(f"{path.name} is not a zip file: {error}") from error
            if fault := harm_in(self._zip, _MOST):
                raise UnsafeFile(f"{path.name} {fault}")
            content = opened.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            self._packed = PackedMembers(self._zip, content)
            self._opened = opened.pop_all()

    def __enter__(self) -> SafeZip:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._opened.close()

    def names(self) -> list[str]:
        """Return the names of all members, as they follow each other in the file's list."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """Return a member's bytes."""
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise UnsafeFile(f"{name} can't be read: {error}") from error

    def told(self, name: str) -> bytes:
        """Return what tells a member's bytes from others: as they stand in the file, or unpacked if that is odd."""
        packed = self._packed.told(name)
        return b"read " + self.read(name) if packed is None else b"packed " + packed

"""A zip file from anywhere, opened only after it was found to be harmless."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath
from types import TracebackType

MOST_MEMBERS = 20_000
MOST_BYTES = 512 * 2**20
MOST_RATIO = 200
"""How much more than its packed size a member of a megabyte or more may unpack to."""


class UnsafeFile(ValueError):
    """The file is no zip, or one that would do harm if it were unpacked."""


class SafeZip:
    """A zip whose names and sizes were checked before anything was unpacked."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except zipfile.BadZipFile as error:
            raise UnsafeFile(f"{path.name} is not a zip file: {error}") from error
        fault = _fault(self._zip.infolist())
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


def _fault(members: list[zipfile.ZipInfo]) -> str:
    """Return what is wrong with the file, or nothing."""
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS:
        return f"has {len(members)} members, more than {MOST_MEMBERS}"
    if len(set(names)) < len(names):
        return "has two members of one name"
    if sum(member.file_size for member in members) > MOST_BYTES:
        return f"would unpack to more than {MOST_BYTES // 2**20} MB"
    return next((fault for member in members if (fault := _member_fault(member))), "")


def _member_fault(member: zipfile.ZipInfo) -> str:
    path = PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename or ":" in member.filename:
        return f"has a member that leads out of it: {member.filename!r}"
    if member.flag_bits & 0x1:
        return f"has an encrypted member: {member.filename!r}"
    if member.file_size > 2**20 and member.file_size > MOST_RATIO * max(1, member.compress_size):
        return f"has a member that unpacks to more than {MOST_RATIO} times its size: {member.filename!r}"
    return ""

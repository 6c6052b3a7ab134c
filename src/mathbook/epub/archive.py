"""A zip file whose bytes depend on what is in it, and on nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path
from types import TracebackType
from typing import IO

_FIRST_YEAR = 1980
"""The zip format knows no earlier one."""


class Archive:
    """Writes members one by one, in the order in which they come, all with the same date."""

    def __init__(self, into: Path | IO[bytes], date: str = "1980-01-01") -> None:
        self._zip = zipfile.ZipFile(into, "w")
        self._date = _zip_date(date)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def add(self, name: str, data: bytes | str, *, stored: bool = False) -> None:
        """Write a member, deflated unless it is to be stored as it is."""
        info = zipfile.ZipInfo(name, self._date)
        info.create_system = 3  # Unix, on whatever system this runs
        info.external_attr = 0o644 << 16
        info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        self._zip.writestr(info, data, compresslevel=None if stored else 9)


def _zip_date(date: str) -> tuple[int, int, int, int, int, int]:
    year, month, day = (int(part) for part in date.split("-"))
    return (year, month, day, 0, 0, 0) if year >= _FIRST_YEAR else (_FIRST_YEAR, 1, 1, 0, 0, 0)

"""A zip written from finished members (APPNOTE.TXT 6.3): its bytes depend on what is in it, and on nothing else."""

from __future__ import annotations

import struct
from typing import BinaryIO, TypeAlias

from mathbook.archive.member import Member

Date: TypeAlias = tuple[int, int, int]

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
_UNIX, _MODE, _IS_UTF8, _VERSION = 3 << 8, 0o100644 << 16, 0x800, 20
_MOST_MEMBERS, _MOST_BYTES = 0xFFFE, 0xFFFFFFFE


class ZipWriter:
    """Writes members one after another, all with the same date; `close` writes the directory of all."""

    def __init__(self, file: BinaryIO, date: Date) -> None:
        year, month, day = date
        self._file, self._at = file, file.tell()
        self._date = (max(year, 1980) - 1980) << 9 | month << 5 | day  # a zip knows no date before 1980
        self._directory: list[bytes] = []

    def add(self, name: str, member: Member) -> None:
        """Write one member."""
        called = name.encode()
        flags, method = 0 if name.isascii() else _IS_UTF8, 0 if member.is_stored else 8
        sizes = (member.crc, len(member.data), member.size, len(called))
        self._file.write(_LOCAL.pack(b"PK\3\4", _VERSION, flags, method, 0, self._date, *sizes, 0) + called)
        self._file.write(member.data)
        entry = (_UNIX | _VERSION, _VERSION, flags, method, 0, self._date, *sizes, 0, 0, 0, 0, _MODE, self._at)
        self._directory.append(_CENTRAL.pack(b"PK\1\2", *entry) + called)
        self._at += _LOCAL.size + len(called) + len(member.data)

    def close(self) -> None:
        """Write the directory. Raises ValueError of a file that is larger than a plain zip can be."""
        directory, count = b"".join(self._directory), len(self._directory)
        if count > _MOST_MEMBERS or self._at > _MOST_BYTES:
            raise ValueError(f"a zip can't hold {count} members in {self._at} bytes")
        self._file.write(directory + _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), self._at, 0))

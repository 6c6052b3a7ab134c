"""A zip written from finished members (APPNOTE.TXT 6.3): zipfile would deflate each of them again."""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO, TypeAlias

from mathbook.archive.copying import copy_range
from mathbook.archive.member import Member
from mathbook.archive.older_zip import Cursor, Neighbours, OlderZip
from mathbook.archive.zip_directory import CENTRAL, END, END_64, LOCAL, LOCATOR_64, LONG, SHORT, directory_of

Date: TypeAlias = tuple[int, int, int]

_UNIX, _MODE, _IS_UTF8 = 3 << 8, 0o100644 << 16, 0x800


class ZipWriter:
    """Writes members one after another at the file's place; `close` writes the directory of all."""

    def __init__(self, file: BinaryIO, date: Date, directory: bytes = b"", count: int = 0) -> None:
        """`directory` and `count` are those of the members that stand before the file's place already."""
        year, month, day = date
        self._file, self._at = file, file.tell()
        self._date = (max(year, 1980) - 1980) << 9 | month << 5 | day  # a zip knows no date before 1980
        self._directory, self._count = [directory] if directory else [], count
        self._length = len(directory)
        self._older: tuple[OlderZip, Neighbours] | None = None  # what is to be copied, but for what may follow

    def cursor(self) -> Cursor:
        """Return where the next member comes."""
        return self._at, self._length, self._count

    def copy(self, older: OlderZip, members: Neighbours) -> None:
        """Write members of the older zip, which were dated as these are; neighbours are copied in one go."""
        if self._older and self._older[0] is older and self._older[1].goes_on_with(members):
            self._older = older, self._older[1].with_next(members)
        else:
            self._settle()
            self._older = older, members
        self._at += members.end - members.start
        self._length += members.entries_end - members.entries
        self._count += members.number

    def _settle(self) -> None:
        """Copy what is to be copied."""
        if self._older:
            older, members = self._older
            length = members.end - members.start
            copy_range(older.file, members.start, length, self._file)
            self._directory.append(older.entries(members, self._at - length))
            self._older = None

    def add(self, name: str, member: Member) -> None:
        """Write one member."""
        if self._older:
            self._settle()
        data, crc, size, at = member.data, member.crc, member.size, self._at
        called, method, packed = name.encode(), 0 if member.is_stored else 8, len(data)
        flags, length = 0 if name.isascii() else _IS_UTF8, len(called)
        self._file.write(LOCAL.pack(b"PK\3\4", 20, flags, method, 0, self._date, crc, packed, size, length, 0) + called)
        self._file.write(data)
        self._at = at + LOCAL.size + length + packed
        self._count += 1
        far = struct.pack("<HHQ", 1, 8, at) if at >= LONG else b""
        needed = 45 if far else 20
        entry = (flags, method, 0, self._date, crc, packed, size, length, len(far), 0, 0, 0, _MODE, min(at, LONG))
        self._directory.append(CENTRAL.pack(b"PK\1\2", _UNIX | needed, needed, *entry) + called + far)
        self._length += CENTRAL.size + length + len(far)

    def close(self) -> None:
        """Write the directory; with more members or bytes than a plain one can count, the larger one's end, too."""
        self._settle()
        directory = b"".join(self._directory)
        self._file.write(directory)
        count, length, start = self._count, len(directory), self._at
        if count >= SHORT or length >= LONG or start >= LONG:
            size = END_64.size - 12
            self._file.write(
                END_64.pack(b"PK\6\6", size, _UNIX | 45, 45, 0, 0, count, count, length, start)
                + LOCATOR_64.pack(b"PK\6\7", 0, start + length, 1)
            )
        count, length, start = min(count, SHORT), min(length, LONG), min(start, LONG)
        self._file.write(END.pack(b"PK\5\6", 0, 0, count, count, length, start, 0))


def cut_off(file: BinaryIO, name: str) -> tuple[ZipWriter, list[tuple[str, bytes]]]:
    """Return what writes on where the member of this name stands, and the members from there on, which are gone then.

    The file is one that a ZipWriter wrote: its directory is in the order of its members, and nothing stands behind it.
    """
    directory, count = directory_of(file)
    at = first = directory.rindex(name.encode()) - CENTRAL.size
    taken, starts = [], []
    while at < len(directory):
        entry = CENTRAL.unpack_from(directory, at)
        method, day, packed, length, extra, offset = entry[4], entry[6], entry[8], entry[10], entry[11], entry[16]
        called = directory[at + CENTRAL.size : at + CENTRAL.size + length]
        if offset == LONG:
            (offset,) = struct.unpack_from("<Q", directory, at + CENTRAL.size + length + 4)
        file.seek(offset + LOCAL.size + length)
        data = file.read(packed)
        taken.append((called.decode(), zlib.decompress(data, -zlib.MAX_WBITS) if method else data))
        starts.append(offset)
        at += CENTRAL.size + length + extra
    file.seek(starts[0])
    file.truncate()
    date = ((day >> 9) + 1980, day >> 5 & 15, day & 31)
    return ZipWriter(file, date, directory[:first], count - len(taken)), taken

"""A zip read from its bytes, the counterpart of ZipWriter: for a directory of many members zipfile takes longer than
what is done with most of them.

What is unusual in a file is left to zipfile, and so is whatever may do harm, so that it is told as always.
"""

from __future__ import annotations

import mmap
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

from mathbook.archive.harm import MOST_RATIO, Most
from mathbook.archive.zip_directory import END, END_64, LOCATOR_64, LONG, SHORT

_TOLD = struct.Struct("<LQH")
_ENTRY, _LOCAL = struct.Struct("<4s2x3H4x3L3H8xL"), struct.Struct("<4s22xHH")
_FAR = struct.Struct("<HHQ")
_MOST_VERSION = 63
_IS_UTF8 = 0x800
_DEFLATED_AT = 0x6
"""The bits that tell how hard the program tried that packed a member."""
_HARMLESS = 0x80E
"""Flags that change nothing of how a member is read: how hard it was packed, its size told behind it, UTF-8."""
_LARGE = 2**20
_ARE_PLAIN = re.compile(rb"[\w\[\]./\n-]*").fullmatch
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Entry(NamedTuple):
    """What the directory says of a member; its header stands at the `offset`."""

    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int

    @property
    def is_plain(self) -> bool:
        """Whether it is packed in a way that every program knows."""
        return self.method in _METHODS and not self.flags & ~(_IS_UTF8 | _DEFLATED_AT)


@dataclass(slots=True)
class ZipReader:
    """Reads the members of one file, whose bytes are its `content`; `entries` are known by the members' names, in the
    order of the directory. There is nothing unusual in the directory of a zip that `is_plain`.
    """

    path: Path
    content: mmap.mmap
    entries: dict[str, Entry]
    is_plain: bool = False
    _archive: zipfile.ZipFile | None = None

    def packed(self, name: str, entry: Entry) -> bytes | None:
        """Return the member's bytes as they stand in the file; None if it isn't where the directory says."""
        content, start = self.content, entry.offset + _LOCAL.size
        if not _LOCAL.size <= start <= len(content):
            return None
        sign, named, extra = _LOCAL.unpack_from(content, entry.offset)
        begin = start + named
        if sign != b"PK\3\4" or content[start:begin] != name.encode():
            return None
        begin += extra
        data = content[begin : begin + entry.packed]
        return data if len(data) == entry.packed else None

    def told(self, name: str) -> bytes | None:
        """Return what decides what reading the member gives: its checksum, size, method and bytes as they stand in the
        file. None if there is no such member or anything odd about it: then only reading tells.
        """
        entry = self.entries.get(name)
        if entry is None or entry.flags & ~_HARMLESS or entry.method not in _METHODS:
            return None
        data = self.packed(name, entry)
        return None if data is None else _TOLD.pack(entry.crc, entry.size, entry.method) + data

    def unpacked(self, name: str, entry: Entry) -> bytes | None:
        """Return what the member holds; None if anything about it is odd."""
        data = self.packed(name, entry) if entry.is_plain else None
        if data is not None and entry.method == zipfile.ZIP_DEFLATED:
            data = _inflated(data, entry.size)
        return data if data is not None and len(data) == entry.size and zlib.crc32(data) == entry.crc else None

    def read(self, name: str) -> bytes:
        """Return what the member holds. Raises KeyError, and what zipfile raises for one that can't be read."""
        data = self.unpacked(name, self.entries[name])
        if data is not None:
            return data
        if self._archive is None:
            self._archive = zipfile.ZipFile(self.path)
        return self._archive.read(name)

    def close(self) -> None:
        """Close what was opened to read odd members."""
        if self._archive is not None:
            self._archive.close()


def _inflated(data: bytes, most: int) -> bytes | None:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, max(most, 1))
    except zlib.error:
        return None


@contextmanager
def open_zip(path: Path, most: Most, check: Callable[[zipfile.ZipFile], None]) -> Iterator[ZipReader]:
    """Give the reader of a zip. One that isn't plain, or has more than `most`, is put to the `check`, which raises what
    it will, and opened if that finds no fault. Raises BadZipFile.
    """
    with path.open("rb") as file:
        plain = plain_entries(file, most)
        entries = _checked_entries(path, check) if plain is None else plain
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            reader = ZipReader(path, content, entries, plain is not None)
            try:
                yield reader
            finally:
                reader.close()


def _checked_entries(path: Path, check: Callable[[zipfile.ZipFile], None]) -> dict[str, Entry]:
    with zipfile.ZipFile(path) as archive:
        check(archive)
        return {
            one.filename: Entry(
                one.flag_bits, one.compress_type, one.CRC, one.compress_size, one.file_size, one.header_offset
            )
            for one in archive.infolist()
        }


def plain_entries(file: BinaryIO, most: Most) -> dict[str, Entry] | None:
    """Return the entries of a zip with nothing unusual in its directory, by name and in order; None for all others, and
    for those that may do harm.
    """
    try:
        directory, count = _directory(file)
        names, entries = _entries(directory)
        found = dict(zip(_plain_names(names), entries, strict=True))
    except (ValueError, struct.error):
        return None
    is_harmless = len(found) <= most.members and sum(one.size for one in entries) <= most.size
    return found if len(found) == len(entries) == count and is_harmless else None


def _plain_names(names: list[bytes]) -> list[str]:
    """Return names that lead into no folder but the zip's own. Raises ValueError; one with a line's end is two here."""
    told = b"\n".join(names)
    if not _ARE_PLAIN(told) or b".." in told or b"\n/" in told or told.startswith(b"/"):
        raise ValueError("an unusual name")
    return told.decode("ascii").split("\n")


def _entries(directory: bytes) -> tuple[list[bytes], list[Entry]]:
    """Return the names and the entries of a directory's members. Raises ValueError if one is unusual."""
    names, entries, at = [], [], 0
    while at < len(directory):
        sign, version, flags, method, crc, packed, size, named, extra, comment, offset = _ENTRY.unpack_from(
            directory, at
        )
        start = at + _ENTRY.size
        at = start + named + extra
        if extra:
            kind, length, offset = _FAR.unpack_from(directory, start + named) if offset == LONG else (0, 0, 0)
            if (kind, length, extra) != (1, 8, _FAR.size):
                raise ValueError("more is said of a member")
        is_usual = (
            sign == b"PK\1\2" and version <= _MOST_VERSION and not comment and not flags & ~(_IS_UTF8 | _DEFLATED_AT)
        )
        if not is_usual or LONG in (packed, size) or (size > _LARGE and size > MOST_RATIO * max(1, packed)):
            raise ValueError("an unusual member")
        names.append(directory[start : start + named])
        entries.append(Entry(flags, method, crc, packed, size, offset))
    return names, entries


def _directory(file: BinaryIO) -> tuple[bytes, int]:
    """Return the directory, and how many members are said to be in it. Raises ValueError if it doesn't stand right
    before its end, and that at the end of the file.
    """
    end = file.seek(0, 2) - END.size
    behind = END_64.size + LOCATOR_64.size
    first = max(end - behind, 0)
    file.seek(first)
    tail = file.read()
    sign, _, _, _, count, length, start, comment = END.unpack(tail[-END.size :])
    is_far = tail[-END.size - LOCATOR_64.size :].startswith(b"PK\6\7")
    if is_far:
        sign_64, *_, count, length, start = END_64.unpack_from(tail)
        _, _, place, disks = LOCATOR_64.unpack_from(tail, END_64.size)
        end -= behind
        if sign_64 != b"PK\6\6" or place != end or disks != 1:
            raise ValueError("an unusual end")
    if sign != b"PK\5\6" or comment or start + length != end or (not is_far and (count == SHORT or start == LONG)):
        raise ValueError("an unusual end")
    file.seek(start)
    return file.read(length), count

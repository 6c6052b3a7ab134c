"""Members of a zip from anywhere, told apart by their bytes as they stand in the file: nothing is unpacked for it."""

from __future__ import annotations

import mmap
import struct
import zipfile
from dataclasses import dataclass

from mathbook.archive.zip_directory import LOCAL

_TOLD = struct.Struct("<LQH")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_HARMLESS = 0x80E
"""Flags that change nothing of how a member is read: how hard it was packed, its size told behind it, UTF-8."""


@dataclass(frozen=True, slots=True)
class PackedMembers:
    """The members of an open zip. `content` is the file's."""

    archive: zipfile.ZipFile
    content: mmap.mmap

    def told(self, name: str) -> bytes | None:
        """Return what decides what reading the member gives: its checksum, size, method and bytes.

        None if there is no such member or anything odd about it: then only reading tells.
        """
        info = self.archive.NameToInfo.get(name)
        if info is None or info.flag_bits & ~_HARMLESS or info.compress_type not in _METHODS or not name.isascii():
            return None
        start = info.header_offset + LOCAL.size
        if start > len(self.content):
            return None
        sign, *_, named, extra = LOCAL.unpack_from(self.content, info.header_offset)
        if sign != b"PK\3\4" or self.content[start : start + named] != name.encode():
            return None
        start += named + extra
        data = self.content[start : start + info.compress_size]
        if len(data) != info.compress_size:
            return None
        return _TOLD.pack(info.CRC, info.file_size, info.compress_type) + data

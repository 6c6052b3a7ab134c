"""A hash of all in a deck that decides what is read on a slide, taken of the file's bytes: nothing is unpacked for it but
the slide's relationships.
"""

from __future__ import annotations

import mmap
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from mathbook.deck.safe_archive import relations, relations_name
from mathbook.deck.slide_passages import NOTES

_LOCAL = struct.Struct("<4s22xHH")
_IS_ENCRYPTED = 1
_START = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_STOP = b"</Relationships>"
_ONE = re.compile(r'<Relationship Id="([^"&<>\s]*)" Type="[^"&<>\s]*" Target="([^"&<>\s]*)"( TargetMode="External")?/>')
_IS_PLAIN = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*", re.ASCII).fullmatch
"""Whether a target goes down from folder to folder: it needs no more care."""


@dataclass(frozen=True, slots=True)
class SlideKeys:
    """Tells slides of one file from others. `content` is the file's; `ours` says whether what is beneath is read."""

    archive: zipfile.ZipFile
    content: mmap.mmap
    ours: bool
    _pictures: dict[str, bytes] = field(default_factory=dict)

    def of(self, part: str) -> str:
        """Return the slide's key, or nothing if there is something odd about its members."""
        slide, related = self._packed(part), self._related(part)
        if slide is None or related is None:
            return ""
        told = [b"ours" if self.ours else b"", slide]
        for name, target in related.items():
            said = self._behind(target)
            if said is None:
                return ""
            told += [name.encode(), said]
        return blake2b(b"".join(b"%d:%b" % (len(one), one) for one in told), digest_size=16).hexdigest()

    def _behind(self, target: str) -> bytes | None:
        """Return what tells the target from others, None if that can't be told: notes by what they say, pictures by name
        and by what they are, all else by name.
        """
        if NOTES in target:
            return self._packed(target)
        if target in self.archive.NameToInfo and not target.endswith(".xml"):
            if target not in self._pictures:
                self._pictures[target] = blake2b(self._packed(target) or b"", digest_size=16).digest()
            return target.encode() + self._pictures[target]
        return target.encode()

    def _packed(self, name: str) -> bytes | None:
        """Return the member's checksum, size and bytes as they stand in the file; None if anything there is odd."""
        info = self.archive.NameToInfo.get(name)
        if info is None or info.flag_bits & _IS_ENCRYPTED or info.compress_type not in (0, 8):
            return None
        data = self._bytes(info, name.encode())
        if data is None or len(data) != info.compress_size:
            return None
        return struct.pack("<LQH", info.CRC, info.file_size, info.compress_type) + data

    def _bytes(self, info: zipfile.ZipInfo, name: bytes) -> bytes | None:
        """Return the member's bytes; None if no member of this name stands where the directory says."""
        start = info.header_offset + _LOCAL.size
        if start > len(self.content):
            return None
        sign, named, extra = _LOCAL.unpack_from(self.content, info.header_offset)
        if sign != b"PK\3\4" or self.content[start : start + named] != name:
            return None
        start += named + extra
        return self.content[start : start + info.compress_size]

    def _related(self, part: str) -> dict[str, str] | None:
        """Return the targets of the slide's relationships, as `relations` does; None if they can't be read."""
        name = relations_name(part)
        info = self.archive.NameToInfo.get(name)
        if info is None:
            return {}
        data = self._bytes(info, name.encode())
        if data is not None and info.compress_type == zipfile.ZIP_DEFLATED:
            data = _inflated(data, info.file_size)
        if data is None or zlib.crc32(data) != info.CRC or len(data) != info.file_size:
            return None
        quick = quick_relations(data, part.rpartition("/")[0])
        return relations(self.archive, part) if quick is None else quick


def _inflated(data: bytes, most: int) -> bytes | None:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, max(most, 1))
    except zlib.error:
        return None


def quick_relations(data: bytes, folder: str) -> dict[str, str] | None:
    """Return the targets of relationships that are written as we write them; None if they are not."""
    if not (data.isascii() and data.startswith(_START) and data.endswith(_STOP)):
        return None
    inside = data[len(_START) : -len(_STOP)].decode("ascii")
    return None if _ONE.sub("", inside) else dict(_targets(inside, folder))


def _targets(inside: str, folder: str) -> Iterator[tuple[str, str]]:
    above = folder.rpartition("/")[0]
    for name, target, external in _ONE.findall(inside):
        if external:
            yield name, target
        elif target[:3] == "../" and above and _IS_PLAIN(target, 3):
            yield name, f"{above}/{target[3:]}"
        elif _IS_PLAIN(target):
            yield name, f"{folder}/{target}"
        else:
            yield name, posixpath.normpath(posixpath.join(folder, target))

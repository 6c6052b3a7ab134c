"""What would do harm if a zip were unpacked: it may come from anybody."""

from __future__ import annotations

import zipfile

from mathbook.frozen import frozen

MOST_RATIO = 200
"""How much more than its packed size a member of a megabyte or more may unpack to."""
_IS_ENCRYPTED = 1


@frozen
class Most:
    """How many members a zip of some kind may have, and how many bytes they may unpack to."""

    members: int
    size: int


def harm_in(archive: zipfile.ZipFile, most: Most) -> str:
    """Return what is wrong with the zip, as what it has or does: "has two members of one name"; nothing if it is
    harmless. Nothing is unpacked for it.
    """
    members = archive.infolist()
    if len(members) > most.members:
        return f"has {len(members)} members, more than {most.members}"
    if len({member.filename for member in members}) < len(members):
        return "has two members of one name"
    if sum(member.file_size for member in members) > most.size:
        return f"would unpack to more than {most.size // 2**20} MB"
    return next((harm for member in members if (harm := _harm_of(member))), "")


def _harm_of(member: zipfile.ZipInfo) -> str:
    name = member.filename
    if name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name:
        return f"has a member that leads out of it: {name[:60]!r}"
    if member.flag_bits & _IS_ENCRYPTED:
        return f"has an encrypted member: {name[:60]!r}"
    if member.file_size > 2**20 and member.file_size > MOST_RATIO * max(1, member.compress_size):
        return f"has a member that unpacks to more than {MOST_RATIO} times its size: {name[:60]!r}"
    return ""

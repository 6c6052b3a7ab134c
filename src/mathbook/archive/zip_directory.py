"""Where a zip keeps what it knows of its members (APPNOTE.TXT 6.3, 4.3): read without looking at each of them."""

from __future__ import annotations

import struct
from typing import BinaryIO

LOCAL, CENTRAL, END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")
"""What stands before a member, a member's entry in the directory, and the directory's end."""
END_64, LOCATOR_64 = struct.Struct("<4sQ2H2L4Q"), struct.Struct("<4sLQL")
"""The end of a directory that a plain one can't tell, and where it is."""
SHORT, LONG = 0xFFFF, 0xFFFFFFFF
"""What stands in a plain end, or an entry, for a number that is too large for it."""


def directory_of(file: BinaryIO) -> tuple[bytes, int]:
    """Return the directory of a zip with nothing behind it, and how many members are in it. Raises ValueError."""
    try:
        end = file.seek(-END.size, 2)
        sign, _, _, _, count, length, start, comment = END.unpack(file.read())
        if count == SHORT or start == LONG:
            file.seek(end - LOCATOR_64.size - END_64.size)
            (*_, count, length, start) = END_64.unpack(file.read(END_64.size))
    except (OSError, struct.error) as error:
        raise ValueError("no end of a zip") from error
    if sign != b"PK\5\6" or comment or start + length > end:
        raise ValueError("no end of a zip")
    file.seek(start)
    return file.read(length), count

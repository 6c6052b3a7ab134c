"""Members that the linker makes are remembered from build to build, packed, under the hash of all they are made of."""

from __future__ import annotations

import struct
from collections.abc import Callable
from hashlib import blake2b

from mathbook.archive.member import Member
from mathbook.document.memo import Memo

_HEAD = struct.Struct("<LL?")


def remembered(memo: Memo, kind: str, made_of: bytes, make: Callable[[], Member]) -> Member:
    """Return what the memo has of this kind, or what is made now. `make` must use nothing that isn't in `made_of`."""
    key = f"{kind}-{blake2b(made_of, digest_size=16).hexdigest()}"
    kept = memo.recall(key)
    if kept is not None:
        crc, size, is_stored = _HEAD.unpack_from(kept)
        return Member(kept[_HEAD.size :], crc, size, is_stored)
    member = make()
    memo.keep(key, _HEAD.pack(member.crc, member.size, member.is_stored) + member.data)
    return member

"""What becomes of bytes when they are deflated, remembered: a linker deflates mostly what it has deflated before."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from hashlib import blake2b

from mathbook.document.memo import FORGETFUL, Memo
from mathbook.frozen import frozen

LEVEL = 6


@frozen
class Deflated:
    """Deflates bytes that the memo doesn't know."""

    memo: Memo = FORGETFUL

    def of(self, data: bytes) -> bytes:
        """Return the data deflated."""
        if self.memo is FORGETFUL:
            return zlib.compress(data, LEVEL)
        return self._kept(f"deflated-{_hash(data)}", lambda: zlib.compress(data, LEVEL))

    def made(self, key: bytes, make: Callable[[], tuple[int, bytes]]) -> tuple[int, bytes]:
        """Return the number and the data, deflated, that are made of what the key stands for: of anything with this key
        `make` gives the same.
        """

        def written() -> bytes:
            number, data = make()
            return b"%d\n%b" % (number, zlib.compress(data, LEVEL))

        number, _, data = self._kept(f"made-{_hash(key)}", written).partition(b"\n")
        return int(number), data

    def _kept(self, key: str, make: Callable[[], bytes]) -> bytes:
        kept = self.memo.recall(key)
        if kept is None:
            kept = make()
            self.memo.keep(key, kept)
        return kept


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()

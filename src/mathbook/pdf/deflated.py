"""What becomes of bytes when they are deflated, remembered: a linker deflates mostly what it has deflated before."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from hashlib import blake2b

from mathbook.document.memo import FORGETFUL, Memo

LEVEL = 6


@dataclass(frozen=True, slots=True)
class Deflated:
    """Deflates bytes that the memo doesn't know."""

    memo: Memo = FORGETFUL

    def deflated(self, data: bytes) -> bytes:
        """Return the data deflated."""
        if self.memo is FORGETFUL:
            return zlib.compress(data, LEVEL)
        key = f"deflated-{blake2b(data, digest_size=16).hexdigest()}"
        kept = self.memo.recall(key)
        if kept is None:
            kept = zlib.compress(data, LEVEL)
            self.memo.keep(key, kept)
        return kept

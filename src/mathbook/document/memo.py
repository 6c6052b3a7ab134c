"""What may be remembered: results of pure functions, under the hash of all that they were given."""

from __future__ import annotations

from typing import Protocol


class Memo(Protocol):
    """Keeps bytes by key; it may forget any of them at any time."""

    def recall(self, key: str) -> bytes | None:
        """Return what was kept, or None."""
        ...

    def keep(self, key: str, data: bytes) -> None:
        """Keep the bytes."""
        ...


class Forgetful:
    """Remembers nothing: everything is done anew."""

    def recall(self, key: str) -> bytes | None:
        """Return None."""
        return None

    def keep(self, key: str, data: bytes) -> None:
        """Do nothing."""


FORGETFUL = Forgetful()

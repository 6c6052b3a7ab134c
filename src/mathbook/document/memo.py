"""What may be remembered: results of pure functions, under the hash of all that they were given."""

from __future__ import annotations

from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Gathering:
    """Gathers what one process finds out, for another one to keep."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def recall(self, key: str) -> bytes | None:
        """Return what was kept here."""
        return self.kept.get(key)

    def keep(self, key: str, data: bytes) -> None:
        """Keep the bytes."""
        self.kept[key] = data

    def pour_into(self, memo: Memo) -> None:
        """Have the memo keep all of it."""
        for key, data in self.kept.items():
            memo.keep(key, data)

"""A memory for tests: it holds what is kept in it, from one reading or linking to the next."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Kept:
    """A Memo that forgets nothing."""

    entries: dict[str, bytes] = field(default_factory=dict)

    def recall(self, key: str) -> bytes | None:
        """Return what was kept."""
        return self.entries.get(key)

    def keep(self, key: str, data: bytes) -> None:
        """Keep the bytes."""
        self.entries[key] = data

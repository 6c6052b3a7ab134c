"""The fingerprints of units, each made once in a build: keys, files and proofs all ask for them."""

from __future__ import annotations

from collections.abc import Iterable

from mathbook.document.book import Unit
from mathbook.document.fingerprint import fingerprint


class Prints:
    """Fingerprints by unit. A unit is known by its identity, which is quicker to look up than all that it says."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Unit, str]] = {}

    def of(self, unit: Unit) -> str:
        """Return the unit's fingerprint."""
        if id(unit) not in self._known:
            self._known[id(unit)] = (unit, fingerprint(unit))
        return self._known[id(unit)][1]

    def of_all(self, units: Iterable[Unit]) -> tuple[str, ...]:
        """Return the units' fingerprints."""
        return tuple(map(self.of, units))

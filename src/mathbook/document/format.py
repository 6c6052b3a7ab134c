"""The doors of every format: two to make a file, two to look into it, and the seal between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from mathbook.document.book import Unit
from mathbook.document.edition import Edition, Options
from mathbook.document.fragment import Fragment
from mathbook.document.pagination import Pagination
from mathbook.document.passage import Passage
from mathbook.document.theme import Theme


class Format(Protocol):
    """A format compiles units, links fragments, and reads finished files back."""

    name: str

    def compile(self, unit: Unit, theme: Theme, options: Options) -> Fragment:
        """Return the fragment of one resolved unit. Pure."""
        ...

    def link(self, edition: Edition, fragments: Iterable[Fragment], theme: Theme, into: Path) -> Pagination | None:
        """Write the finished file; return its pages if it has any that other formats can name."""
        ...

    def seal(self, path: Path, ledger: bytes) -> None:
        """Put the ledger into the finished file."""
        ...

    def unseal(self, path: Path) -> bytes | None:
        """Return the ledger that the file carries, or None. Raises ValueError for a file that can't be opened."""
        ...

    def read_back(self, path: Path) -> Iterator[Passage]:
        """Yield what a reader finds in a finished file, in reading order."""
        ...

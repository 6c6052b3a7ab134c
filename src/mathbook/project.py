"""Where things are in a project, and the one way from a written path to a file inside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mathbook.diagnostics import NOWHERE, Code, Diagnostic, Severity, Stop


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that holds manuscript/book.yaml."""

    root: Path

    @property
    def manuscript(self) -> Path:
        """The folder of the manuscript."""
        return self.root / "manuscript"

    @property
    def book_file(self) -> Path:
        """The book's own record."""
        return self.manuscript / "book.yaml"

    @property
    def seeds(self) -> Path:
        """The folder of the source records."""
        return self.root / "seeds"

    @property
    def themes(self) -> Path:
        """The folder of the project's own themes."""
        return self.root / "themes"

    @property
    def dist(self) -> Path:
        """Where finished files are published."""
        return self.root / "dist"

    @property
    def cache(self) -> Path:
        """The content-addressed cache."""
        return self.root / ".mathbook" / "cache"

    def name_of(self, path: Path) -> str:
        """Return the path as shown to people: from the root, with forward slashes."""
        return path.relative_to(self.root).as_posix()


def find_project(start: Path) -> Project:
    """Return the project that `start` lies in. Raises Stop if there is none here or above."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "manuscript" / "book.yaml").is_file():
            return Project(folder)
    raise Stop(
        [
            Diagnostic(
                Code.PROJECT_NONE,
                Severity.ERROR,
                NOWHERE,
                f"there is no manuscript/book.yaml in {start} or above it",
                "make a book with: mathbook new DIR",
            )
        ]
    )

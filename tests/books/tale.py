"""A language for stories about books: make one, change it, build it, look at what happened and what was published."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from mathbook.authoring.new import create
from mathbook.build.events import Compiled, Event, Healed, Linked, Planned, Published, Reused
from mathbook.build.make import Request, make
from mathbook.project import Project

FORMATS = ("pdf", "epub", "deck")
AUDIENCES = ("student", "instructor")


@dataclass
class Told:
    """How a command ended, and what it said."""

    code: int
    lines: list[str]


@dataclass
class Story:
    """A book in a folder of its own."""

    root: Path
    events: list[Event] = field(default_factory=list)

    @classmethod
    def of_a_new_book(cls, folder: Path) -> Story:
        create(folder / "book", "A Story")
        return cls(folder / "book")

    def write(self, name: str, text: str | bytes) -> Story:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def change(self, name: str, old: str, new: str) -> Story:
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        return self.write(name, text.replace(old, new))

    def remove(self, name: str) -> Story:
        (self.root / name).unlink()
        return self

    def build(self, *formats: str, workers: int = 1, files: tuple[str, ...] = ()) -> Story:
        whole = formats or (() if files else FORMATS)
        self.events = list(make(Project(self.root), Request(formats=whole, workers=workers, files=files)))
        return self

    def read(self, name: str) -> str:
        return (self.root / name).read_text("utf-8")

    def line_of(self, name: str, text: str) -> int:
        """Return the number of the first line that holds the text."""
        lines = (self.root / name).read_bytes().split(b"\n")
        return next(number for number, line in enumerate(lines, 1) if text.encode() in line)

    def run(self, *words: str) -> Told:
        command = [sys.executable, "-m", "mathbook", "-C", str(self.root), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self.root)
        return Told(done.returncode, (done.stdout + done.stderr).splitlines())

    @property
    def compiled(self) -> set[tuple[str, str, str]]:
        return {(e.unit, e.format, e.audience) for e in self.events if isinstance(e, Compiled)}

    @property
    def reused(self) -> set[tuple[str, str, str]]:
        return {(e.unit, e.format, e.audience) for e in self.events if isinstance(e, Reused)}

    @property
    def healed(self) -> int:
        return sum(isinstance(e, Healed) for e in self.events)

    @property
    def linked(self) -> set[str]:
        return {e.file for e in self.events if isinstance(e, Linked)}

    @property
    def changed(self) -> set[str]:
        return {e.file for e in self.events if isinstance(e, Published) and e.changed}

    @property
    def planned(self) -> tuple[int, int]:
        """So many fragments, and so many of them to compile."""
        (planned,) = (e for e in self.events if isinstance(e, Planned))
        return planned.fragments, planned.to_compile

    @property
    def cached(self) -> list[Path]:
        """The entries of the cache."""
        return sorted(path for path in Project(self.root).cache.rglob("*") if path.is_file())

    @property
    def published(self) -> dict[str, bytes]:
        dist = self.root / "dist"
        return {p.relative_to(dist).as_posix(): p.read_bytes() for p in dist.rglob("*") if p.is_file()}

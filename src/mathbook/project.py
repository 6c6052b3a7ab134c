"""Where things are in a project, and the one way from a written path to a file inside it."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import TypeAlias

from mathbook.diagnostics import NOWHERE, Code, Diagnostic, Severity, Stop
from mathbook.frozen import frozen


@frozen
class Project:
    """A folder that holds manuscript/book.yaml.

    `texts` are read in place of the files of these names: the manuscript as it would be with a patch.
    """

    root: Path
    texts: Mapping[str, str] = field(default_factory=dict, compare=False)

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
    def editions(self) -> Path:
        """The folder of the editions that were kept."""
        return self.root / "editions"

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
        root, whole = f"{self.root}{os.sep}", str(path)
        if whole.startswith(root):  # most do, and pathlib takes its time
            return whole.removeprefix(root).replace(os.sep, "/")
        return path.relative_to(self.root.resolve()).as_posix()


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


@frozen
class Folders:
    """Folders with the places where they really are, each followed once: for as long as nothing is thought to move."""

    _real: dict[str, str] = field(default_factory=dict)

    def real(self, path: Path) -> Path:
        """Return the path with all links followed, as Path.resolve does; raises what it raises."""
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir):
            return path.resolve()
        if folder not in self._real:
            self._real[folder] = str(Path(folder).resolve())
        whole = Path(self._real[folder], name)
        return path.resolve() if whole.is_symlink() else whole


def locate(project: Project, written: str, base: Path, folders: Folders | None = None) -> tuple[Path | None, str]:
    """Return the file that a written path names, from `base`, and nothing; or None and why it isn't followed.

    The path is decoded once. Absolute paths, drives, URLs, backslashes, and whatever leads out of the project (by `..`
    or by a symbolic link) are refused; a file that isn't there is no refusal.
    """
    decoded = urllib.parse.unquote(written)
    if (
        "\\" in decoded
        or "\0" in decoded
        or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", decoded)
        or decoded[:1] in ("/", "~")
    ):
        return None, f"{written!r} is not a path inside the project"
    return followed(base / decoded, project.root, written, folders)


def followed(path: Path, root: Path, written: str = "", folders: Folders | None = None) -> tuple[Path | None, str]:
    """Return the real path of a file that may be read, and nothing; or None and why not. It must stay in the root, and
    be no device or folder; it needn't be there. The path is told as it was `written`, if it was.
    """
    name = repr(written[:60] or path.name[:60])
    folders = folders or Folders()
    try:
        real = folders.real(path)
        if not (_is_in(real, root) or _is_in(real, root.resolve())):
            return None, f"{name} leads out of the project"
        if not _is_file_or_nothing(real):
            return None, f"{name} is not a file"
    except (OSError, RuntimeError, ValueError) as error:  # a name too long, no permission, a loop of links
        return None, f"{name} can't be followed ({getattr(error, 'strerror', None) or 'a loop of links'})"
    return real, ""


def _is_in(path: Path, folder: Path) -> bool:
    return str(path).startswith(f"{folder}{os.sep}") or path.is_relative_to(folder)


def _is_file_or_nothing(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True


Mark: TypeAlias = tuple[int, ...]
"""What a file system says of a file that changes when the file does: its size, when its content and when its record was
changed, and its number.
"""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a change of a file shows in its times: a file system's clock may stand still for as long."""


def mark_of(path: Path) -> Mark:
    """Return the mark of a regular file; nothing if there is none that can be looked at."""
    try:
        told = path.stat()
    except OSError:
        return ()
    if not stat.S_ISREG(told.st_mode):
        return ()
    return told.st_size, told.st_mtime_ns, told.st_ctime_ns, told.st_ino


def is_settled(mark: Mark) -> bool:
    """Return whether a file of this mark can't change any more without getting another one."""
    return bool(mark) and mark[2] + _SETTLED < time.time_ns()


def read_bytes(path: Path, largest: int) -> bytes:
    """Return the bytes of a regular file, one more than `largest` at most; the path is a real one. Raises OSError.

    What was opened is looked at once more, so that a pipe or a link that was put in the file's place is never read.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "not a file")
        return file.read(largest + 1)

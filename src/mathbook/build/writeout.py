"""A large file on its way to the disk: a thread hashes it and has the disk take it, while others read it back."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash

LARGE = 8 << 20
"""Bytes of a file that is worth a thread, and of what it hashes in one go: for each it has to get Python's lock."""


class Writeout:
    """The way of one file, which is done before it is written on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._sums: list[tuple[int, _Hash]] = [(0, sha256())]  # of so many bytes from the file's begin
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Have a thread begin, if the file is large. No process can be doubled while it lasts."""
        if self._path.stat().st_size >= LARGE:
            self._thread = Thread(target=self._go, daemon=True)
            self._thread.start()

    def _go(self) -> None:
        try:
            with self._path.open("rb", buffering=0) as file:
                block = bytearray(LARGE)  # one for all: memory that was never touched takes longer than to hash it
                while file.readinto(block) == LARGE:
                    at, before = self._sums[-1]
                    told = before.copy()
                    told.update(block)
                    self._sums.append((at + LARGE, told))
                os.fsync(file.fileno())
        except OSError:
            pass  # it is met again by whoever reads or publishes the file

    def wait(self) -> None:
        """Return when the thread has ended: then the file may be changed."""
        if self._thread:
            self._thread.join()

    def digest(self, kept: int) -> str:
        """Return the file's SHA-256 in hexadecimal, if its first `kept` bytes are what they were. Raises OSError."""
        at, before = max((one for one in self._sums if one[0] <= kept), key=lambda one: one[0])
        told = before.copy()
        with self._path.open("rb") as file:
            file.seek(at)
            while block := file.read(1 << 20):
                told.update(block)
        return told.hexdigest()

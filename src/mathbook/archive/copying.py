"""Bytes copied from file to file: by the system itself, if it can."""

from __future__ import annotations

import contextlib
import os
from typing import BinaryIO

_BLOCK = 1 << 20


def copy_range(source: BinaryIO, start: int, length: int, into: BinaryIO) -> None:
    """Copy so many bytes of the source to where `into` is, and go on behind them. Raises OSError, also if the source
    has no such bytes.
    """
    done = _copied_by_system(source, start, length, into)
    source.seek(start + done)
    while done < length:
        block = source.read(min(_BLOCK, length - done))
        if not block:
            raise OSError(f"{getattr(source, 'name', 'a file')} ends before the bytes that were to be copied")
        into.write(block)
        done += len(block)


def _copied_by_system(source: BinaryIO, start: int, length: int, into: BinaryIO) -> int:
    """Return how many of the bytes the system copied: not every one can, nor between any two files."""
    into.flush()
    at, done = into.tell(), 0
    if hasattr(os, "copy_file_range"):
        # whatever goes wrong, those who read and write meet it too, or get on
        with contextlib.suppress(OSError):
            files = source.fileno(), into.fileno()
            while done < length and (more := os.copy_file_range(*files, length - done, start + done, at + done)):
                done += more
    into.seek(at + done)
    return done

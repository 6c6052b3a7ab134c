"""A picture's bytes that are still in their file: most are needed by nobody when a book is built again."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from mathbook.diagnostics import Code, Diagnostic, Severity, Span, Stop
from mathbook.frozen import frozen
from mathbook.project import read_bytes


@frozen
class PictureFile:
    """A file that has so many bytes of this hash, or had when it was looked at. It is pickled as its bytes."""

    path: Path
    source: str
    size: int
    digest: str

    def read(self) -> bytes:
        """Return the bytes. Raises Stop if they are others now."""
        try:
            data = read_bytes(self.path, self.size)
        except OSError:
            data = b""
        if hash_of(data) != self.digest:
            message = f"{self.source} was changed while the book was built"
            raise Stop([Diagnostic(Code.FILE_CHANGED, Severity.ERROR, Span(self.source), message, "build it again")])
        return data

    def __reduce__(self) -> tuple[Callable[[bytes], bytes], tuple[bytes]]:
        return bytes, (self.read(),)


def hash_of(data: bytes) -> str:
    """Return the hash by which a picture of these bytes is known."""
    return blake2b(data, digest_size=16).hexdigest()

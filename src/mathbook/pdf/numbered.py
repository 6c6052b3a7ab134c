"""The objects of a piece written into a file, with the numbers that they get there."""

from __future__ import annotations

from mathbook.frozen import frozen
from mathbook.pdf.file_writer import FileWriter
from mathbook.pdf.fonts import FontPool
from mathbook.pdf.piece import DOCUMENT, KEY, Body, Piece


@frozen
class Numbered:
    """What the piece's numbers became: its nth object has the number `base` + n, its nth key is `keys` + n."""

    base: int
    keys: int
    document: int
    faces: tuple[int, ...]

    def text(self, body: Body) -> bytes:
        """Return the text of an object."""
        base = self.base
        return body.template % tuple([base + n if 0 < n < KEY else self._number(n) for n in body.numbers])

    def _number(self, told: int) -> int:
        if told == DOCUMENT:
            return self.document
        if told < 0:
            return self.faces[-1 - told]
        return self.base + told if told < KEY else self.keys + told - KEY

    def of(self, told: int) -> int:
        """Return the number of an object of the piece, or of a face."""
        return self._number(told)


def numbered(piece: Piece, writer: FileWriter, fonts: FontPool, *, document: int = 0, keys: int = 0) -> Numbered:
    """Write what is complete in a piece; pages and crossings are left to the caller, who knows what they need."""
    faces = tuple(fonts.number(use) for use in piece.faces)
    made = Numbered(writer.reserve(piece.count) - 1, keys, document, faces)
    if piece.order:
        numbers = [made.base + number for number in piece.order]
        if piece.digest:
            key = b"%b %r" % (piece.digest, (made.base, keys, document, faces))
            writer.put_known(numbers, key, lambda: made.text(piece.plain).split(b"\n"))
        else:
            writer.put(numbers, made.text(piece.plain).split(b"\n"))
    for stream in piece.streams:
        writer.put_stream(made.base + stream.number, made.text(stream.entries), stream.data)
    return made

"""What a fragment or the linker's own pages hold, as a PDF that can be opened."""

from __future__ import annotations

import io
from collections.abc import Iterable

from mathbook.document.book import Meta
from mathbook.document.edition import Edition
from mathbook.document.fragment import Bookmark
from mathbook.document.theme import Theme
from mathbook.pdf.assembly import Assembly
from mathbook.pdf.furniture import Furniture
from mathbook.pdf.geometry import page_of
from mathbook.pdf.piece import Piece, unpack


def pdf_of(made: bytes | Piece, theme: Theme, bookmarks: Iterable[Bookmark] = ()) -> io.BytesIO:
    """Return the piece alone in a PDF, without running heads."""
    out, piece = io.BytesIO(), unpack(made) if isinstance(made, bytes) else made
    assembly = Assembly(out, (theme,), page_of("A4"))
    assembly.add(piece, bookmarks)
    edition = Edition("student", Meta(title="Title", date="2026-01-02"), (), ())
    assembly.finish(edition, [Furniture()] * len(piece.pages), front=0)
    out.seek(0)
    return out

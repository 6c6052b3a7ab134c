"""What of an e-book can be made before its units are compiled: the cover."""

from __future__ import annotations

from mathbook.archive.member import Member, deflated, stored
from mathbook.document.edition import Edition
from mathbook.document.memo import Memo
from mathbook.document.theme import Theme
from mathbook.epub.book import BookRecord, book_record
from mathbook.epub.remembered import remembered


def early(edition: Edition, theme: Theme, memo: Memo) -> None:
    """Have the linker's memory know it; the edition's units aren't needed."""
    cover_of(book_record(edition), theme, memo)


def cover_of(book: BookRecord, theme: Theme, memo: Memo) -> tuple[Member, Member]:
    """Return the cover as SVG and as PNG, made or remembered."""
    made_of = repr((book, theme.name, theme.digest)).encode()
    drawing = remembered(memo, "cover", made_of, lambda: _drawing_of(book, theme))
    return drawing, remembered(memo, "picture", drawing.content, lambda: _picture_of(drawing.content))


def _drawing_of(book: BookRecord, theme: Theme) -> Member:
    from mathbook.epub.cover import cover_svg  # so that fontTools waits until it is needed

    return deflated(cover_svg(book, theme).encode())


def _picture_of(cover: bytes) -> Member:
    from mathbook.epub.cover import cover_png

    return stored(cover_png(cover.decode()))

"""A linker with a memory writes the bytes of one without, whatever it remembers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from epub_samples import compiled, edition, paragraph, theme

from mathbook.build.memo_file import MemoFile
from mathbook.diagnostics import NOWHERE
from mathbook.document.book import Example
from mathbook.document.edition import Edition
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.nodes import Text
from mathbook.document.pagination import PageStart, Pagination, PrintPage
from mathbook.epub.link import link

STARTS = (PageStart("text", 0), PageStart("text", 60), PageStart("text", 400))
PAGES = Pagination(
    "urn:uuid:1",
    tuple(PrintPage(str(at), unit, start) for at, unit in enumerate(("base-rates", "descent")) for start in STARTS[:2]),
)


def books() -> dict[str, tuple[Edition, Pagination | None]]:
    """Return the sample, and what differs from it by a single thing that the linker knows."""
    book = edition()
    more = Example("third", "3", "third", (Text("The third"),), (paragraph("It is new."),), NOWHERE)
    moved = tuple(replace(page, label=f"{page.label}0") for page in PAGES.pages)
    later = tuple(replace(page, start=STARTS[2]) for page in PAGES.pages)
    return {
        "the same": (book, PAGES),
        "without print": (book, None),
        "one added": (replace(book, units=(*book.units, more)), PAGES),
        "one taken out": (replace(book, units=book.units[:2]), PAGES),
        "other numbers": (book, replace(PAGES, pages=moved)),
        "other places": (book, replace(PAGES, pages=later)),
        "another title": (replace(book, meta=replace(book.meta, title="Why Not")), PAGES),
        "a changed word": (
            replace(book, units=(replace(book.units[0], title=(Text("Before"),)), *book.units[1:])),
            PAGES,
        ),
    }


def linked(book: Edition, pages: Pagination | None, folder: Path, memo: Memo) -> bytes:
    link(book, compiled(book), theme(), folder / "book.epub", pages, memo)
    return (folder / "book.epub").read_bytes()


@pytest.mark.parametrize("name", books())
def test_what_is_remembered_changes_no_byte(name: str, tmp_path: Path):
    first, other = books()["the same"], books()[name]
    memo = MemoFile(tmp_path / "memo", "code")
    linked(*first, tmp_path, memo)
    memo.save()
    again = MemoFile(tmp_path / "memo", "code")
    assert linked(*other, tmp_path, again) == linked(*other, tmp_path, FORGETFUL)


def test_what_was_made_before_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    memo = MemoFile(tmp_path / "memo", "code")
    first = linked(*books()["the same"], tmp_path, memo)
    for name in ("link.finished", "cover.cover_png", "cover.cover_svg"):
        monkeypatch.delattr(f"mathbook.epub.{name}")
    assert linked(*books()["the same"], tmp_path, memo) == first

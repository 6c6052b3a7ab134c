"""The pages of a finished PDF, each known before it is read by a hash of all that a reader looks at."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2

from mathbook.document.passage import Passage
from mathbook.document.stretch import Stretch
from mathbook.pdf.content import Contents
from mathbook.pdf.page_digest import PageDigests
from mathbook.pdf.page_reader import passages_on
from mathbook.pdf.pdfium import page_label
from mathbook.pdf.raw_file import NotKnown, RawFile


@contextlib.contextmanager
def stretches(path: Path) -> Iterator[Sequence[Stretch]]:
    """Give the pages. The file's objects are looked at one by one only when a page of it is read."""
    with contextlib.ExitStack() as held:
        document = held.enter_context(pypdfium2.PdfDocument(path))
        reader = _Reader(path, document, held)
        keys = _keys(path, len(document))
        yield [
            Stretch(key, f"page {page_label(document, at)}", "", partial(reader.read, at))
            for at, key in enumerate(keys)
        ]


class _Reader:
    """Reads pages of one file."""

    def __init__(self, path: Path, document: pypdfium2.PdfDocument, held: contextlib.ExitStack) -> None:
        self._path, self._document, self._held = path, document, held
        self._contents: Contents | None = None

    def read(self, number: int) -> list[Passage]:
        """Return what is on the page of this number, from 0."""
        if self._contents is None:
            self._contents = Contents(self._held.enter_context(pikepdf.open(self._path)))
        place = f"page {page_label(self._document, number)}"
        read = passages_on(self._document, number, self._contents.of(number))
        return [replace(passage, place=place) for passage in read]


def _keys(path: Path, pages: int) -> list[str]:
    """Return the hash of each page, nothing for one that has to be read."""
    try:
        digests = PageDigests(RawFile.opened(path))
    except (NotKnown, LookupError, ValueError):
        return [""] * pages
    return [digests.of(number) for number in range(pages)] if len(digests.pages) == pages else [""] * pages

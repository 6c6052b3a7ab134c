"""The pages of a finished PDF, each known before it is read by a hash of all that a reader looks at."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2

from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.passage import Passage
from mathbook.document.stretch import Stretch
from mathbook.pdf.content import Contents
from mathbook.pdf.page_digest import PageDigests
from mathbook.pdf.page_reader import passages_on
from mathbook.pdf.page_traces import PageTraces
from mathbook.pdf.pdfium import page_label
from mathbook.pdf.raw_file import NotKnown, RawFile

MOST_READ = 600
"""Pages after which the file is opened anew: both engines hold what they have read of it, 0.5 MB an example."""


@contextlib.contextmanager
def stretches(path: Path, memo: Memo = FORGETFUL) -> Iterator[Sequence[Stretch]]:
    """Give the pages. The file's objects are looked at one by one only when a page of it is read, and for a page's key
    only if the memo doesn't tell that of the last file they are as they were.
    """
    with contextlib.closing(_Reader(path)) as reader:
        labels = reader.labels()
        keys = _keys(path, len(labels), memo)
        yield [
            Stretch(key, (f"page {label}",), "", partial(reader.read, at))
            for at, (key, label) in enumerate(zip(keys, labels, strict=True))
        ]


class _Reader:
    """Reads pages of one file."""

    def __init__(self, path: Path) -> None:
        self._path, self._read = path, 0
        self._document = pypdfium2.PdfDocument(path)
        self._file: pikepdf.Pdf | None = None
        self._contents: Contents | None = None

    def labels(self) -> list[str]:
        """Return what the pages are called."""
        return [page_label(self._document, number) for number in range(len(self._document))]

    def read(self, number: int) -> list[Passage]:
        """Return what is on the page of this number, from 0."""
        if self._read == MOST_READ:
            self.close()
            self._document, self._read = pypdfium2.PdfDocument(self._path), 0
        if self._contents is None:
            self._file = pikepdf.open(self._path)
            self._contents = Contents(self._file)
        self._read += 1
        place = f"page {page_label(self._document, number)}"
        read = passages_on(self._document, number, self._contents.of(number))
        return [replace(passage, place=place) for passage in read]

    def close(self) -> None:
        """Close the file."""
        self._document.close()
        if self._file is not None:
            self._file.close()
        self._file = self._contents = None


def _keys(path: Path, pages: int, memo: Memo) -> list[str]:
    """Return the hash of each page, nothing for one that has to be read."""
    try:
        digests = PageDigests(RawFile.opened(path))
    except (NotKnown, LookupError, ValueError):
        return [""] * pages
    return PageTraces(digests, memo).all() if len(digests.pages) == pages else [""] * pages

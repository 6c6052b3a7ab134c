"""The stretches of a finished e-book: its pages in reading order, then what decides how all of them look."""

from __future__ import annotations

import contextlib
import json
import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import overload

from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.passage import Passage
from mathbook.document.stretch import Stretch
from mathbook.epub.opened import Opened, resolved
from mathbook.epub.reader import passages_on
from mathbook.epub.safe_zip import SafeZip

_IMAGE = re.compile(rb"img(?<=[<:]img)[\s/>]")
"""What any element is written with that a parser may take for a picture."""
_PLAIN_IMAGE = re.compile(rb'<img(?:\s+[\w:.-]+="[^"<]*")*\s*/?>')
"""A picture of which a look at its bytes tells as much as a parser."""
_SOURCE = re.compile(rb'\ssrc="([^"]*)"')
_PLAIN_PAGE = re.compile(rb"""(?:<\?xml version=["']1\.0["'](?: encoding=["'](?:utf|UTF)-8["'])?\?>)?\s*<[!a-z]""")
_DECLARATION = re.compile(rb"<!(?:ENTITY|ATTLIST)")
"""With it a page can show what stands nowhere in it as it is shown."""


@contextlib.contextmanager
def stretches(path: Path, memo: Memo = FORGETFUL, *, spots: bool = False) -> Iterator[Sequence[Stretch]]:
    """Give the stretches while the file is open. Raises UnsafeFile or ValueError if it can't be trusted.

    With `spots` their passages say where they were read: only those ask for it who draw them.
    """
    with SafeZip(path) as archive:
        yield _Stretches(Opened(archive), memo, spots)


class _Stretches(Sequence[Stretch]):
    """The stretches of an open book; each is looked at when it is asked for."""

    def __init__(self, book: Opened, memo: Memo, spots: bool) -> None:
        self._book, self._memo, self._spots = book, memo, spots
        self._pages = tuple(book.spine())
        self._known: dict[int, Stretch] = {}

    def __len__(self) -> int:
        return len(self._pages) + 1

    @overload
    def __getitem__(self, at: int) -> Stretch: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Stretch]: ...
    def __getitem__(self, at: int | slice) -> Stretch | Sequence[Stretch]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        if number not in self._known:
            is_page = number < len(self._pages)
            self._known[number] = self._page(self._pages[number]) if is_page else _looks(self._book)
        return self._known[number]

    def _page(self, name: str) -> Stretch:
        read = partial(_read, self._book, name, self._spots)
        return Stretch(_key_of(name, self._book, self._memo), (posixpath.basename(name),), "", read)


def _key_of(name: str, book: Opened, memo: Memo) -> str:
    """Return a page's key. What it says is decided by its name, its bytes, and the pictures that it shows."""
    key = blake2b(f"{name}\n{book.mark(name)}".encode(), digest_size=16)
    for shown in _remembered(memo, f"shown-{key.hexdigest()}", book, name):
        key.update(f"{shown} {book.mark(shown) if book.has(shown) else ''}\n".encode())
    return key.hexdigest()


def _remembered(memo: Memo, key: str, book: Opened, name: str) -> Sequence[str]:
    """Return the members that the page may show as pictures; the key tells it from all others."""
    kept = memo.recall(key)
    if kept is None:
        kept = json.dumps(_shown(name, book.archive.read(name))).encode()
        memo.keep(key, kept)
    shown: Sequence[str] | None = json.loads(kept)
    return book.archive.names() if shown is None else shown


def _read(book: Opened, name: str, spots: bool) -> tuple[Passage, ...]:
    return tuple(passages_on(name, book.archive.read(name), book.digest, spots=spots))


def _shown(name: str, data: bytes) -> Sequence[str] | None:
    """Return the members that the page shows as pictures, None if only a parser can tell."""
    images = _PLAIN_IMAGE.findall(data)
    plain = _PLAIN_PAGE.match(data) and not _DECLARATION.search(data) and len(_IMAGE.findall(data)) == len(images)
    sources = [source for image in images for source in _SOURCE.findall(image)]
    if not plain or any(b"&" in source for source in sources):
        return None
    return [resolved(name, source.decode()) for source in sources]


def _looks(book: Opened) -> Stretch:
    """Return what decides how all pages look, told by hashes."""
    names = tuple(book.looks())
    digests = "".join(f"{name} {book.mark(name)}\n" for name in names)
    return Stretch(blake2b(digests.encode(), digest_size=16).hexdigest(), ("",), "", partial(_told, book, names))


def _told(book: Opened, names: Sequence[str]) -> tuple[Passage, ...]:
    return tuple(
        Passage("furniture", "", pictures=(book.digest(name),), place=posixpath.basename(name)) for name in names
    )

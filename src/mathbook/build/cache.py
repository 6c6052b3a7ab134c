"""The cache: a file a fragment, named by its key, with its own checksum. It may be thrown away at any time."""

from __future__ import annotations

import contextlib
import json
import shutil
from dataclasses import asdict, astuple, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from mathbook.build.memo_file import MemoFile, write_whole
from mathbook.diagnostics import Code, Diagnostic, Severity, Span
from mathbook.document.fragment import Bookmark, Caption, Fragment, Place
from mathbook.document.memo import Memo
from mathbook.document.pagination import PageStart, Pagination, PrintPage
from mathbook.frozen import frozen
from mathbook.project import Mark, is_settled, mark_of

_MAGIC = b"mathbook-fragment-4\n"


class Damaged(Exception):
    """An entry is there, but not whole."""


@frozen
class Finished:
    """A linked file: its checksum, and its pages if it has any that other formats can name."""

    digest: str
    pages: Pagination | None = None


class Cache:
    """Fragments by key under one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[str, Fragment] = {}
        self._put: dict[str, Fragment] = {}
        self._heads: dict[str, MemoFile] = {}

    @property
    def holds(self) -> bool:
        """Whether a fragment is only in this process's memory, since the disk didn't take it."""
        return bool(self._held)

    def get(self, key: str) -> Fragment | None:
        """Return the fragment, or None if there is none. Raises Damaged after taking away an entry that isn't whole."""
        if key in self._held:
            return self._held[key]
        path = self._path(key)
        try:
            return unpack(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError, KeyError, TypeError):
            self._take_away(path)
            raise Damaged(key) from None

    def head(self, key: str, memo: Memo) -> Fragment | None:
        """Return the fragment without its content, or None if there is none. It is read, whole, if the file system says
        something else of it than the memo knows. Raises Damaged after taking away an entry that isn't whole.
        """
        mark = mark_of(self._path(key))
        written, _, head = (memo.recall(key) or b"").partition(b"\n")
        if mark and written == _written(mark):
            return unpack(head)
        fragment = self.get(key)
        if fragment is None:
            return None
        bare = replace(fragment, content=b"")
        _remember(memo, key, mark, bare)
        return bare

    def put(self, key: str, fragment: Fragment) -> bool:
        """Keep the fragment; False if the disk doesn't take it: then it is held in memory, for this build only."""
        kept = write_whole(self._path(key), pack(fragment))
        if kept:
            self._put[key] = replace(fragment, content=b"")
        else:
            self._held[key] = fragment
        return kept

    def keep_head(self, key: str, memo: Memo) -> None:
        """Have the memo know a fragment that was put by this process, if its file can't change unnoticed any more."""
        if bare := self._put.get(key):
            _remember(memo, key, mark_of(self._path(key)), bare)

    def finished(self, key: str) -> Finished | None:
        """Return what is known of the file that was linked under this key; None if none was, or it can't be read."""
        try:
            return finished_of(self._path(key).read_bytes())
        except OSError:
            return None

    def put_finished(self, key: str, finished: Finished) -> None:
        """Remember a linked file; a disk that doesn't take it costs the next build the linking."""
        write_whole(self._path(key), json.dumps(asdict(finished), sort_keys=True).encode("ascii"))

    def heads_of(self, kind: str) -> MemoFile:
        """Return what is remembered of the fragments of one kind: what another form of entries told is forgotten."""
        if kind not in self._heads:
            self._heads[kind] = self.memo_of(f"heads/{kind}", _MAGIC.decode("ascii").strip())
        return self._heads[kind]

    def save_heads(self, part: bool) -> None:
        """Write down what is remembered of fragments; a build may have asked for `part` of those of their kinds."""
        for memo in self._heads.values():
            memo.save(part)

    def memo_of(self, name: str, code: str) -> MemoFile:
        """Return what is remembered under this name: that of a finished file, or of what was read. `code` is a hash of
        the code that remembers.
        """
        return MemoFile(self._folder / "memo" / name.replace("/", "~"), code)

    def _path(self, key: str) -> Path:
        return Path(f"{self._folder}/{key[:2]}/{key}")

    def _take_away(self, path: Path) -> None:
        """Remove the entry; where that can't be done, the fragment that is made in its place is held in memory."""
        with contextlib.suppress(OSError):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def finished_of(data: bytes) -> Finished | None:
    """Return what was kept of a linked file; None if the bytes tell nothing of one."""
    try:
        record = json.loads(data)
        return Finished(record["digest"], _pagination(record["pages"]))
    except (ValueError, KeyError, TypeError):
        return None


def _remember(memo: Memo, key: str, mark: Mark, bare: Fragment) -> None:
    """Have the memo know the head of a fragment whose file can't change unnoticed any more."""
    if is_settled(mark):
        memo.keep(key, _written(mark) + b"\n" + pack(bare))


def _written(mark: Mark) -> bytes:
    return b"%d %d %d %d" % mark


def pack(fragment: Fragment) -> bytes:
    """Return the fragment as bytes: a line of magic, a checksum, a JSON head, and the content."""
    head = {
        "unit": fragment.unit,
        "format": fragment.format,
        "extent": fragment.extent,
        "places": [asdict(place) for place in fragment.places],
        "needs": list(fragment.needs),
        "diagnostics": [diagnostic.as_record() for diagnostic in fragment.diagnostics],
        "starts": [asdict(start) for start in fragment.starts],
        "smallest": fragment.smallest,
        "bookmarks": [astuple(mark) for mark in fragment.bookmarks],
        "captions": [astuple(caption) for caption in fragment.captions],
        "lines": fragment.lines,
    }
    line = json.dumps(head, ensure_ascii=True, sort_keys=True).encode() + b"\n"
    body = line + fragment.content
    return _MAGIC + blake2b(body, digest_size=32).hexdigest().encode() + b"\n" + body


def unpack(data: bytes) -> Fragment:
    """Return the fragment. Raises ValueError if a single bit is not as it was written."""
    if not data.startswith(_MAGIC):
        raise ValueError("no fragment")
    checksum, _, body = data[len(_MAGIC) :].partition(b"\n")
    if blake2b(body, digest_size=32).hexdigest().encode() != checksum:
        raise ValueError("the checksum differs")
    line, _, content = body.partition(b"\n")
    head = json.loads(line)
    return Fragment(
        unit=head["unit"],
        format=head["format"],
        content=content,
        extent=head["extent"],
        places=tuple(Place(**place) for place in head["places"]),
        needs=tuple(head["needs"]),
        diagnostics=tuple(_diagnostic(record) for record in head["diagnostics"]),
        starts=tuple(PageStart(**start) for start in head["starts"]),
        smallest=head["smallest"],
        bookmarks=tuple(Bookmark(*mark) for mark in head["bookmarks"]),
        captions=tuple(Caption(*caption) for caption in head["captions"]),
        lines=head["lines"],
    )


def _diagnostic(record: dict[str, Any]) -> Diagnostic:
    span = Span(record["file"], record["line"], record["column"])
    severity = Severity(record["severity"])
    return Diagnostic(Code.named(record["code"]), severity, span, record["message"], record["hint"])


def _pagination(record: dict[str, Any] | None) -> Pagination | None:
    if record is None:
        return None
    pages = (PrintPage(page["label"], page["unit"], PageStart(**page["start"])) for page in record["pages"])
    return Pagination(record["source"], tuple(pages))

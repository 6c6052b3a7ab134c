"""All files of an edition appear in dist/ together, or none does."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from mathbook.build.events import Published
from mathbook.document.ledger import NotALedger, UnitRecord, from_json

LEDGER = "ledger.json"
REPORTS = ("in-sync", "accessibility")
"""Pages that `verify --report` writes about finished files: none is left beside other files than it tells of."""


def report_name(report: str, audience: str = "student") -> str:
    """Return what a report about an audience's files is called in dist/."""
    assert report in REPORTS
    return f"{report}.html" if audience == "student" else f"{report}-{audience}.html"


@contextlib.contextmanager
def only_one(folder: Path, wait: bool = True) -> Iterator[None]:
    """Hold the project's lock; another build waits. The lock goes with its process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


@contextlib.contextmanager
def staging(dist: Path) -> Iterator[Path]:
    """Give a folder beside the finished files, on the same disk; it is gone afterwards. Stale ones are removed."""
    dist.mkdir(parents=True, exist_ok=True)
    for stale in dist.glob(".staging-*"):
        shutil.rmtree(stale, ignore_errors=True)
    folder = dist / f".staging-{os.getpid()}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(
    staged: Path, dist: Path, kept: Collection[str] = (), digests: Mapping[str, str] | None = None
) -> Iterator[Published]:
    """Move the staged files into dist, the ledger last; take away files of an older edition that are no longer made.

    `kept` are files of ours that this build was not asked for: they stay. `digests` are the checksums of staged files
    that are known already. Reports go as soon as one file changes. If one of the moves fails, those before it are taken
    back, and dist is as it was.
    """
    files = sorted(path.relative_to(staged) for path in staged.rglob("*") if path.is_file())
    for file in files:
        _sync(staged / file)
    gone = sorted(set(ledger_files(dist)) - {file.as_posix() for file in files} - set(kept))
    known = digests or {}
    names = [file.as_posix() for file in files]
    events = [_published(staged / name, dist / name, name, known.get(name, "")) for name in names]
    if gone or any(event.changed for event in events):
        gone += [path.name for report in REPORTS for path in sorted(dist.glob(f"{report}*.html"))]
    before = staged / ".before"
    with contextlib.ExitStack() as undo:
        for name in gone:
            _set_aside(dist / name, before / name, undo)
            (dist / name).unlink(missing_ok=True)
        for file in sorted(files, key=lambda file: file.name == LEDGER):
            _set_aside(dist / file, before / file, undo)
            (staged / file).replace(dist / file)
        undo.pop_all()
    _tidy(dist, files, gone)
    yield from events


def _published(staged: Path, target: Path, name: str, digest: str) -> Published:
    size = staged.stat().st_size
    same = target.is_file() and target.stat().st_size == size and digest_of(target) == (digest or digest_of(staged))
    return Published(name, size, not same)


def _set_aside(target: Path, second: Path, undo: contextlib.ExitStack) -> None:
    """Give what stands at the target a second name, from which `undo` puts it back. Raises OSError.

    It keeps its first name, too: at no moment is it gone, even if the process is killed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder stands where a finished file belongs", str(target))
    if not target.exists():
        undo.callback(target.unlink, missing_ok=True)
        return
    second.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(target, second)
    except OSError:  # not every file system has hard links
        shutil.copy2(target, second)
    undo.callback(second.replace, target)


def _tidy(dist: Path, files: list[Path], gone: list[str]) -> None:
    """Remove folders that were left empty, and see that the others are on the disk."""
    for folder in {(dist / name).parent for name in gone} - {dist}:
        with contextlib.suppress(OSError):
            folder.rmdir()
    for folder in {dist, *((dist / file).parent for file in files)}:
        _sync(folder)


def write_ledger(
    staged: Path, ledger: bytes, kept: Mapping[str, str] | None = None, digests: Mapping[str, str] | None = None
) -> None:
    """Write what was made: the ledger, with the checksums of the files and of those `kept`, a line each.

    `digests` are the checksums of staged files that are known already.
    """
    files = {path.relative_to(staged).as_posix(): path for path in staged.rglob("*") if path.is_file()}
    made = {name: (digests or {}).get(name) or digest_of(path) for name, path in files.items()}
    listed = json.dumps(dict(sorted({**(kept or {}), **made}.items())), ensure_ascii=False, indent=0)
    (staged / LEDGER).write_bytes(b"%s,%s%s}\n" % (ledger.removesuffix(b"}"), _FILES, listed.encode()))


_FILES = b'\n"files":'
"""Stands before the last member of the ledger; no text in it has a line's end."""


def ledger_files(dist: Path) -> dict[str, str]:
    """Return the files that the last build published, with their checksums; only those are ours to remove."""
    try:
        whole = (dist / LEDGER).read_bytes()
        _, mark, last = whole.rpartition(_FILES)  # the units before it are 1,000 times as long
        files = json.loads(b'{"files":' + last if mark else whole)["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    ours = files.items() if isinstance(files, dict) else ()
    return {name: str(digest) for name, digest in ours if not name.startswith("/") and ".." not in name}


def published_units(dist: Path) -> tuple[UnitRecord, ...]:
    """Return the units that the last build published, with the places in its files."""
    try:
        return from_json((dist / LEDGER).read_bytes()).units
    except (OSError, NotALedger):
        return ()


def digest_of(path: Path) -> str:
    """Return the file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

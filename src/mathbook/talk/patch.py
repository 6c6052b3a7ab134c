"""Changes to the manuscript's files: shown as a diff, written all together or not at all."""

from __future__ import annotations

import contextlib
import difflib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from mathbook.diagnostics import Code
from mathbook.project import Project
from mathbook.talk.deck_file import stop
from mathbook.talk.rewrite import Splice, spliced


def patched(texts: Mapping[str, str], splices: Iterable[tuple[str, tuple[Splice, ...]]]) -> dict[str, str]:
    """Return the texts of the files that change, as they would be."""
    by_file: dict[str, list[Splice]] = {}
    for file, made in splices:
        by_file.setdefault(file, []).extend(made)
    changed = {file: spliced(texts[file], sorted(set(made))) for file, made in by_file.items()}
    return {file: text for file, text in sorted(changed.items()) if text != texts[file]}


def diff(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Return a unified diff of the files; one that isn't there yet comes from /dev/null."""
    return "".join(
        line if line.endswith("\n") else f"{line}\n"
        for name, text in after.items()
        for line in difflib.unified_diff(
            before.get(name, "").splitlines(keepends=True),
            text.splitlines(keepends=True),
            f"a/{name}" if name in before else "/dev/null",
            f"b/{name}",
        )
    )


def write_all(project: Project, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Write the files, with the line ends and the byte order mark that each had; if one fails, none is changed.

    Raises Stop if a file was changed since it was read, OSError if the disk refuses.
    """
    with contextlib.ExitStack() as undo:
        for name, text in after.items():
            path = project.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            old = path.read_bytes() if path.exists() else None
            if _plain(old) != before.get(name):
                raise stop(Code.FILE_CHANGED, f"{name} was changed while this ran", "run it again")
            _replace(path, _like(old, text))
            undo.callback(_put_back, path, old)
        undo.pop_all()


def _plain(data: bytes | None) -> str | None:
    return None if data is None else data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _like(old: bytes | None, text: str) -> bytes:
    ends = "\r\n" if old is not None and b"\r\n" in old else "\n"
    mark = b"\xef\xbb\xbf" if old is not None and old.startswith(b"\xef\xbb\xbf") else b""
    return mark + text.replace("\n", ends).encode("utf-8")


def _replace(path: Path, data: bytes) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _put_back(path: Path, old: bytes | None) -> None:
    if old is None:
        path.unlink(missing_ok=True)
    else:
        _replace(path, old)

"""Checksums of finished files: a file is read again when the file system says something else of it than before."""

from __future__ import annotations

import os
import time
from hashlib import sha256
from pathlib import Path

import pytest

from mathbook.build import checksums
from mathbook.build.checksums import Checksums
from memories import Kept

TICK = 0.02
"""Seconds in which a file system's clock goes on."""


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    names, plain = list[str](), checksums.digest_of
    monkeypatch.setattr(checksums, "digest_of", lambda path: (names.append(path.name), plain(path))[1])
    return names


def published(folder: Path, memo: Kept) -> str:
    """Publish a file, and return its checksum."""
    (folder / "a.pdf").write_bytes(b"one")
    digest = sha256(b"one").hexdigest()
    Checksums(folder, memo).keep({}, {"a.pdf": digest})
    time.sleep(TICK)
    return digest


def test_a_file_that_is_as_it_was_published_is_not_read(tmp_path: Path, read: list[str]):
    memo = Kept()
    digest = published(tmp_path, memo)
    assert Checksums(tmp_path, memo).of("a.pdf") == digest
    assert read == []


def test_a_file_of_the_same_size_and_time_that_changed_is_read(tmp_path: Path, read: list[str]):
    memo = Kept()
    published(tmp_path, memo)
    before = (tmp_path / "a.pdf").stat()
    (tmp_path / "a.pdf").write_bytes(b"two")
    os.utime(tmp_path / "a.pdf", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert Checksums(tmp_path, memo).of("a.pdf") == sha256(b"two").hexdigest()
    assert read == ["a.pdf"]


def test_what_was_changed_a_moment_ago_is_read_each_time(tmp_path: Path, read: list[str]):
    memo = Kept()
    published(tmp_path, memo)
    (tmp_path / "a.pdf").write_bytes(b"two")
    known = Checksums(tmp_path, memo)
    assert [known.of("a.pdf"), known.of("a.pdf")] == [sha256(b"two").hexdigest()] * 2
    assert read == ["a.pdf", "a.pdf"]


def test_what_is_no_file_has_no_checksum(tmp_path: Path):
    (tmp_path / "folder").mkdir()
    known = Checksums(tmp_path, Kept())
    assert [known.of("folder"), known.of("nothing"), known.of("nothing/in-it")] == ["", "", ""]


def test_of_files_that_are_not_published_any_more_nothing_is_kept(tmp_path: Path, read: list[str]):
    memo = Kept()
    digest = published(tmp_path, memo)
    Checksums(tmp_path, memo).keep({}, {})
    assert Checksums(tmp_path, memo).of("a.pdf") == digest
    assert read == ["a.pdf"]


def test_a_file_that_was_made_again_the_same_is_not_read(tmp_path: Path, read: list[str]):
    memo = Kept()
    published(tmp_path, memo)
    digest = published(tmp_path, memo)
    assert Checksums(tmp_path, memo).of("a.pdf") == digest
    assert read == []


def test_a_file_that_stood_there_and_was_changed_since_is_read(tmp_path: Path, read: list[str]):
    memo = Kept()
    digest = published(tmp_path, memo)
    known = Checksums(tmp_path, memo)
    assert known.of("a.pdf") == digest
    (tmp_path / "a.pdf").write_bytes(b"two")
    known.keep({"a.pdf": digest}, {})
    assert Checksums(tmp_path, memo).of("a.pdf") == sha256(b"two").hexdigest()
    assert read == ["a.pdf"]

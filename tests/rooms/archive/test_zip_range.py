"""Neighbouring members are told apart by their bytes in one go."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathbook.archive.harm import Most
from mathbook.archive.member import deflated, stored
from mathbook.archive.zip_range import ZipRange
from mathbook.archive.zip_reader import open_zip
from mathbook.archive.zip_writer import ZipWriter

FILES = st.lists(st.tuples(st.binary(max_size=60), st.booleans()), min_size=1, max_size=5)


def written(files: list[tuple[bytes, bool]], before: bytes, into: Path) -> Path:
    """Write a zip of one member before the others, which are called a, b, c ..."""
    file = io.BytesIO()
    writer = ZipWriter(file, (2026, 11, 28))
    writer.add("first", deflated(before))
    for name, (content, is_stored) in zip("abcde", files, strict=False):
        writer.add(name, stored(content) if is_stored else deflated(content))
    writer.close()
    into.write_bytes(file.getvalue())
    return into


def told(path: Path) -> tuple[bytes, bool]:
    """Return the hash of all members but the first, and whether it decides what is read of them."""
    with open_zip(path, Most(10, 10_000), lambda archive: None) as reader:
        assert reader.is_plain
        those = ZipRange(list(reader.entries)[1:], list(reader.entries.values())[1:])
        return those.digest(reader), those.is_gapless(reader)


@given(files=FILES, before=st.binary(max_size=90), other=FILES)
def test_members_have_one_hash_wherever_they_stand_and_others_another(
    files: list[tuple[bytes, bool]],
    before: bytes,
    other: list[tuple[bytes, bool]],
    tmp_path_factory: pytest.TempPathFactory,
):
    folder = tmp_path_factory.mktemp("zip")
    here = told(written(files, b"", folder / "a.zip"))
    assert here[1] and here == told(written(files, before, folder / "b.zip"))
    assert (told(written(other, before, folder / "c.zip")) == here) == (files == other)


@pytest.mark.parametrize("at", [0, 1, 2], ids=["of the first", "of the one between", "of the last"])
def test_a_hash_decides_nothing_where_a_member_may_reach_beyond_the_bytes(at: int, tmp_path: Path):
    path = written([(b"one", True), (b"two", True), (b"three", True)], b"", tmp_path / "a.zip")
    data = bytearray(path.read_bytes())
    starts = [place for place in range(len(data)) if data[place : place + 4] == b"PK\3\4"][1:]
    assert told(path)[1]
    data[starts[at] + 28] = 4  # so many bytes are said to stand between its name and what it holds
    path.write_bytes(data)
    assert not told(path)[1]


def test_a_hash_decides_nothing_where_something_stands_between_members(tmp_path: Path):
    file = io.BytesIO()
    writer = ZipWriter(file, (2026, 11, 28))
    for name in ("first", "a", "between", "b"):
        writer.add(name, stored(b"words"))
    writer.close()
    path = tmp_path / "a.zip"
    path.write_bytes(file.getvalue())
    with open_zip(path, Most(10, 10_000), lambda archive: None) as reader:
        entries = reader.entries
        assert not ZipRange(["a", "b"], [entries["a"], entries["b"]]).is_gapless(reader)
        assert ZipRange(["a", "between"], [entries["a"], entries["between"]]).is_gapless(reader)

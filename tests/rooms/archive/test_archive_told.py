"""Members are told apart as they stand in the file, and what is odd about one is noticed."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mathbook.archive.harm import Most
from mathbook.archive.zip_reader import open_zip

NAMES = ("a.xhtml", "b.xhtml")


def zipped(path: Path, contents: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return path


def told(path: Path, name: str = "a.xhtml") -> bytes | None:
    with open_zip(path, Most(100, 2**20), lambda archive: None) as archive:
        return archive.told(name)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=st.binary(max_size=40), other=st.binary(max_size=40), method=st.sampled_from([0, 8]))
def test_members_are_told_alike_just_if_they_hold_the_same(one: bytes, other: bytes, method: int, tmp_path: Path):
    path = zipped(tmp_path / "a.zip", dict(zip(NAMES, (one, other), strict=True)), method)
    assert (told(path, NAMES[0]) == told(path, NAMES[1])) == (one == other)


@pytest.mark.parametrize(
    ("at", "bit", "what"),
    [
        (8, 0x01, "an encrypted member"),
        (8, 0x20, "a member that says it is patched"),
        (10, 0x04, "another method"),
        (42, 0x05, "a member that stands elsewhere"),
        (45, 0x07, "a member behind the file's end"),
    ],
)
def test_what_is_odd_in_the_directory_is_noticed(at: int, bit: int, what: str, tmp_path: Path):
    path = zipped(tmp_path / "a.zip", {"a.xhtml": b"words"})
    data = bytearray(path.read_bytes())
    assert told(path)
    data[data.rindex(b"PK\1\2") + at] ^= bit
    path.write_bytes(data)
    assert told(path) is None, what


def test_what_is_not_there_or_has_another_name_there_is_not_told(tmp_path: Path):
    path = zipped(tmp_path / "a.zip", {"a.xhtml": b"words", "ä.xhtml": b"words"})
    assert told(path, "gone") is None and told(path, "ä.xhtml")
    data = bytearray(path.read_bytes())
    data[30] ^= 1
    path.write_bytes(data)
    assert told(path) is None

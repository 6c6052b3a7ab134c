"""Members that are copied from an older zip stand in the new one as if they had been written there."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.archive.copying import copy_range
from mathbook.archive.member import deflated
from mathbook.archive.older_zip import Neighbours, OlderZip, is_near, members_between
from mathbook.archive.zip_directory import LONG
from mathbook.archive.zip_writer import ZipWriter

DATE = (2026, 11, 23)
GROUPS = st.lists(
    st.dictionaries(st.text("aé/漢.x", min_size=1, max_size=9), st.binary(max_size=90), max_size=3), max_size=6
)


def write(writer: ZipWriter, group: dict[str, bytes]) -> Neighbours:
    before = writer.cursor()
    for name, content in group.items():
        writer.add(name, deflated(content))
    return members_between(before, writer.cursor())


def older(groups: list[dict[str, bytes]]) -> tuple[OlderZip, list[Neighbours]]:
    file = io.BytesIO()
    writer = ZipWriter(file, DATE)
    stretches = [write(writer, group) for group in groups]
    writer.close()
    return OlderZip.of(file), stretches


@settings(deadline=None)
@given(GROUPS, st.lists(st.integers(-1, 5), max_size=9))
def test_a_zip_of_copied_and_of_written_members_is_one_of_written_members(
    groups: list[dict[str, bytes]], order: list[int]
):
    source, stretches = older(groups)
    copied, written = io.BytesIO(), io.BytesIO()
    one, other = ZipWriter(copied, DATE), ZipWriter(written, DATE)
    for at in order:
        group = groups[at] if 0 <= at < len(groups) else {"new": b"new"}
        there = write(other, group)
        before = one.cursor()
        if 0 <= at < len(groups):
            one.copy(source, stretches[at])
        else:
            write(one, group)
        assert members_between(before, one.cursor()) == there
    one.close()
    other.close()
    assert copied.getvalue() == written.getvalue()


def test_neighbours_are_copied_in_one_go(monkeypatch: pytest.MonkeyPatch):
    source, (first, second, third) = older([{"a": b"1"}, {"b": b"2", "c": b"3"}, {"d": b"4"}])
    copies = []
    monkeypatch.setattr("mathbook.archive.zip_writer.copy_range", lambda *asked: copies.append(asked[1:3]))
    writer = ZipWriter(io.BytesIO(), DATE)
    for members in (first, second, third, first):
        writer.copy(source, members)
    writer.close()
    assert copies == [(0, third.end), (0, first.end)]


def test_what_stands_beyond_four_gigabytes_is_not_near():
    members = Neighbours(10, 30, 0, 50, 1)
    assert is_near(members, LONG - 21) and not is_near(members, LONG - 20)
    assert not is_near(Neighbours(LONG - 10, LONG, 0, 50, 1), 0)


def test_bytes_are_copied_from_file_to_file_to_where_it_is(tmp_path: Path):
    (tmp_path / "a").write_bytes(bytes(range(200)))
    with (tmp_path / "a").open("rb") as source, (tmp_path / "b").open("wb") as into:
        into.write(b"before")
        copy_range(source, 10, 100, into)
        into.write(b"after")
    assert (tmp_path / "b").read_bytes() == b"before" + bytes(range(10, 110)) + b"after"


def test_a_file_that_has_become_shorter_is_told(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"short")
    with (
        (tmp_path / "a").open("rb") as source,
        (tmp_path / "b").open("wb") as into,
        pytest.raises(OSError, match="ends"),
    ):
        copy_range(source, 2, 10, into)

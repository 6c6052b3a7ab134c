"""A zip of finished members is one that anybody can open, and its bytes depend on nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathbook.archive.member import Member, deflated, stored
from mathbook.archive.zip_writer import ZipWriter, cut_off

NAMES = st.text(st.sampled_from("abc/é漢.x"), min_size=1, max_size=9)
FILES = st.dictionaries(NAMES, st.tuples(st.binary(max_size=300), st.booleans()), max_size=6)


def written(files: dict[str, tuple[bytes, bool]], date: tuple[int, int, int] = (2026, 11, 23)) -> bytes:
    into = io.BytesIO()
    writer = ZipWriter(into, date)
    for name, (content, is_stored) in files.items():
        writer.add(name, stored(content) if is_stored else deflated(content))
    writer.close()
    return into.getvalue()


@given(FILES)
def test_what_was_written_is_read_in_its_order(files: dict[str, tuple[bytes, bool]]):
    with zipfile.ZipFile(io.BytesIO(written(files))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(files)
        assert [archive.read(name) for name in files] == [content for content, _ in files.values()]
        for info in archive.infolist():
            assert (info.compress_type == zipfile.ZIP_STORED) is files[info.filename][1]
            assert info.date_time == (2026, 11, 23, 0, 0, 0) and info.external_attr >> 16 == 0o100644
    assert written(files) == written(files)


@given(st.binary(max_size=2000))
def test_a_member_gives_its_content_back(content: bytes):
    assert deflated(content).content == stored(content).content == content


def test_no_date_is_before_the_first_that_a_zip_knows():
    with zipfile.ZipFile(io.BytesIO(written({"a": (b"", True)}, (1755, 3, 2)))) as archive:
        assert archive.infolist()[0].date_time == (1980, 3, 2, 0, 0, 0)


class FarFile(io.BytesIO):
    """A file that says it is five gigabytes long before it begins."""

    BEFORE = 5 * 2**30

    def tell(self) -> int:
        return super().tell() + self.BEFORE


def of_members(members: dict[str, Member], file: io.BytesIO) -> io.BytesIO:
    writer = ZipWriter(file, (2026, 11, 23))
    for name, member in members.items():
        writer.add(name, member)
    writer.close()
    return file


def test_what_stands_beyond_four_gigabytes_is_found():
    file = of_members({"a": deflated(b"one"), "b": stored(b"two")}, FarFile())
    whole = io.BytesIO(file.getvalue())
    with zipfile.ZipFile(whole) as archive:  # it takes a shorter file for one with its beginning cut away
        assert [info.header_offset for info in archive.infolist()] == [0, 31 + len(deflated(b"one").data)]
        assert (archive.read("a"), archive.read("b")) == (b"one", b"two")


@pytest.mark.parametrize("count", [3, 65_535, 70_000])
def test_the_end_of_a_zip_is_cut_off_and_written_again(count: int):
    file = of_members({f"{at}.xml": stored(b"%d" % at) for at in range(count)}, io.BytesIO())
    writer, taken = cut_off(file, f"{count - 2}.xml")
    assert taken == [(f"{at}.xml", b"%d" % at) for at in (count - 2, count - 1)]
    writer.add("new.xml", deflated(b"new"))
    writer.close()
    with zipfile.ZipFile(file) as archive:
        assert len(archive.namelist()) == count - 1
        assert (archive.read(f"{count - 3}.xml"), archive.read("new.xml")) == (b"%d" % (count - 3), b"new")

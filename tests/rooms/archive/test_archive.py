"""A zip of finished members is one that anybody can open, and its bytes depend on nothing else."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathbook.archive.member import deflated, stored
from mathbook.archive.zip_writer import ZipWriter

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


def test_a_file_that_a_plain_zip_cannot_hold_is_told():
    writer = ZipWriter(io.BytesIO(), (2026, 1, 1))
    for number in range(0xFFFF):
        writer.add(str(number), stored(b""))
    with pytest.raises(ValueError, match="65535 members"):
        writer.close()

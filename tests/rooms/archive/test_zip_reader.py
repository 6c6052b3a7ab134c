"""A zip that is read from its bytes says what zipfile says of it, whatever it is."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mathbook.archive.harm import Most, harm_in
from mathbook.archive.member import deflated, stored
from mathbook.archive.zip_reader import Entry, open_zip, plain_entries
from mathbook.archive.zip_writer import ZipWriter

MOST = Most(100, 5_000_000)
Files = dict[str, tuple[bytes, bool]]
NAMES = st.text(st.sampled_from("abc/._ é\n\\"), min_size=1, max_size=8)
FILES = st.dictionaries(NAMES, st.tuples(st.binary(max_size=90), st.booleans()), max_size=5)
SMALL: Files = {"[Types].xml": (b"<a/>", False), "a/_rels/.rels": (b"many words " * 9, False), "a/b.png": (b"", True)}
Outcome = dict[str, object] | type[BaseException]


class Harmful(Exception):
    """What is raised of a zip that may do harm."""


def check(archive: zipfile.ZipFile) -> None:
    if harm := harm_in(archive, MOST):
        raise Harmful(harm)


def written(files: Files) -> bytes:
    into = io.BytesIO()
    writer = ZipWriter(into, (2026, 11, 28))
    for name, (content, is_stored) in files.items():
        writer.add(name, stored(content) if is_stored else deflated(content))
    writer.close()
    return into.getvalue()


def outcome(read: Callable[[], bytes]) -> object:
    try:
        return read()
    except Exception as error:
        return type(error)


def by_zipfile(path: Path) -> Outcome:
    try:
        with zipfile.ZipFile(path) as archive:
            check(archive)
            return {name: outcome(lambda name=name: archive.read(name)) for name in archive.namelist()}  # type: ignore[misc]
    except Exception as error:
        return type(error)


def by_reader(path: Path) -> Outcome:
    try:
        with open_zip(path, MOST, check) as reader:
            return {name: outcome(lambda name=name: reader.read(name)) for name in reader.entries}  # type: ignore[misc]
    except Exception as error:
        return type(error)


def plain(data: bytes) -> dict[str, Entry] | None:
    return plain_entries(io.BytesIO(data), MOST)


@settings(suppress_health_check=list(HealthCheck))
@given(FILES)
def test_what_was_written_is_read(tmp_path: Path, files: Files):
    file = tmp_path / "a.zip"
    file.write_bytes(written(files))
    assert by_reader(file) == by_zipfile(file)


def test_what_we_write_is_read_quickly():
    files = {f"ppt/slides/slide{at}.xml": (b"x" * at, at % 2 == 0) for at in range(90)} | SMALL
    entries = plain(written(files))
    assert entries is not None and list(entries) == list(files) and all(one.is_plain for one in entries.values())
    with zipfile.ZipFile(io.BytesIO(written(files))) as archive:
        told = [(one.CRC, one.compress_size, one.file_size, one.header_offset) for one in archive.infolist()]
    assert told == [(one.crc, one.packed, one.size, one.offset) for one in entries.values()]


def test_a_zip_of_more_members_than_a_plain_end_can_count_is_read_quickly():
    files: Files = {f"{at}": (b"", True) for at in range(66_000)}
    entries = plain_entries(io.BytesIO(written(files)), Most(70_000, 1))
    assert entries is not None and list(entries) == list(files)


@pytest.mark.parametrize("value", [0, 1, 0x20, 0x80, 0xFF, None])
def test_with_any_byte_changed_it_is_read_as_zipfile_reads_it(tmp_path: Path, value: int | None):
    whole, file, rng = written(SMALL), tmp_path / "a.zip", random.Random(7)
    for at in range(len(whole)):
        data = bytearray(whole)
        data[at] = rng.randrange(256) if value is None else data[at] ^ value if value < 0x20 else value
        file.write_bytes(data)
        assert by_reader(file) == by_zipfile(file), at


@pytest.mark.parametrize("size", [0, 1, 21, 22, 40, 97, 98, 120])
def test_a_file_cut_off_is_read_as_zipfile_reads_it(tmp_path: Path, size: int):
    file = tmp_path / "a.zip"
    for data in (written(SMALL)[:size], written(SMALL)[size:], written({})[:size]):
        file.write_bytes(data)
        assert by_reader(file) == by_zipfile(file)


@pytest.mark.parametrize("name", ["/a", "../a", "a/../b", "a\\b", "c:a", "a\nb", "é"])
def test_names_that_lead_elsewhere_are_left_to_zipfile(name: str):
    assert plain(written({"a.xml": (b"", True), name: (b"", True)})) is None


def test_what_stands_before_or_behind_is_left_to_zipfile():
    whole = written(SMALL)
    assert plain(whole) and plain(b"#!" + whole) is None and plain(whole + b"\0") is None


def test_what_may_do_harm_is_left_to_the_check(tmp_path: Path):
    file = tmp_path / "a.zip"
    twice = written({"aaaa": (b"1", True), "aaab": (b"2", True)}).replace(b"aaab", b"aaaa")
    bomb = written({"a": (bytes(3_000_000), False)})
    for data in (twice, bomb, written({f"{at}": (b"", True) for at in range(101)})):
        file.write_bytes(data)
        assert plain(data) is None and by_reader(file) is Harmful


def test_another_directory_behind_a_larger_ones_end_is_left_to_zipfile():
    """zipfile believes the larger end that stands before a plain one, even where nothing says that there is one."""
    whole = written({"a": (b"", True), "PK67" + "x" * 16: (b"", True)}).replace(b"PK67", b"PK\6\7")
    assert plain(whole) is None
    count = struct.pack("<H", 7)
    assert plain(written(SMALL)[:-14] + count * 2 + written(SMALL)[-10:]) is None

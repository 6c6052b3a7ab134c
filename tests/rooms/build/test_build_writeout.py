"""A large file is hashed while it is read back: its checksum is that of the bytes that stand there in the end."""

from __future__ import annotations

import threading
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.build import writeout
from mathbook.build.writeout import Writeout


@pytest.fixture(scope="module", autouse=True)
def _small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writeout, "LARGE", 64)
        yield


@settings(deadline=None)
@given(st.binary(max_size=400), st.binary(max_size=200), st.data())
def test_the_checksum_is_that_of_what_stands_there(before: bytes, new: bytes, data: st.DataObject):
    kept = data.draw(st.integers(0, len(before)))
    with TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(before)
        way = Writeout(path)
        if data.draw(st.booleans()):
            way.begin()
        way.wait()
        path.write_bytes(before[:kept] + new)
        assert way.digest(kept) == sha256(before[:kept] + new).hexdigest()


def test_only_a_large_file_has_a_thread_of_its_own_and_it_has_ended_when_it_was_waited_for(tmp_path: Path):
    before = threading.active_count()
    for size in (63, 64):
        path = tmp_path / f"{size}"
        path.write_bytes(bytes(size))
        way = Writeout(path)
        way.begin()
        way.wait()
        assert (len(way._sums) > 1) == (size >= 64)
    assert threading.active_count() == before


def test_what_is_hashed_meanwhile_is_not_read_again(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(bytes(640))
    way = Writeout(path)
    way.begin()
    way.wait()
    path.write_bytes(b"x" * 640)
    assert way.digest(kept=640) == sha256(bytes(640)).hexdigest()


def test_a_file_that_went_away_meanwhile_is_met_by_whoever_needs_it(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(bytes(640))
    way = Writeout(path)
    path.rename(tmp_path / "other")
    way._go()
    with pytest.raises(FileNotFoundError):
        way.digest(kept=0)

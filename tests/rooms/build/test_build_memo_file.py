"""What a build remembers in a file: what is new is put behind what is there, and nothing of it is believed blindly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from mathbook.build.memo_file import MemoFile

KEYS = st.text("abcdef", min_size=1, max_size=3)
BUILDS = st.lists(st.dictionaries(KEYS, st.binary(max_size=60), max_size=6), min_size=1, max_size=6)


def remembered(path: Path, builds: Sequence[dict[str, bytes]]) -> None:
    """Build again and again: each asks for what it needs, and keeps what isn't there as it should be."""
    for needed in builds:
        memo = MemoFile(path, "code")
        for key, data in needed.items():
            if memo.recall(key) != data:
                memo.keep(key, data)
        memo.save()


@given(BUILDS)
def test_what_the_last_build_needed_is_remembered(builds):
    with TemporaryDirectory() as folder:
        remembered(Path(folder, "memo"), builds)
        memo = MemoFile(Path(folder, "memo"), "code")
        assert {key: memo.recall(key) for key in builds[-1]} == builds[-1]
        assert not memo.damaged


@given(BUILDS, st.data())
def test_of_a_damaged_file_nothing_wrong_is_remembered(builds, data):
    with TemporaryDirectory() as folder:
        path = Path(folder, "memo")
        remembered(path, builds)
        whole = path.read_bytes() if path.exists() else b""
        if not whole:
            return
        at = data.draw(st.integers(0, len(whole) - 1))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << data.draw(st.integers(0, 7))]) + whole[at + 1 :])
        memo = MemoFile(path, "code")
        said = {key: memo.recall(key) for build in builds for key in build}
        assert all(found is None or any(build.get(key) == found for build in builds) for key, found in said.items())
        remembered(path, builds[-1:])
        again = MemoFile(path, "code")
        assert {key: again.recall(key) for key in builds[-1]} == builds[-1]


def test_what_is_new_is_put_behind_what_is_there(tmp_path):
    long = {f"key-{number}": bytes(1000) for number in range(200)}
    remembered(tmp_path / "memo", [long])
    before = (tmp_path / "memo").read_bytes()
    remembered(tmp_path / "memo", [{**long, "new": b"one"}])
    after = (tmp_path / "memo").read_bytes()
    assert after.startswith(before)
    assert len(after) < len(before) + 200


def test_a_file_that_holds_much_that_nobody_needs_is_written_anew(tmp_path):
    for round_ in range(20):
        remembered(tmp_path / "memo", [{f"key-{round_}-{number}": bytes(1000) for number in range(100)}])
    assert (tmp_path / "memo").stat().st_size < 300_000


def test_a_segment_that_was_cut_off_is_told_as_damage_and_mended(tmp_path):
    long = {f"key-{number}": bytes(1000) for number in range(200)}
    remembered(tmp_path / "memo", [long, {**long, "new": b"one"}])
    whole = (tmp_path / "memo").read_bytes()
    (tmp_path / "memo").write_bytes(whole[:-2])
    memo = MemoFile(tmp_path / "memo", "code")
    assert (memo.recall("key-7"), memo.recall("new")) == (bytes(1000), None)
    assert memo.damaged
    remembered(tmp_path / "memo", [{**long, "new": b"two"}])
    assert MemoFile(tmp_path / "memo", "code").recall("new") == b"two"


def test_what_other_code_made_is_forgotten(tmp_path):
    remembered(tmp_path / "memo", [{"key": b"one"}])
    assert MemoFile(tmp_path / "memo", "other code").recall("key") is None

"""The cache and the executor: nothing damaged is ever used, and one failure doesn't take the others with it."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathbook.build.cache import Cache, Damaged, pack, unpack
from mathbook.build.executor import compile_all
from mathbook.build.jobs import Job
from mathbook.build.keys import fragment_key
from mathbook.build.publish import only_one, publish, staging, write_ledger
from mathbook.diagnostics import Code, Collector, Diagnostic, Severity, Span
from mathbook.document.book import Matter, Meta
from mathbook.document.edition import Options
from mathbook.document.fingerprint import fingerprint
from mathbook.document.fragment import Bookmark, Caption, Fragment, Place
from mathbook.document.nodes import Paragraph, Text
from mathbook.document.pagination import PageStart
from mathbook.document.theme import Theme
from mathbook.formats import FormatRow
from mathbook.theme.load import load_theme
from memories import Kept

FRAGMENT = Fragment(
    unit="u",
    format="pdf",
    content=bytes(range(256)),
    extent=3,
    places=(Place("eq:a", 1, 2.5),),
    needs=("eq:b",),
    starts=(PageStart("solutions", 7, "before", "after"),),
    diagnostics=(Diagnostic(Code.COMPILE_WARNING, Severity.WARNING, Span("a.md", 3, 4), "said", "hint"),),
    smallest=9.5,
    bookmarks=(Bookmark(1, "Ünit", 0, 700.25), Bookmark(2, "Section", 2, 12.0)),
    captions=(Caption("fig", "fig-a", "Figure 1: Ä"),),
    lines="0123",
)


def unit(name: str, words: str = "") -> Matter:
    return Matter(name, name, "front", (Text(name),), (Paragraph((Text(words),)),), Span(f"{name}.md"))


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded is not None
    return loaded


def test_a_fragment_comes_back_as_it_was():
    assert unpack(pack(FRAGMENT)) == FRAGMENT


@given(st.data())
def test_a_single_changed_bit_is_found(data: st.DataObject):
    packed = bytearray(pack(FRAGMENT))
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(ValueError):
        unpack(bytes(packed))


@given(st.integers(0, len(pack(FRAGMENT)) - 1))
def test_a_cut_off_entry_is_found(length: int):
    with pytest.raises(ValueError):
        unpack(pack(FRAGMENT)[:length])


def test_a_damaged_entry_is_thrown_away(tmp_path: Path):
    cache = Cache(tmp_path)
    assert cache.put("abc", FRAGMENT)
    (tmp_path / "ab" / "abc").write_bytes(b"nothing")
    with pytest.raises(Damaged):
        cache.get("abc")
    assert cache.get("abc") is None


def test_a_cache_that_can_t_be_written_harms_nothing(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    assert Cache(tmp_path / "file").put("abc", FRAGMENT) is False


def test_a_key_depends_on_all_that_decides(theme: Theme):
    row = FormatRow("epub", "mathbook.epub", "book.epub")
    options = Options("student", Meta(title="T"))
    base = fragment_key(fingerprint(unit("u", "words")), theme, options, row)
    assert base == fragment_key(fingerprint(unit("u", "words")), theme, options, row)
    assert base != fragment_key(fingerprint(unit("u", "other words")), theme, options, row)
    assert base != fragment_key(fingerprint(unit("u", "words")), theme, Options("instructor", options.meta), row)
    assert base != fragment_key(
        fingerprint(unit("u", "words")), theme, options, FormatRow("deck", "mathbook.deck", "deck.pptx")
    )


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FormatRow]:
    """A format whose compiler does what the unit's id says."""
    package = tmp_path / "strange_format"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "compile.py").write_text(
        "import os\n"
        "from mathbook.document.fragment import Fragment\n"
        "def compile(unit, theme, options):\n"
        "    if unit.id == 'raises':\n"
        "        raise ValueError('no way')\n"
        "    if unit.id == 'full':\n"
        "        raise OSError(28, 'No space left on device')\n"
        "    if unit.id == 'dies':\n"
        "        os._exit(9)\n"
        "    return Fragment(unit.id, 'pdf', b'done')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    yield FormatRow("pdf", "strange_format", "book.pdf")
    sys.modules.pop("strange_format", None)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_compiler_that_raises_becomes_a_diagnostic_and_the_others_go_on(room: FormatRow, theme: Theme, workers: int):
    jobs = [Job(name, unit(name), Options("student", Meta(title="T")), room) for name in ("one", "raises", "two")]
    results = {result.job.unit.id: result for result in compile_all(jobs, theme, workers)}
    assert results["one"].fragment and results["two"].fragment
    (told,) = results["raises"].diagnostics
    assert told.code is Code.COMPILE_FAILED
    assert "raises could not be compiled" in told.message and "no way" in told.message


@pytest.mark.parametrize("workers", [1, 2])
def test_a_full_disk_is_no_fault_of_a_unit(room: FormatRow, theme: Theme, workers: int):
    jobs = [Job(name, unit(name), Options("student", Meta(title="T")), room) for name in ("one", "full")]
    with pytest.raises(OSError, match="No space left on device: 'full, compiled for pdf'"):
        list(compile_all(jobs, theme, workers))


def test_a_compiler_that_kills_its_process_becomes_a_diagnostic_and_the_others_go_on(room: FormatRow, theme: Theme):
    jobs = [Job(name, unit(name), Options("student", Meta(title="T")), room) for name in ("one", "dies", "two")]
    results = {result.job.unit.id: result for result in compile_all(jobs, theme, 2)}
    assert results["one"].fragment and results["two"].fragment
    assert "process died" in results["dies"].diagnostics[0].message


def test_staged_files_appear_together_and_stale_staging_is_removed(tmp_path: Path):
    dist = tmp_path / "dist"
    (dist / ".staging-1").mkdir(parents=True)
    with staging(dist) as staged:
        (staged / "a.pdf").write_bytes(b"a")
        write_ledger(staged, b'{"edition": "1"}')
        assert not (dist / "a.pdf").exists()
        published = [event.file for event in publish(staged, dist)]
    assert published == ["a.pdf", "ledger.json"]
    assert sorted(path.name for path in dist.iterdir()) == ["a.pdf", "ledger.json"]


def test_a_failure_before_publishing_leaves_nothing(tmp_path: Path):
    dist = tmp_path / "dist"
    with pytest.raises(RuntimeError), staging(dist) as staged:
        (staged / "a.pdf").write_bytes(b"a")
        raise RuntimeError
    assert list(dist.iterdir()) == []


def test_the_room_is_a_module_of_its_own(room: FormatRow):
    assert isinstance(__import__(room.room), types.ModuleType)


def test_a_failure_in_the_middle_of_publishing_takes_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    dist = tmp_path / "dist"
    with staging(dist) as staged:
        for name in ("a.pdf", "b.pdf", "gone.pdf"):
            (staged / name).write_bytes(b"old")
        write_ledger(staged, b'{"edition": "1"}')
        list(publish(staged, dist))
    before = {path.name: path.read_bytes() for path in dist.iterdir()}
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if self.name == "b.pdf" and target.parent == dist and self.read_bytes() == b"new":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with pytest.raises(OSError), staging(dist) as staged:
        for name in ("a.pdf", "b.pdf"):
            (staged / name).write_bytes(b"new")
        write_ledger(staged, b'{"edition": "2"}')
        monkeypatch.setattr(Path, "replace", failing)
        list(publish(staged, dist))
    assert {path.name: path.read_bytes() for path in dist.iterdir()} == before


def test_a_second_build_waits_for_the_first(tmp_path: Path):
    with only_one(tmp_path), pytest.raises(BlockingIOError), only_one(tmp_path, wait=False):
        pass
    with only_one(tmp_path, wait=False):
        pass


def test_the_head_of_an_entry_that_nobody_touched_is_known_without_reading_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    cache, memo = Cache(tmp_path), Kept()
    assert cache.put("abc", FRAGMENT)
    bare = replace(FRAGMENT, content=b"")
    assert cache.head("abc", memo) == bare
    assert not memo.entries, "it was written a moment ago"
    monkeypatch.setattr("mathbook.project._SETTLED", -(10**10))
    assert cache.head("abc", memo) == bare
    monkeypatch.setattr(Cache, "get", lambda self, key: pytest.fail("it was read"))
    assert cache.head("abc", memo) == bare


def test_a_known_head_of_a_damaged_entry_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mathbook.project._SETTLED", -(10**10))
    cache, memo = Cache(tmp_path), Kept()
    assert cache.put("abc", FRAGMENT)
    assert cache.head("abc", memo)
    path = tmp_path / "ab" / "abc"
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    with pytest.raises(Damaged):
        cache.head("abc", memo)
    assert cache.head("abc", memo) is None


def test_heads_of_another_form_of_entries_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("mathbook.project._SETTLED", -(10**10))
    cache = Cache(tmp_path)
    assert cache.put("abc", FRAGMENT)
    memo = cache.heads_of("pdf/student")
    assert cache.head("abc", memo)
    memo.save()
    assert Cache(tmp_path).heads_of("pdf/student").recall("abc")
    monkeypatch.setattr("mathbook.build.cache._MAGIC", b"mathbook-fragment-next\n")
    assert Cache(tmp_path).heads_of("pdf/student").recall("abc") is None


def test_what_a_build_put_needs_not_be_read_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    cache = Cache(tmp_path)
    assert cache.put("abc", FRAGMENT)
    cache.keep_head("abc", cache.heads_of("pdf/student"))
    cache.keep_head("never put", cache.heads_of("pdf/student"))
    assert cache.heads_of("pdf/student").recall("abc") is None, "it was written a moment ago"
    monkeypatch.setattr("mathbook.project._SETTLED", -(10**10))
    cache.keep_head("abc", cache.heads_of("pdf/student"))
    cache.heads_of("pdf/student").save()
    monkeypatch.setattr(Cache, "get", lambda self, key: pytest.fail("it was read"))
    again = Cache(tmp_path)
    assert again.head("abc", again.heads_of("pdf/student")) == replace(FRAGMENT, content=b"")

"""Faults of the machine: a full disk, a signal, a build beside another. Nothing hangs, and nothing is half done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mathbook.authoring.new import create
from mathbook.build.cache import Cache
from mathbook.build.events import Compiled, Event, NotKept, Planned, Published, Told, Waiting
from mathbook.build.keys import code_digest
from mathbook.build.make import Request, make
from mathbook.build.publish import only_one, publish, staging, write_ledger
from mathbook.build.report import Voice, report
from mathbook.diagnostics import Code, Diagnostic, Severity, Span
from mathbook.document.fragment import Fragment
from mathbook.project import Project

SLOW = """
import os, time
from pathlib import Path
def compile(unit, theme, options):
    Path(os.environ["STARTED"], str(os.getpid())).touch()
    time.sleep(120)
"""
BUILD = """
import sys
from mathbook import formats
formats.SHIPPED = (formats.FormatRow("pdf", "slow_format", "book.pdf"),)
sys.argv = ["mathbook", "build", "pdf", "-j", "2", "--quiet"]
from mathbook.cli import main
main()
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    create(tmp_path / "book", "A Book")
    return tmp_path / "book"


@pytest.fixture
def slow(tmp_path: Path, book: Path) -> subprocess.Popen[str]:
    """A build in a process of its own whose two workers have begun, and won't be done in this test's time."""
    package, started = tmp_path / "slow_format", tmp_path / "started"
    package.mkdir()
    started.mkdir()
    (package / "__init__.py").touch()
    (package / "compile.py").write_text(SLOW)
    paths = [str(tmp_path), os.environ.get("PYTHONPATH", "")]
    env = {**os.environ, "STARTED": str(started), "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    command = [sys.executable, "-c", BUILD]
    # as a terminal does: background jobs of a shell come with this signal turned off
    build = subprocess.Popen(
        command, cwd=book, env=env, stderr=subprocess.PIPE, text=True, preexec_fn=_hears_interrupts
    )
    assert _eventually(lambda: len(list(started.iterdir())) == 2), build.communicate(timeout=5)
    return build


def _hears_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _eventually(holds) -> bool:
    """Return whether it comes to hold within 30 seconds."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def _runs(process: int) -> bool:
    """Return whether the process is there and at work: one that has ended and that nobody waited for is a zombie."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return told.stdout.strip()[:1] not in ("", "Z")


@pytest.mark.parametrize(("sent", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGKILL", -9)])
def test_a_build_that_is_stopped_takes_its_workers_along_at_once(
    slow: subprocess.Popen[str], tmp_path: Path, book: Path, sent: str, code: int
):
    workers = [int(file.name) for file in (tmp_path / "started").iterdir()]
    slow.send_signal(getattr(signal, sent))
    assert slow.wait(timeout=20) == code
    assert _eventually(lambda: not any(_runs(worker) for worker in workers))
    if sent != "SIGKILL":
        assert "Traceback" not in slow.communicate()[1]
        assert list((book / "dist").iterdir()) == []


def test_a_cache_that_takes_nothing_is_told_of_and_the_book_is_built(book: Path):
    (book / ".mathbook").mkdir()
    (book / ".mathbook" / "cache").write_text("a file where the folder should be")
    events = list(make(Project(book), Request(formats=("epub",))))
    assert sum(isinstance(event, NotKept) for event in events) == sum(isinstance(event, Compiled) for event in events)
    assert "book.epub" in {event.file for event in events if isinstance(event, Published)}


def test_what_the_disk_does_not_take_is_held_for_this_build(tmp_path: Path):
    (tmp_path / "cache").write_text("")
    cache, fragment = Cache(tmp_path / "cache"), Fragment("u", "pdf", b"content")
    assert not cache.put("abc", fragment)
    assert cache.get("abc") == fragment


def test_a_full_disk_is_told_with_the_name_of_the_file(book: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **_kept: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mathbook.epub.link.link", full)
    with pytest.raises(OSError, match="No space") as met:
        list(make(Project(book), Request(formats=("epub",))))
    assert str(met.value.filename).endswith("book.epub")


def test_a_file_that_can_not_be_replaced_leaves_all_others_as_they_were(book: Path):
    list(make(Project(book), Request(formats=("epub",))))
    (book / "dist/index.html").unlink()
    (book / "dist/index.html").mkdir()
    before = {file.name: file.read_bytes() for file in (book / "dist").iterdir() if file.is_file()}
    example = book / "manuscript/examples/02-birthdays.md"
    example.write_text(example.read_text("utf-8").replace("the balance tips", "the balance turns"), "utf-8")
    with pytest.raises(IsADirectoryError, match=r"index\.html"):
        list(make(Project(book), Request(formats=("epub",))))
    assert {file.name: file.read_bytes() for file in (book / "dist").iterdir() if file.is_file()} == before


def test_at_no_moment_of_publishing_a_finished_file_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    dist, replace, seen = tmp_path / "dist", Path.replace, []

    def watched(self: Path, target: Path) -> Path:
        seen.append(sorted(path.name for path in dist.iterdir() if path.is_file()))
        return replace(self, target)

    for words in ("old", "new"):
        with staging(dist) as staged:
            (staged / "a.pdf").write_text(words)
            write_ledger(staged, json.dumps({"edition": words}).encode())
            if words == "new":
                monkeypatch.setattr(Path, "replace", watched)
            list(publish(staged, dist))
    assert seen == [["a.pdf", "ledger.json"], ["a.pdf", "ledger.json"]]
    assert (dist / "a.pdf").read_text() == "new"


def test_a_build_beside_another_says_that_it_waits(book: Path):
    with only_one(book / ".mathbook"):
        events = make(Project(book), Request(formats=("epub",)))
        assert isinstance(next(events), Waiting)
    assert any(isinstance(event, Published) for event in events)


def test_the_manuscript_is_read_after_the_wait(book: Path):
    with only_one(book / ".mathbook"):
        events = make(Project(book), Request(formats=("epub",)))
        next(events)
        (book / "manuscript/examples/02-birthdays.md").unlink()
        (book / "seeds/02-birthdays.yaml").unlink()
    assert {event.unit for event in events if isinstance(event, Compiled)} == {"preface", "odd-numbers"}


def test_the_code_of_a_format_from_elsewhere_is_in_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    digests = set()
    for name, code in (("one_format", "x = 1"), ("other_format", "x = 2"), ("same_format", "x = 2")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(code)
        monkeypatch.syspath_prepend(str(tmp_path))
        digests.add(code_digest((name,)))
    assert len(digests) == 2


WARNING = Told(Diagnostic(Code.COMPILE_WARNING, Severity.WARNING, Span("a.md"), "said"))


def spoken(*events: Event) -> tuple[list[str], list[str], list[str]]:
    """Return what is said of the events, what is warned of, and what is drawn."""
    said, warned, drawn = [], [], []
    report(events, Voice(said.append, warned.append, drawn.append))
    return said, warned, drawn


def test_a_warning_is_a_warning_and_is_given_once():
    said, warned, _ = spoken(WARNING, WARNING, NotKept("u", "pdf", "student"), NotKept("v", "pdf", "student"))
    assert said == []
    assert len(warned) == 2


def test_the_bar_is_full_when_all_is_compiled_and_wiped_before_a_line():
    _, _, drawn = spoken(Planned(2, 1), Compiled("u", "pdf", "student"), Published("book.pdf", 1000, True))
    assert drawn[0].endswith("░ 0/1")
    assert "░" not in drawn[1] and drawn[1].endswith("█ 1/1")
    assert drawn[2] == ""

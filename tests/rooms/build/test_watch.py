"""Watching: what begins a build, and that one is made of what is on the disk, whatever was remembered."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest

from mathbook.authoring.new import create
from mathbook.build import watch
from mathbook.build.events import Compiled, Linked
from mathbook.build.make import Request, make
from mathbook.build.watch import Stamps, looked, rounds, stamps_of
from mathbook.diagnostics import Code, Stop
from mathbook.project import Project
from mathbook.source import read as reading

FIRST, SECOND = "manuscript/examples/01-odd-numbers.md", "manuscript/examples/02-birthdays.md"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    create(tmp_path / "book", "A Book")
    return Project(tmp_path / "book")


def add(project: Project, name: str, words: str) -> None:
    path = project.root / name
    path.write_text(path.read_text("utf-8") + words, "utf-8")


def after_each(project: Project, *edits: Callable[[], None]) -> Iterator[Stamps]:
    """Yield the stamps before the edits, and after each of them."""
    yield stamps_of(project)
    for edit in edits:
        edit()
        yield stamps_of(project)


def test_a_round_compiles_what_was_saved_and_says_which_file_it_was(project: Project):
    saves = after_each(project, lambda: add(project, SECOND, "\nOne more.\n"))
    first, second = [
        (one.changed, {event.unit for event in one.events if isinstance(event, Compiled)})
        for one in rounds(project, Request(("epub",)), lambda: saves)
    ]
    assert first == ((), {"preface", "odd-numbers", "birthdays"})
    assert second == ((SECOND,), {"birthdays"})


def test_a_warm_round_parses_only_what_changed_and_builds_the_bytes_of_a_cold_one(
    project: Project, monkeypatch: pytest.MonkeyPatch
):
    parsed: list[str] = []
    plain = reading.read_front_matter
    monkeypatch.setattr(
        reading, "read_front_matter", lambda text, file, told: (parsed.append(file), plain(text, file, told))[1]
    )
    saves = after_each(project, lambda: add(project, FIRST, "\nOne more.\n"))
    for one in rounds(project, Request(("epub",)), lambda: saves):
        cold = len(parsed)
        list(one.events)
    assert parsed[cold:] == [FIRST]
    assert list(make(project, Request(("epub",)))), "another process builds"
    assert parsed[cold:] == [FIRST], "and parses nothing"
    warm = (project.dist / "book.epub").read_bytes()
    shutil.rmtree(project.dist)
    shutil.rmtree(project.cache)
    list(make(project, Request(("epub",))))
    assert (project.dist / "book.epub").read_bytes() == warm


def test_of_a_file_that_is_watched_nothing_else_is_made(project: Project):
    saves = after_each(
        project,
        lambda: add(project, FIRST, "\nOne more.\n"),
        lambda: add(project, SECOND, "\nOne more.\n"),
        lambda: (project.root / SECOND).rename(project.root / SECOND.replace("birthdays", "days")) and None,
        lambda: (project.root / SECOND.replace("birthdays", "days")).rename(project.root / SECOND) and None,
    )
    seen: list[object] = []
    for one in rounds(project, Request(files=("decks/02-birthdays.pptx",)), lambda: saves):
        try:
            seen.append([event.file for event in one.events if isinstance(event, Linked)])
        except Stop as stop:
            seen.append([diagnostic.code for diagnostic in stop.diagnostics])
    assert seen == [["decks/02-birthdays.pptx"], [], ["decks/02-birthdays.pptx"], [Code.FILE_UNKNOWN], []]


def test_a_mistake_is_told_in_each_round_until_it_is_mended(project: Project):
    sound = (project.root / FIRST).read_text("utf-8")
    saves = after_each(
        project,
        lambda: add(project, FIRST, "\n![A hill](figures/none.svg)\n\n@eq:nowhere\n"),
        lambda: add(project, SECOND, "\nOne more.\n"),
        lambda: (project.root / FIRST).write_text(sound, "utf-8") and None,
    )
    told = []
    for one in rounds(project, Request(("epub",)), lambda: saves):
        try:
            list(one.events)
        except Stop as stop:
            told.append([str(diagnostic.code) for diagnostic in stop.diagnostics])
        else:
            told.append([])
    assert [len(codes) for codes in told] == [0, 2, 2, 0]
    assert told[1] == told[2]


def test_a_changed_picture_is_seen_though_no_text_changed(project: Project):
    picture = next(project.manuscript.rglob("*.svg"))
    saves = after_each(
        project, lambda: picture.write_text(picture.read_text().replace("</svg>", "<g/></svg>")) and None
    )
    *_, last = [
        {event.unit for event in one.events if isinstance(event, Compiled)}
        for one in rounds(project, Request(("epub",)), lambda: saves)
    ]
    assert len(last) == 1


def test_the_files_are_looked_at_until_they_are_quiet(project: Project):
    """An editor writes a file in pieces: a build begins after the last."""
    steps = iter([None, "a", "b", "c", None, None, None])

    def sleep(_: float) -> None:
        if words := next(steps, None):
            add(project, FIRST, words)

    first, second = islice(looked(project, 0, sleep), 2)
    assert watch.differing(first, second) == (FIRST,)
    assert (project.root / FIRST).read_text("utf-8").endswith("abc")


def test_what_editors_leave_beside_a_file_begins_nothing(project: Project):
    before = stamps_of(project)
    for name in (".02-birthdays.md.swp", "02-birthdays.md~", "4913.tmp"):
        (project.manuscript / "examples" / name).write_text("x")
    assert watch.differing(before, stamps_of(project)) == ()

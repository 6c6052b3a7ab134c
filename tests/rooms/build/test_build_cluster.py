"""Units are compiled by whatever is an executor: on a cluster it is Dask's, here it is one of threads."""

from __future__ import annotations

import sys
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from mathbook.authoring.new import create
from mathbook.build.cluster import compile_here, executor_at
from mathbook.build.events import Compiled
from mathbook.build.jobs import Job
from mathbook.build.make import Request, make
from mathbook.cli import cli
from mathbook.diagnostics import Stop
from mathbook.project import Project

EPUB = Request(formats=("epub",), audiences=("student",))


@pytest.fixture
def book(tmp_path: Path) -> Project:
    create(tmp_path / "book", "A Book")
    return Project(tmp_path / "book")


class Recording(ThreadPoolExecutor):
    """Threads that remember what they were given."""

    def __init__(self) -> None:
        super().__init__(2)
        self.given: list[Job] = []

    def submit(self, work: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        self.given.append(arguments[0])
        return super().submit(work, *arguments, **named)


def built(book: Project, executor: Executor | None) -> bytes:
    list(make(book, Request(EPUB.formats, EPUB.audiences, executor=executor)))
    return (book.dist / "book.epub").read_bytes()


def test_units_are_compiled_elsewhere_to_the_same_bytes(book: Project, tmp_path: Path):
    with Recording() as executor:
        there = built(book, executor)
    assert {job.unit.id for job in executor.given} == {"odd-numbers", "birthdays", "preface"}
    create(tmp_path / "other", "A Book")
    assert there == built(Project(tmp_path / "other"), None)


def test_what_is_in_the_cache_is_not_sent(book: Project):
    built(book, None)
    with Recording() as executor:
        built(book, executor)
    assert executor.given == []


class Broken(Executor):
    """A cluster whose workers die."""

    def submit(self, work: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(RuntimeError("the worker is gone"))
        return future


def test_a_worker_that_dies_is_told_and_nothing_is_published(book: Project):
    with pytest.raises(Stop) as stop:
        built(book, Broken())
    assert all("RuntimeError: the worker is gone" in one.message for one in stop.value.diagnostics)
    assert not (book.dist / "book.epub").exists()


def test_a_worker_with_other_code_compiles_nothing(book: Project):
    with Recording() as executor:
        events = list(make(book, Request(EPUB.formats, EPUB.audiences, executor=executor)))
    assert any(isinstance(event, Compiled) for event in events)
    result = compile_here(executor.given[0], None, "another")  # type: ignore[arg-type]
    assert result.fragment is None
    assert "another version of mathbook" in result.diagnostics[0].message


def dask(client: object) -> ModuleType:
    module = ModuleType("distributed")
    module.Client = client  # type: ignore[attr-defined]
    return module


def test_at_a_url_the_executor_is_that_of_dasks_client(monkeypatch: pytest.MonkeyPatch):
    asked = []

    class Client:
        def __init__(self, url: str, timeout: int) -> None:
            asked.append(url)

        def __enter__(self) -> None:
            asked.append("open")

        def __exit__(self, *_: object) -> None:
            asked.append("closed")

        def get_executor(self, pure: bool) -> str:
            return "the executor"

    monkeypatch.setitem(sys.modules, "distributed", dask(Client))
    with executor_at("tcp://scheduler:8786") as executor:
        assert executor == "the executor"
    assert asked == ["tcp://scheduler:8786", "open", "closed"]


def silent(*_: object, **__: object) -> None:
    raise OSError("Timed out trying to connect")


@pytest.mark.parametrize(
    ("url", "module", "code", "said"),
    [
        ("scheduler:8786", None, 2, "not a scheduler's address, as tcp://HOST:PORT"),
        ("tcp://scheduler:8786", None, 3, "pip install 'mathbook[cluster]'"),
        ("tcp://scheduler:8786", dask(silent), 3, "no scheduler answers at tcp://scheduler:8786: Timed out"),
    ],
)
def test_the_command_says_what_is_wrong(
    book: Project, monkeypatch: pytest.MonkeyPatch, url: str, module: ModuleType | None, code: int, said: str
):
    monkeypatch.setitem(sys.modules, "distributed", module)
    done = CliRunner().invoke(cli, ["-C", str(book.root), "build", "epub", "--executor", url])
    assert (done.exit_code, said in done.output) == (code, True)
    assert not book.dist.exists()

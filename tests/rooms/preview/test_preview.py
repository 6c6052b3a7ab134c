"""The live page: what it lists, what it serves, and above all what it doesn't."""

from __future__ import annotations

import http.client
import io
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from mathbook.authoring.new import create
from mathbook.build.make import Request, make
from mathbook.preview.drawings import Drawings
from mathbook.preview.server import Live, port_of, serve
from mathbook.project import Project

pytestmark = pytest.mark.xdist_group("preview")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("preview") / "book"
    create(folder, "A Book")
    list(make(Project(folder), Request()))
    return Project(folder)


@pytest.fixture(scope="module")
def live(project: Project) -> Live:
    return Live(project.dist, Drawings(project.cache.parent / "preview"))


@pytest.fixture(scope="module")
def port(live: Live) -> Iterator[int]:
    server = serve(live, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield port_of(server)
    server.shutdown()
    server.server_close()


def get(port: int, path: str, **headers: str) -> tuple[int, str, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=150)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.getheader("Content-Type", ""), answer.read()


def state(port: int, query: str = "") -> dict[str, object]:
    return json.loads(get(port, f"/state?{query}")[2])


def test_each_example_is_listed_with_its_files_in_all_formats(port: int):
    whole, first, second = state(port)["entries"]
    assert (whole["title"], whole["pdf"], whole["deck"]) == ("The whole book", "book.pdf", "deck.pptx")
    assert first == {
        "title": "1 Odd numbers make squares",
        "pdf": "handouts/01-odd-numbers.pdf",
        "epub": "book.epub",
        "page": "OEBPS/text/odd-numbers.xhtml",
        "deck": "decks/01-odd-numbers.pptx",
    }
    assert second["page"] == "OEBPS/text/birthdays.xhtml"


def test_an_instructor_is_shown_the_instructor_s_files(port: int):
    files = {entry["pdf"] for entry in state(port, "audience=instructor")["entries"]}
    assert files == {
        "book-instructor.pdf",
        *(f"handouts/0{n}-instructor.pdf" for n in ("1-odd-numbers", "2-birthdays")),
    }


@pytest.mark.parametrize("name", ["handouts/01-odd-numbers.pdf", "decks/02-birthdays.pptx"])
def test_pages_and_slides_are_drawn(port: int, name: str):
    count = json.loads(get(port, f"/drawing/{name}")[2])
    assert count >= 1
    status, kind, data = get(port, f"/drawing/{name}?page={count}")
    assert (status, kind) == (200, "image/png")
    assert Image.open(io.BytesIO(data)).width == 900
    assert get(port, f"/drawing/{name}?page={count + 1}")[0] == 404


def test_the_e_book_is_served_with_its_style_and_fonts(port: int):
    status, kind, page = get(port, "/epub/book.epub/OEBPS/text/birthdays.xhtml")
    assert (status, kind) == (200, "application/xhtml+xml")
    assert b"pairs by the square" in page
    assert get(port, "/epub/book.epub/OEBPS/style.css")[:2] == (200, "text/css")


def test_a_finished_file_can_be_taken_away(port: int, project: Project):
    assert get(port, "/file/book.pdf")[2] == (project.dist / "book.pdf").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        *("/file/../manuscript/book.yaml", "/file/%2e%2e/manuscript/book.yaml", "/file//etc/passwd"),
        *("/file/ledger.json", "/file/", "/drawing/../book.pdf", "/drawing/book.pdf?page=x", "/drawing/nothing.pdf"),
        *(
            "/epub/book.epub/../../x",
            "/epub/book.pdf/x",
            "/epub/none.epub/x",
            "/server.py",
            "/nothing",
            "/state?version=x",
        ),
    ],
)
def test_what_is_not_listed_is_not_served(port: int, path: str):
    assert get(port, path)[0] == 404


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Host": "127.0.0.1:1"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
def test_another_site_gets_nothing(port: int, headers: dict[str, str]):
    assert get(port, "/state", **headers)[0] == 403
    assert get(port, "/", **headers)[0] == 403


def test_a_page_that_waits_is_woken_by_the_next_build_and_told_what_is_wrong(port: int, live: Live):
    heard: list[dict[str, object]] = []
    version = state(port)["version"]
    waiting = threading.Thread(target=lambda: heard.append(state(port, f"version={version}")))
    waiting.start()
    live.built(("a.md:1:1: error[x]: something",))
    waiting.join(10)
    assert heard[0]["problems"] == ["a.md:1:1: error[x]: something"]
    assert heard[0]["version"] == version + 1
    live.built(())


def test_the_page_allows_no_script_but_its_own(port: int):
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/")
    policy = connection.getresponse().getheader("Content-Security-Policy", "")
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy


def test_a_deck_says_what_is_missing_where_there_is_no_libreoffice(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    server = serve(Live(project.dist, Drawings(tmp_path / "kept")), 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    status, _, words = get(port_of(server), "/drawing/deck.pptx")
    server.shutdown()
    assert status == 503
    assert b"LibreOffice" in words

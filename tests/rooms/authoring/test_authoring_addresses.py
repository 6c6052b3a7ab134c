"""Addresses are asked for on a server of our own, which has a page, an old page, a moved one and a grumpy one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mathbook.authoring.check.addresses import addresses, answer_of
from mathbook.authoring.check.run import run_checks
from mathbook.authoring.new import create
from mathbook.diagnostics import Collector, Severity, Span
from mathbook.document.book import Book, Meta
from mathbook.document.seeds import Seed
from mathbook.document.works import Work
from mathbook.project import Project

ANSWERS = {"/page": 200, "/gone": 404, "/moved": 301, "/grumpy": 500, "/get-only": 405, "/secret": 403, "/ä": 200}


class Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]]

    def do_HEAD(self) -> None:
        self.answer("HEAD")

    def do_GET(self) -> None:
        self.answer("GET")

    def answer(self, method: str) -> None:
        path = self.path.replace("%C3%A4", "ä")
        type(self).asked.append((method, path))
        status = 200 if (method, path) == ("GET", "/get-only") else ANSWERS.get(path, 404)
        self.send_response(status)
        if status == 301:
            self.send_header("Location", "/page")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "verdict"),
    [
        *[("/page", "there"), ("/moved", "there"), ("/get-only", "there"), ("/ä", "there")],
        *[("/gone", "gone"), ("/grumpy", "unsure"), ("/secret", "unsure")],
    ],
)
def test_a_server_is_asked(site: str, path: str, verdict: str):
    assert answer_of(site + path).verdict == verdict


def test_a_page_that_is_there_is_not_fetched(site: str):
    answer_of(site + "/page")
    assert Site.asked == [("HEAD", "/page")]


def test_where_nobody_listens_nothing_is():
    assert answer_of("http://127.0.0.1:9/").verdict == "gone"


def test_links_are_asked_for_once_and_told_at_their_first_place(site: str, tmp_path: Path):
    create(tmp_path / "book", "A Book")
    example = tmp_path / "book/manuscript/examples/01-odd-numbers.md"
    lines = len(example.read_text("utf-8").splitlines())
    links = f"\n[a]({site}/page) [b]({site}/gone) [c]({site}/gone) [d]({site}/grumpy)\n"
    example.write_text(example.read_text("utf-8") + links, "utf-8")
    for seed in (tmp_path / "book/seeds").glob("*.yaml"):
        text = seed.read_text("utf-8")
        seed.write_text("".join(line for line in text.splitlines(True) if not line.startswith("link:")), "utf-8")
    collector = Collector()
    run_checks(Project(tmp_path / "book"), collector, links=True)
    told = [(one.severity, one.span.line, one.message.removeprefix(site)) for one in collector.diagnostics]
    assert told == [
        (Severity.ERROR, lines + 2, "/gone: there is nothing at this address (404 Not Found)"),
        (Severity.WARNING, lines + 2, "/grumpy: the server gives another answer (500 Internal Server Error)"),
    ]
    assert sorted(path for _, path in Site.asked) == ["/gone", "/gone", "/grumpy", "/page"]


def test_nothing_is_asked_for_without_being_told_to(site: str, tmp_path: Path):
    create(tmp_path / "book", "A Book")
    with (tmp_path / "book/manuscript/examples/01-odd-numbers.md").open("a", encoding="utf-8") as file:
        file.write(f"\n[a]({site}/gone)\n")
    run_checks(Project(tmp_path / "book"), Collector())
    assert Site.asked == []


def test_seeds_and_works_have_addresses_too():
    seed = Seed("s", "", "", "", "", link="https://example.org/seed")
    work = Work("w", "book", words=(("URL", "https://example.org/work"), ("DOI", "10.1/2")), span=Span("a.bib", 3))
    found = addresses(Book(Meta(title=""), (), (seed,), (work,)), {"s": Span("seeds/s.yaml", 4)})
    assert found == {
        "https://example.org/seed": Span("seeds/s.yaml", 4),
        "https://example.org/work": Span("a.bib", 3),
        "https://doi.org/10.1/2": Span("a.bib", 3),
    }

"""The server of the live page. It listens on this machine only, and serves only what the last build published."""

from __future__ import annotations

import json
import mimetypes
import threading
import urllib.parse
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import BaseServer
from typing import Any
from zipfile import BadZipFile, ZipFile

from mathbook.preview.drawings import Drawings, NotDrawn
from mathbook.preview.entries import entries, published

HOST = "127.0.0.1"
_HERE = Path(__file__).parent
_PAGES = {
    "": ("page.html", "text/html"),
    "page.js": ("page.js", "text/javascript"),
    "page.css": ("page.css", "text/css"),
}
_TYPES = {".xhtml": "application/xhtml+xml", ".ttf": "font/ttf", ".otf": "font/otf", ".svg": "image/svg+xml"}
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self'; font-src 'self'; "
_POLICY += "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"


@dataclass
class Live:
    """What the page shows: the finished files, and what the last build had to say. Builds and pages share it."""

    dist: Path
    drawings: Drawings
    problems: tuple[str, ...] = ()
    version: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    def built(self, problems: tuple[str, ...]) -> None:
        """Note the end of a build, and wake the pages that wait for it."""
        with self.changed:
            self.problems, self.version = problems, self.version + 1
            self.changed.notify_all()

    def wait(self, version: int, seconds: float) -> int:
        """Return the version, at once if it is another than the page's, else after a build or so many seconds."""
        with self.changed:
            self.changed.wait_for(lambda: self.version != version, seconds)
            return self.version


def serve(live: Live, port: int) -> ThreadingHTTPServer:
    """Return the server, listening on the port (0: any that is free). Raises OSError if that is taken."""

    class Bound(_Handler):
        state = live

    server = ThreadingHTTPServer((HOST, port), Bound)
    server.daemon_threads = True
    return server


def port_of(server: BaseServer) -> int:
    """Return the port that the server listens on."""
    return int(server.server_address[1])  # type: ignore[index]  # an IPv4 address: host and port


class _Handler(BaseHTTPRequestHandler):
    state: Live

    def do_GET(self) -> None:
        """Answer a request for the page, its state, a drawing, or a part of the e-book."""
        if not self._is_ours():
            self._fail(HTTPStatus.FORBIDDEN)
            return
        url = urllib.parse.urlsplit(self.path)
        first, _, rest = urllib.parse.unquote(url.path).lstrip("/").partition("/")
        query = dict(urllib.parse.parse_qsl(url.query))
        answers: dict[str, Callable[[str, dict[str, str]], None]] = {
            "state": self._state,
            "drawing": self._drawing,
            "epub": self._member,
            "file": self._file,
        }
        try:
            answers.get(first, self._page)(rest or first, query)
        except (KeyError, IndexError, ValueError, OSError, BadZipFile):
            self._fail(HTTPStatus.NOT_FOUND)
        except NotDrawn as reason:
            self._send(str(reason).encode(), "text/plain; charset=utf-8", HTTPStatus.SERVICE_UNAVAILABLE)

    def _is_ours(self) -> bool:
        """Return whether the page itself asks: another site's can't (no rebinding of names, no foreign origin)."""
        names = {f"{host}:{port_of(self.server)}" for host in (HOST, "localhost")}
        origin = self.headers.get("Origin")
        return self.headers.get("Host") in names and (origin is None or origin.removeprefix("http://") in names)

    def _page(self, name: str, query: dict[str, str]) -> None:
        file, kind = _PAGES[name]
        self._send((_HERE / file).read_bytes(), f"{kind}; charset=utf-8")

    def _state(self, name: str, query: dict[str, str]) -> None:
        """Answer with what there is, when it is another version than the page has."""
        version = self.state.wait(int(query.get("version", "-1")), 20)
        audience: Any = "instructor" if query.get("audience") == "instructor" else "student"
        listed = [asdict(entry) for entry in entries(self.state.dist, audience)]
        answer = {"version": version, "problems": self.state.problems, "entries": listed}
        self._send(json.dumps(answer).encode(), "application/json")

    def _drawing(self, name: str, query: dict[str, str]) -> None:
        path = self._published(name)
        if "page" in query:
            self._send(self.state.drawings.page(path, int(query["page"])), "image/png")
        else:
            self._send(json.dumps(self.state.drawings.count(path)).encode(), "application/json")

    def _member(self, name: str, query: dict[str, str]) -> None:
        """Answer with a part of an e-book: `book.epub/OEBPS/text/…`."""
        book, _, member = name.partition("/")
        with ZipFile(self._published(book)) as opened:
            data = opened.read(member)
        suffix = Path(member).suffix
        self._send(data, _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream"))

    def _file(self, name: str, query: dict[str, str]) -> None:
        self._send(self._published(name).read_bytes(), "application/octet-stream", download=Path(name).name)

    def _published(self, name: str) -> Path:
        if name not in published(self.state.dist):
            raise KeyError(name)
        return self.state.dist / name

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK, download: str = "") -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        if download:
            headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{urllib.parse.quote(download)}"
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)

    def _fail(self, status: HTTPStatus) -> None:
        self._send(status.phrase.encode(), "text/plain; charset=utf-8", status)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal is the build's."""

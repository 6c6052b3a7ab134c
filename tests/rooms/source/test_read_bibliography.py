"""Bibliographies: BibTeX, CSL-JSON and YAML say the same; what is wrong is told at its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.diagnostics import Collector
from mathbook.document.book import Meta
from mathbook.document.works import Person, When, Work
from mathbook.project import Project
from mathbook.source.bibliography import read_bibliography
from mathbook.source.bibtex import read_bibtex
from mathbook.source.bibtex_words import csl_record, words
from mathbook.source.citation_style import read_citation_style

LAMPORT = Work(
    "lamport",
    "article-journal",
    (("author", (Person("Lamport", "Leslie"), Person("Gödel", "Kurt"), Person("Neumann", "John", "von"))),),
    (("issued", When(((1978, 7),))),),
    (("container-title", "CACM"), ("page", "558-565"), ("title", "On $L^2$ and <i>time</i>"), ("volume", "21")),
)
BIBTEX = r"""
A comment, with an @ in it.
@string{cacm = "CACM"}
@comment{not this}
@Article{lamport,
  author = {Leslie Lamport and G{\"o}del, Kurt and John von Neumann and others},
  title = "On $L^2$ and {\emph{time}}",
  journal = cacm, year = 1978, month = jul, volume = {21}, pages = {558--565},
}
"""
RECORD = {
    "id": "lamport",
    "type": "article-journal",
    "author": [
        {"family": "Lamport", "given": "Leslie"},
        {"family": "Gödel", "given": "Kurt"},
        {"family": "Neumann", "given": "John", "non-dropping-particle": "von"},
    ],
    "issued": {"date-parts": [[1978, 7]]},
    "container-title": "CACM",
    "page": "558-565",
    "title": "On $L^2$ and <i>time</i>",
    "volume": 21,
    "custom-of-some-program": {"a": 1},
}
YAML = """---
references:
- id: lamport
  type: article-journal
  author:
  - {family: Lamport, given: Leslie}
  - {family: Gödel, given: Kurt}
  - {family: Neumann, given: John, non-dropping-particle: von}
  issued: 1978-07
  container-title: CACM
  page: 558-565
  title: On $L^2$ and <i>time</i>
  volume: 21
...
"""


def read(folder: Path, name: str, text: str) -> tuple[tuple[Work, ...], list[str]]:
    (folder / "manuscript").mkdir(exist_ok=True)
    (folder / "manuscript" / name).write_text(text, "utf-8")
    collector = Collector()
    works = read_bibliography(Project(folder), Meta("B", bibliography=(name,)), collector)
    return works, [str(diagnostic) for diagnostic in collector.diagnostics]


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.bib", BIBTEX), ("a.json", json.dumps([RECORD])), ("a.yaml", YAML)],
    ids=["bib", "json", "yaml"],
)
def test_all_three_kinds_of_files_say_the_same(tmp_path, name, text):
    assert read(tmp_path, name, text) == ((LAMPORT,), [])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"G{\"o}del, \v{C}ech, {\O}re, Erd\H{o}s, \c{S}", "Gödel, Čech, Øre, Erdős, Ş"),
        (r"na{\"\i}ve \'{e}t\'e", "naïve été"),
        (r"{DNA} \& {R\&D}, 5\% -- and~on", "DNA & R&D, 5% – and\u00a0on"),
        (r"the \textit{big} one, $\alpha_{1}$", r"the <i>big</i> one, $\alpha_{1}$"),
    ],
)
def test_latex_letters_are_read(written, meant):
    assert words(written) == meant


def test_a_value_that_is_never_closed_is_told_and_the_next_entry_is_read(tmp_path):
    works, told = read(tmp_path, "a.bib", "@book{a, title = {Open\n@book{b, title = {B}}\n\n@book{c, title={C}}\n")
    assert told == ["manuscript/a.bib:1:1: error[bibliography.syntax]: a value is never closed"]
    assert [work.key for work in works] == ["b", "c"]


def test_a_key_that_is_there_twice_is_told_with_the_first_place(tmp_path):
    works, told = read(tmp_path, "a.bib", "@book{a, title={A}}\n@book{a, title={B}}\n")
    assert len(works) == 1
    assert told == [
        "manuscript/a.bib:2:1: error[id.duplicate]: two works have the key 'a'; the first is at manuscript/a.bib:1:1"
    ]


@pytest.mark.parametrize("text", ["{", "[[[", '{"a": 1}', "[1]", "[{}]", '[{"id": "a", "issued": "x", "author": 3}]'])
def test_json_of_the_wrong_shape_is_told(tmp_path, text):
    _, told = read(tmp_path, "a.json", text)
    assert told
    assert all("error[bibliography.syntax]" in line for line in told)


@given(st.text(alphabet='@{}(),="#\\ \nabAB1$-', max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_told_and_never_crashes(text):
    told: list[str] = []
    for entry in read_bibtex(text, lambda _, message: told.append(message)):
        assert csl_record(entry.type, entry.key, entry.fields)["id"] == entry.key


def style(folder: Path, text: str) -> tuple[str, list[str]]:
    (folder / "manuscript").mkdir(exist_ok=True)
    (folder / "manuscript" / "s.csl").write_text(text, "utf-8")
    collector = Collector()
    found = read_citation_style(Project(folder), Meta("B", csl="s.csl"), collector)
    return found, [diagnostic.message for diagnostic in collector.diagnostics]


def test_a_style_can_load_no_file(tmp_path):
    (tmp_path / "secret").write_text("s3cret")
    text = '<!DOCTYPE style [<!ENTITY e SYSTEM "../secret">]><style xmlns="http://purl.org/net/xbiblio/csl">&e;</style>'
    assert style(tmp_path, text) == ("", ["the style has a document type"])


def test_a_style_whose_macros_go_in_a_circle_is_told(tmp_path):
    text = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
    <macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>
    <citation><layout><text macro="a"/></layout></citation><bibliography><layout/></bibliography></style>"""
    assert style(tmp_path, text) == ("", ["the macro 'a' of the style uses itself"])


def test_a_style_that_is_not_as_the_schema_has_it_is_told(tmp_path):
    text = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><citation><layout>
    <blink/></layout></citation><bibliography><layout><text variable="title"/></layout></bibliography></style>"""
    found, (message,) = style(tmp_path, text)
    assert found == ""
    assert message.startswith("the style is not as CSL 1.0.2 has it (line ")

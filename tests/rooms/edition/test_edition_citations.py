"""Citations: words with links to the works' entries, the same for all formats."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Audience, Book, Example, Matter, Meta
from mathbook.document.edition import Edition
from mathbook.document.nodes import Anchor, Block, Cite, CiteItem, Exercise, Footnote, Formula, Link, Paragraph, Text
from mathbook.document.plain import plain
from mathbook.document.walk import walk
from mathbook.document.works import Person, When, Work
from mathbook.edition.locators import split_locator
from mathbook.edition.resolve import resolve
from mathbook.source.csl_records import DATES, PEOPLE, WORDS


def work(key: str, family: str, year: int, **words: str) -> Work:
    said = tuple({"title": f"Title of {key}", **words}.items())
    return Work(key, "book", (("author", (Person(family, "Ann"),)),), (("issued", When(((year,),))),), said)


WORKS = (
    work("knuth", "Knuth", 1997),
    work("later", "Knuth", 1997, title="Another"),
    work("lamport", "Lamport", 1978, title="On $L^2$", URL="https://example.org/a"),
    work("uncited", "Nobody", 1900),
)
NUMERIC = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><citation>
<layout prefix="[" suffix="]" delimiter=", "><text variable="citation-number"/></layout></citation><bibliography>
<layout><text variable="citation-number" suffix=". "/><text variable="title"/></layout></bibliography></style>"""
NOTES = NUMERIC.replace('class="in-text"', 'class="note"')


def cite(*keys: str, in_text: bool = False, **more: str) -> Cite:
    return Cite(tuple(CiteItem(key, **more) for key in keys), in_text, Span("a.md", 3, 4))


def resolved(*blocks: Block, audience: Audience = "student", style: str = "", language: str = "en") -> Edition:
    collector = Collector()
    example = Example("one", "1", "one", (Text("One"),), blocks, Span("a.md"))
    edition = resolve(Book(Meta("B", language=language), (example,), (), WORKS, style), audience, collector)
    assert not collector.diagnostics
    return edition


def said(edition: Edition, unit: int = 0) -> list[str]:
    return [plain(node.children) for node in walk(edition.units[unit].blocks) if isinstance(node, Paragraph)]


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        (cite("lamport"), "(Lamport, 1978)"),
        (cite("lamport", locator="p. 3", prefix="see"), "(see Lamport, 1978, p. 3)"),
        (cite("lamport", locator="pp. 3-5, and more"), "(Lamport, 1978, pp. 3–5, and more)"),
        (cite("lamport", "knuth"), "(Lamport, 1978; Knuth, 1997)"),
        (cite("lamport", suppress_author=True), "(1978)"),
        (cite("lamport", in_text=True), "Lamport\u00a0(1978)"),
        (cite("lamport", in_text=True, locator="chap. 2"), "Lamport\u00a0(1978, chap. 2)"),
    ],
)
def test_a_citation_reads_as_the_style_has_it(citation, words):
    assert said(resolved(Paragraph((citation,))))[0] == words


def test_a_citation_leads_to_the_entry_of_its_work_and_nothing_uncited_is_listed():
    edition = resolved(Paragraph((cite("lamport", "knuth"),)))
    targets = {node.target for node in walk(edition.units[0].blocks) if isinstance(node, Link)}
    bibliography = edition.units[1]
    anchors = {f"#{node.id}" for node in walk(bibliography.blocks) if isinstance(node, Anchor)}
    assert targets == anchors == {"#bib:lamport", "#bib:knuth"}
    assert isinstance(bibliography, Matter)
    assert (bibliography.kind, bibliography.place) == ("bibliography", "back")


def test_works_of_one_author_and_year_are_told_apart():
    edition = resolved(Paragraph((cite("knuth", "later"),)))
    assert said(edition)[0] == "(Knuth, 1997b; Knuth, 1997a)"
    assert [entry[:21] for entry in said(edition, 1)] == ["Knuth, A. (1997a) Ano", "Knuth, A. (1997b) Tit"]


def test_titles_have_their_formulas_and_addresses_are_links():
    nodes = list(walk(resolved(Paragraph((cite("lamport"),))).units[1].blocks))
    assert [node.latex for node in nodes if isinstance(node, Formula)] == ["L^2"]
    assert "https://example.org/a" in [node.target for node in nodes if isinstance(node, Link)]


def test_a_numeric_style_names_the_authors_where_they_are_part_of_the_sentence():
    edition = resolved(Paragraph((cite("lamport", in_text=True), Text(" and "), cite("knuth"))), style=NUMERIC)
    assert said(edition)[0] == "Lamport\u00a0[1] and [2]"
    assert said(edition, 1) == ["1. On L^2", "2. Title of knuth"]


def test_a_style_for_notes_puts_citations_into_numbered_footnotes():
    edition = resolved(Paragraph((Text("So"), cite("knuth"))), style=NOTES)
    (note,) = (node for node in walk(edition.units[0].blocks) if isinstance(node, Footnote))
    assert (note.number, plain(note.children[0].children)) == ("1", "[1]")


def test_what_only_a_solution_cites_is_in_no_student_s_bibliography_and_moves_no_number():
    blocks = (Exercise((), solution=(Paragraph((cite("lamport"),)),)), Paragraph((cite("knuth"),)))
    student, instructor = (resolved(*blocks, audience=who, style=NUMERIC) for who in ("student", "instructor"))
    assert said(student, 1) == ["2. Title of knuth"]
    assert said(instructor, 1) == ["1. On L^2", "2. Title of knuth"]
    assert said(student)[0] == "[2]"


def test_the_style_s_own_words_are_in_the_book_s_language():
    entry = said(resolved(Paragraph((cite("lamport"),)), language="de"), 1)[0]
    assert "Verfügbar unter" in entry


def test_a_missing_key_is_told_with_what_was_probably_meant():
    collector = Collector()
    example = Example("one", "1", "one", (Text("One"),), (Paragraph((cite("lampert"),)),), Span("a.md"))
    resolve(Book(Meta("B"), (example,), (), WORKS), "student", collector)
    assert [str(diagnostic) for diagnostic in collector.diagnostics] == [
        "a.md:3:4: error[cite.missing]: the citation @lampert is in no bibliography; did you mean lamport?"
    ]


def test_the_author_s_own_unit_is_gone_on_with():
    own = Matter("works", "references", "back", (Text("Works"),), (Paragraph((Text("First"),)),), Span("b.md"))
    example = Example("one", "1", "one", (Text("One"),), (Paragraph((cite("knuth"),)),), Span("a.md"))
    edition = resolve(Book(Meta("B"), (example, own), (), WORKS), "student", Collector())
    assert [unit.id for unit in edition.units] == ["one", "works"]
    assert said(edition, 1)[0] == "First"
    assert len(said(edition, 1)) == 2


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("p. 7", ("page", "7", "")),
        ("7", ("page", "7", "")),
        ("pp. 3–5, 9", ("page", "3-5, 9", "")),
        ("§ 2.1", ("section", "2.1", "")),
        ("chap. 3, and elsewhere", ("chapter", "3", ", and elsewhere")),
        ("xiv", ("", "", ", xiv")),
        ("p. xiv", ("page", "xiv", "")),
        ("in passing", ("", "", ", in passing")),
        ("", ("", "", "")),
    ],
)
def test_locators_are_understood_as_pandoc_understands_them(written, parts):
    assert split_locator(written) == parts


PERSON = st.sampled_from([Person("Neumann", "John", "von"), Person(literal="WHO"), Person("", "Ann"), Person("X", "Y")])
WHEN = st.sampled_from([When(((1997, 13),)), When(((1997,), (1999, 2, 3))), When(literal="in press"), When(((-300,),))])
WORD = st.sampled_from(["3-5", "III", "a & b", "<i>x</i>", "<b", "$x$", "$", "https://x.org", "\ue010\ue01f"])


def pairs_of(names: frozenset[str], values: st.SearchStrategy) -> st.SearchStrategy:
    """Return pairs of a name and a value, each name once."""
    return st.dictionaries(st.sampled_from(sorted(names)), values).map(lambda found: tuple(found.items()))


WORK = st.builds(
    Work,
    st.just("a"),
    st.sampled_from(["book", "article-journal", "thesis", "webpage", "of no kind"]),
    pairs_of(PEOPLE, st.lists(PERSON, min_size=1).map(tuple)),
    pairs_of(DATES, WHEN),
    pairs_of(WORDS, WORD),
)


@given(WORK, st.sampled_from(["", NUMERIC]))
@settings(max_examples=40, deadline=None)
def test_whatever_a_record_says_it_can_be_cited_and_listed(record: Work, style: str):
    blocks = (Paragraph((cite("a"), cite("a", in_text=True), cite("a", suppress_author=True, locator="fig. 2"))),)
    example = Example("one", "1", "one", (Text("One"),), blocks, Span("a.md"))
    collector = Collector()
    edition = resolve(Book(Meta("B"), (example,), (), (record,), style), "student", collector)
    assert not collector.diagnostics
    words = said(edition)[0] + said(edition, 1)[0]
    assert said(edition, 1)[0]
    assert not re.search("[\ue000-\uf8ff]", words)

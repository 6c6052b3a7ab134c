"""Print pages are marked in the e-book at the very words with which they begin."""

from __future__ import annotations

import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from epub_samples import compiled, edition, paragraph, theme
from epub_trees import EXAMPLES
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from print_pages import assert_pages_agree, marked_pages, page_list
from test_epub_nothing_lost import numbered

from mathbook.diagnostics import NOWHERE
from mathbook.document.book import Audience, Example, Meta
from mathbook.document.edition import Options
from mathbook.document.nodes import (
    Block,
    BulletList,
    Cell,
    Conditional,
    Emph,
    Equation,
    Exercise,
    Footnote,
    Formula,
    Heading,
    Link,
    Listing,
    OrderedList,
    Quotation,
    Table,
    Text,
)
from mathbook.document.pagination import PageStart, PrintPage
from mathbook.epub.bundle import Bundle, unpack
from mathbook.epub.compile import compile
from mathbook.epub.link import link
from mathbook.epub.page_map import FlowMap, LinkSpan, PageMap, from_bytes
from mathbook.epub.pages import finished, page_mark
from mathbook.html.running import found, pieces, signs
from mathbook.pdf.compile import compile as compile_pdf
from mathbook.pdf.link import link as link_pdf

HTML = "{http://www.w3.org/1999/xhtml}"
WORDS = ["Ein", "ungewöhnlich", "langes", "Donaudampfschifffahrtskapitänspatent,", "well-known", "und", "übersichtlich"]


def bundle_of(example: Example, audience: Audience = "instructor") -> Bundle:
    return unpack(compile(numbered(example), theme(), Options(audience, Meta("T"))).content)


def section_of(page: bytes) -> etree._Element:
    return next(etree.fromstring(page).iter(f"{HTML}section"))


def running(section: etree._Element) -> dict[str, str]:
    flows = {"text": "", "solutions": ""}
    for piece in pieces(section):
        flows[piece.flow] += signs(piece.words)
    return flows


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(example=EXAMPLES, data=st.data())
def test_a_mark_stands_before_the_sign_that_was_asked_for_and_moves_no_word(example: Example, data: st.DataObject):
    bundle = bundle_of(example)
    page, places = bundle.page.content, from_bytes(bundle.places)
    words, flows = "".join(section_of(page).itertext()), running(section_of(page))
    assert {flow: there.signs for flow, there in places.flows.items()} == flows
    flow = data.draw(st.sampled_from([flow for flow in ("text", "solutions") if flows[flow]]))
    offsets = sorted(data.draw(st.lists(st.integers(0, len(flows[flow])), min_size=1, max_size=6)))
    starts = [PageStart(flow, n, flows[flow][max(0, n - 24) : n], flows[flow][n : n + 48]) for n in offsets]
    printed = [PrintPage(str(at), "x", start) for at, start in enumerate(starts)]
    section = section_of(finished(page, places, printed, bundle.leads_to))
    assert "".join(section.itertext()) == words
    marks = [e.get("aria-label") for e in section.iter(f"{HTML}span") if e.get("role") == "doc-pagebreak"]
    assert marks == [str(at) for at in range(len(offsets))]
    for label, offset in zip(marks, offsets, strict=True):
        assert signs_before(section, label, flow) == offset


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(example=EXAMPLES, data=st.data())
def test_links_that_lead_nowhere_become_words_and_no_other(example: Example, data: st.DataObject):
    linked = tuple(
        paragraph(
            f"a {n}",
            Link((Text("b < "), Formula("x"), Emph((Text("c"),))), f"#l{n}", unit="other"),
            Link((), "#l0", unit="other"),
        )
        for n in range(3)
    )
    bundle = bundle_of(replace(example, blocks=(linked[0], *example.blocks, *linked[1:])))
    page, places = bundle.page.content, from_bytes(bundle.places)
    hrefs = [f"other.xhtml#l{n}" for n in range(3)]
    assert set(hrefs) <= set(bundle.leads_to)
    there = set(bundle.leads_to) - data.draw(st.sets(st.sampled_from(hrefs)))
    section = section_of(finished(page, places, [PrintPage("7", "x", PageStart("text", 3))], there))
    assert "".join(section.itertext()) == "".join(section_of(page).itertext())
    before = [a.get("href", "") for a in section_of(page).iter(f"{HTML}a")]
    left = [a.get("href", "") for a in section.iter(f"{HTML}a")]
    assert left == [href for href in before if href in there or href not in hrefs]


def test_what_a_link_was_otherwise_stays():
    page = b'<x><a class="c" href="o.xhtml#y" id="i">words</a><a href="o.xhtml#y"/></x>'
    first = page.index(b"<a")
    second = page.index(b"<a", first + 1)
    links = (
        LinkSpan("o.xhtml#y", first, page.index(b"words"), page.index(b"</a>")),
        LinkSpan("o.xhtml#y", second, len(page) - 4, len(page) - 4),
    )
    assert finished(page, PageMap(3, {}, links), (), ()) == b'<x><span class="c" id="i">words</span><span/></x>'


def test_a_page_without_a_word_is_marked_where_its_first_word_would_be():
    page = b"<x><y/></x>"
    marked = finished(page, PageMap(3, {"text": FlowMap(), "solutions": FlowMap()}), [PRINTED], ())
    assert marked == b"<x>" + page_mark("1&2").encode() + b"<y/></x>"
    assert b'id="page--1&amp;2"' in marked


PRINTED = PrintPage("1&2", "x", PageStart("solutions", 4))


def signs_before(section: etree._Element, label: str, flow: str) -> int:
    """Count the signs of the flow that stand before the mark, after a letter was put into the mark."""
    mark = next(e for e in section.iter(f"{HTML}span") if e.get("id") == f"page--{label}")
    mark.text = "\ue123"
    try:
        return running(section)[flow].index(mark.text)
    finally:
        mark.text = None


@given(st.text("ab", max_size=40), st.text("ab", max_size=40), st.text("abc", max_size=12), st.integers(0, 40))
def test_words_that_only_print_shows_move_a_page_only_by_their_length(head: str, tail: str, more: str, at: int):
    printed = head + more + "xyz" + tail
    start = PageStart("text", len(head + more), (head + more)[-24:], ("xyz" + tail)[:48])
    assert printed[start.offset :].startswith("xyz")
    assert found(start, head + "xyz" + tail) == len(head)


def test_a_page_of_which_nothing_is_there_keeps_its_place():
    assert found(PageStart("text", 3, "ab", "cd"), "xyzuvw") == 3
    assert found(PageStart("text", 30, "ab", "cd"), "xyzuvw") == 6


def sentence(chance: random.Random) -> tuple[object, ...]:
    words = [chance.choice(WORDS) for _ in range(chance.randint(20, 90))]
    text = Text(" ".join(words))
    match chance.choice(["plain", "emphasis", "note", "link"]):
        case "emphasis":
            return (Text("And "), Emph((text,)), Text("."))
        case "note":
            return (text, Footnote((paragraph(" ".join(words[:15])),), "1"), Text(" and more " * 8))
        case "link":
            return (Link((text,), "https://example.org/very/long/address/that/is/printed"),)
        case _:
            return (text,)


ONLY_IN_PRINT = "Only print says this, " * 9
KINDS = ("paragraph", "list", "table", "listing", "quote", "equation", "heading", "exercise", "print")


def block(chance: random.Random, solution: bool) -> Block:
    prose = paragraph(*sentence(chance))
    match chance.choice(KINDS):
        case "list":
            return OrderedList(tuple((paragraph(*sentence(chance)),) for _ in range(3)), tight=False)
        case "table":
            rows = tuple((Cell((Text(f"row {n}"),)), Cell((Text("some words " * 6),))) for n in range(30))
            return Table(((Cell((Text("head"),)), Cell((Text("of all"),))),), rows, ("left", "left"))
        case "listing":
            return Listing("\n".join(f"line_{n} = {n} * {n}" for n in range(25)), "python")
        case "quote":
            return Quotation((prose, BulletList(((prose,),))), (Text("Nobody"),))
        case "equation":
            return Equation(Formula(r"\frac{a}{b} = c"))
        case "heading":
            return Heading(2, (Text("A heading of words"),))
        case "exercise":
            return Exercise((prose,), (), (prose, prose) if solution else (), (), "", "1.1")
        case "print":
            return Conditional(True, ("pdf",), (), (paragraph(ONLY_IN_PRINT),))
        case _:
            return prose


@pytest.mark.parametrize("audience", ["student", "instructor"])
@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 2**32))
def test_the_first_words_of_every_page_follow_its_mark(audience: Audience, tmp_path: Path, seed: int):
    chance = random.Random(seed)
    blocks = tuple(block(chance, audience == "instructor") for _ in range(chance.randint(6, 14)))
    unit = numbered(Example("long", "1", "long", (Text("A long one"),), blocks, NOWHERE))
    book = replace(edition(audience), units=(unit,), labels=())
    fragments = [compile_pdf(unit, theme(), Options(audience, book.meta)) for unit in book.units]
    pages = link_pdf(book, fragments, theme(), tmp_path / "book.pdf")
    link(book, compiled(book), theme(), tmp_path / "book.epub", pages)
    assert [label for label, _ in page_list(tmp_path / "book.epub")] == [page.label for page in pages.pages]
    assert_pages_agree(tmp_path / "book.pdf", tmp_path / "book.epub", ONLY_IN_PRINT, WORDS)


def test_marks_at_other_words_are_told(tmp_path: Path):
    blocks = tuple(paragraph(f"This is what number {number} says. " * 9) for number in range(20))
    book = replace(edition(), units=(Example("x", "1", "x", (Text("X"),), blocks, NOWHERE),), labels=())
    fragments = [compile_pdf(unit, theme(), Options("student", book.meta)) for unit in book.units]
    pages = link_pdf(book, fragments, theme(), tmp_path / "book.pdf")
    link(book, compiled(book), theme(), tmp_path / "book.epub", pages)
    assert_pages_agree(tmp_path / "book.pdf", tmp_path / "book.epub")
    moved = tuple(replace(page, start=PageStart("text", page.start.offset + 5)) for page in pages.pages)
    link(book, compiled(book), theme(), tmp_path / "book.epub", replace(pages, pages=moved))
    with pytest.raises(AssertionError):
        assert_pages_agree(tmp_path / "book.pdf", tmp_path / "book.epub")


def test_without_print_there_is_no_page_list_and_no_word_of_it(tmp_path: Path):
    book = edition()
    link(book, compiled(book), theme(), tmp_path / "book.epub", None)
    assert marked_pages(tmp_path / "book.epub") == {}
    with zipfile.ZipFile(tmp_path / "book.epub") as archive:
        said = b"".join(archive.read(name) for name in archive.namelist() if name.endswith((".opf", ".ncx", ".xhtml")))
    for word in (b"page-list", b"pagebreak", b"pageNavigation", b"pageBreakSource", b"dc:source", b"pageList"):
        assert word not in said

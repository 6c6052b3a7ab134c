"""The contents as the linker sets them: nothing lost, nothing over the edge, and the engine for other scripts."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.diagnostics import Collector
from mathbook.document.book import Meta
from mathbook.document.edition import Edition
from mathbook.document.theme import Theme
from mathbook.pdf.contents import Compositor, Contents, Entry, Listing
from mathbook.pdf.elements import structure_elements
from mathbook.pdf.geometry import page_of
from mathbook.theme.load import load_theme
from pdf_pieces import pdf_of

PAGE = page_of("A4")


def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded is not None
    return loaded


THEME = theme()
WORD = st.text("abcdefghijklmnopqrstuvwxyzäß", min_size=1, max_size=14)
TITLES = st.lists(WORD, min_size=1, max_size=25).map(" ".join)
ENTRIES = st.lists(st.builds(Entry, st.sampled_from((1, 2)), TITLES, st.integers(1, 999).map(str), st.just("a")))


def read(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(document[at].get_textpage().get_text_range().split()) for at in range(len(document))]


@settings(max_examples=15, deadline=None)
@given(ENTRIES.filter(bool))
def test_all_entries_are_there_in_order_and_each_is_a_link(entries: list[Entry]):
    led = [replace(entry, address="bookmark/0") for entry in entries]
    made = Compositor(THEME, PAGE).write([Listing("Contents", tuple(led))])
    data = pdf_of(made.piece, THEME, bookmarks=made.bookmarks).getvalue()
    told = " ".join(["Contents", *(f"{entry.title} {entry.label}" for entry in entries)])
    assert " ".join(read(data)) == told
    with pikepdf.open(io.BytesIO(data)) as pdf:
        boxes = [link.Rect for page in pdf.pages for link in page.Annots]
    assert len(boxes) == len(entries)
    assert all(float(box[1]) >= PAGE.bottom - 1 and float(box[2]) <= PAGE.width - PAGE.side + 1 for box in boxes)


@given(ENTRIES.filter(bool))
@settings(max_examples=5, deadline=None)
def test_an_entry_that_leads_nowhere_stays_as_words(entries: list[Entry]):
    made = Compositor(THEME, PAGE).write([Listing("Contents", tuple(entries))])
    data = pdf_of(made.piece, THEME).getvalue()
    assert " ".join(read(data)) == " ".join(["Contents", *(f"{entry.title} {entry.label}" for entry in entries)])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert not any(page.get("/Annots") for page in pdf.pages)
        tags = [str(element.S) for element in structure_elements(pdf.Root.StructTreeRoot)]
    assert tags.count("/Link") == 0 and tags.count("/Reference") == len(entries)


def test_an_example_s_line_goes_with_its_first_section():
    entries = [Entry(2, "filler", "1", "a")] * 200
    for at in range(0, 200, 5):
        entries[at] = Entry(1, "example", "1", "a")
    compositor = Compositor(THEME, PAGE)
    pages = compositor.pages([Listing("Contents", tuple(entries))])
    assert len(pages) > 2
    assert [page[-1].entry.level for page in pages if page[-1].entry] == [2] * len(pages)


def test_a_list_that_stands_apart_begins_a_page():
    entries = (Entry(1, "one", "1", "a"),)
    together, apart = (
        Compositor(THEME, PAGE).pages([Listing("Contents", entries), Listing("Figures", entries, apart)])
        for apart in (False, True)
    )
    assert [len(page) for page in together] == [4]
    assert [len(page) for page in apart] == [2, 2]


def test_titles_that_the_theme_s_faces_lack_are_laid_out_by_the_engine():
    edition = Edition("student", Meta(title="Title"), (), ())
    listing = Listing("Contents", (Entry(1, "نماذج", "1", "a"),))
    assert not Compositor(THEME, PAGE).can_set([listing])
    piece = Contents(edition, THEME).write([listing]).piece
    assert [crossing.address for crossing in piece.crossings] == ["a"]

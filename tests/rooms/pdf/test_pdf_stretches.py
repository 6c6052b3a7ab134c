"""Pages are known by what is on them: those of one book as those of a longer one."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Example, Meta
from mathbook.document.edition import Edition, Options
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.nodes import Heading, Link, Paragraph, Text
from mathbook.document.theme import Theme
from mathbook.pdf.compile import compile
from mathbook.pdf.file_writer import FileWriter
from mathbook.pdf.link import link
from mathbook.pdf.page_digest import PageDigests
from mathbook.pdf.raw_file import RawFile, stream_at
from mathbook.pdf.read_back import read_back
from mathbook.pdf.seal import seal
from mathbook.pdf.stretches import stretches
from mathbook.theme.load import load_theme
from memories import Kept

META = Meta(title="Title 0123456789", date="2026-01-02")
WORDS = "Some words that fill a line of the page and then a little more than that, until it ends. "


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded is not None
    return loaded


def example(number: int, words: str = WORDS, to: str = "") -> Example:
    leading = Paragraph((Link((Text("there"),), f"#{to or f'e{number}'}", unit=to or f"e{number}"),))
    blocks = (Heading(2, (Text("Section"),)), Paragraph((Text(words * 50),)), leading)
    return Example(f"e{number}", str(number), f"e{number}", (Text("Title 0123456789"),), blocks, Span("e.md"))


def linked(units: list[Example], theme: Theme, folder: Path) -> Path:
    into = folder / f"{len(list(folder.iterdir()))}.pdf"
    fragments = [compile(unit, theme, Options("student", META)) for unit in units]
    link(Edition("student", META, tuple(units), ()), fragments, theme, into)
    return into


def keys(file: Path, memo: Memo = FORGETFUL) -> dict[str, str]:
    with stretches(file, memo) as pages:
        return {page.places[0]: page.key for page in pages}


def test_a_page_has_the_key_that_it_has_in_a_longer_book(theme: Theme, tmp_path: Path):
    """If that shows no glyph that was not shown before."""
    short = keys(linked([example(1), example(2)], theme, tmp_path))
    longer = keys(linked([example(1), example(2), example(21)], theme, tmp_path))
    body = [place for place in short if place.removeprefix("page ").isdigit()]
    assert len(body) == 4 and all(short.values())
    assert {place: longer[place] for place in body} == {place: short[place] for place in body}
    assert longer["page ii"] != short["page ii"]


@pytest.mark.parametrize("changed", [example(2, WORDS[:-3] + "t. "), example(2, to="e1")])
def test_a_changed_page_has_another_key(theme: Theme, tmp_path: Path, changed: Example):
    before = keys(linked([example(1), example(2)], theme, tmp_path))
    after = keys(linked([example(1), changed], theme, tmp_path))
    pages = [place for place in before if before[place] != after[place]]
    assert pages and not {"page 1", "page 2"} & set(pages)


def test_a_file_that_something_was_appended_to_has_to_be_read(theme: Theme, tmp_path: Path):
    file = linked([example(1)], theme, tmp_path)
    said = list(read_back(file))
    seal(file, b"{}")
    assert set(keys(file).values()) == {""}
    assert list(read_back(file)) == said


def test_a_file_that_is_opened_anew_between_pages_says_the_same(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = linked([example(1), example(2)], theme, tmp_path)
    said = list(read_back(file))
    monkeypatch.setattr("mathbook.pdf.stretches.MOST_READ", 1)
    assert list(read_back(file)) == said


def test_of_a_longer_book_only_the_pages_are_looked_at_that_changed(
    theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    short = linked([example(1), example(2)], theme, tmp_path)
    longer = linked([example(1), example(2), example(21)], theme, tmp_path)
    memo, alone = Kept(), keys(longer)
    keys(short, memo)
    made: list[int] = []
    one_by_one = PageDigests.of
    monkeypatch.setattr(PageDigests, "of", lambda self, at: made.append(at) or one_by_one(self, at))
    assert keys(longer, memo) == alone
    assert {list(alone)[at] for at in made} == {"page i", "page ii", "page 5", "page 6"}


OTHERS = {
    "other words": [example(1), example(2, WORDS[:-3] + "t. ")],
    "another target": [example(1), example(2, to="e1")],
    "the first gone": [example(2)],
    "the last gone": [example(1)],
    "another order": [example(2), example(1)],
    "one before": [example(3), example(1), example(2)],
    "one between": [example(1), example(3), example(2)],
    "glyphs that no page had": [example(1), example(2), example(3, "Żółć §¶ " * 10)],
}


@pytest.mark.parametrize("units", OTHERS.values(), ids=OTHERS.keys())
def test_what_is_remembered_of_another_book_changes_no_key(theme: Theme, tmp_path: Path, units: list[Example]):
    memo, other = Kept(), linked(units, theme, tmp_path)
    keys(linked([example(1), example(2)], theme, tmp_path), memo)
    assert keys(other, memo) == keys(other)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_byte_of_the_file_that_changed_is_seen_whatever_is_remembered(book: tuple[Path, Kept], data: st.DataObject):
    file, memo = book
    whole = file.read_bytes()
    at = data.draw(st.integers(0, len(whole) - 1))
    tampered = file.with_name("tampered.pdf")
    tampered.write_bytes(whole[:at] + bytes((whole[at] ^ data.draw(st.integers(1, 255)),)) + whole[at + 1 :])
    assert _keys_or_error(tampered, Kept(dict(memo.entries))) == _keys_or_error(tampered, FORGETFUL)


@pytest.fixture(scope="module")
def book(theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Kept]:
    file, memo = linked([example(1), example(2)], theme, tmp_path_factory.mktemp("book")), Kept()
    keys(file, memo)
    return file, memo


def _keys_or_error(file: Path, memo: Memo) -> dict[str, str] | str:
    try:
        return keys(file, memo)
    except Exception as error:  # PDFium's, which doesn't depend on what is remembered
        return type(error).__name__


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_an_object_of_the_file_that_changed_is_seen_whatever_is_remembered(
    book: tuple[Path, Kept], data: st.DataObject
):
    file, memo = book
    raw = RawFile.opened(file)
    holders = {raw.holder(number) for number in range(1, len(raw.places.kinds)) if raw.places.kinds[number] == 2}
    holder = data.draw(st.sampled_from(sorted(holders)))
    text = b"\n".join(raw._members(holder))
    words = [match for match in re.finditer(rb"\d+|/[A-Z][a-z]+|\([^()]+\)", text) if b"\n" not in match[0]]
    word = data.draw(st.sampled_from(words))
    other = data.draw(st.sampled_from([b"%d" % (int(word[0]) + 1), b"0"])) if word[0].isdigit() else word[0][:-1] + b"z"
    if word[0][:1] == b"(":
        other = word[0][:-2] + b"z)"
    tampered = file.with_name("tampered.pdf")
    tampered.write_bytes(with_members(file, holder, text[: word.start()] + other + text[word.end() :]))
    alone = _keys_or_error(tampered, FORGETFUL)
    assert _keys_or_error(tampered, Kept(dict(memo.entries))) == alone
    event("some page has another key" if alone != keys(file) else "no page has another key")


def with_members(file: Path, holder: int, text: bytes) -> bytes:
    """Return the file with other objects in one of its object streams, a line each."""
    raw = RawFile.opened(file)
    numbers = [
        number
        for number in range(len(raw.places.kinds))
        if raw.places.kinds[number] == 2 and raw.places.wheres[number] == holder
    ]
    numbers.sort(key=lambda number: raw.places.indexes[number])
    whole, start = file.read_bytes(), raw.places.wheres[holder]
    written = raw.written(holder)
    out = FileWriter(io.BytesIO())
    out.reserve(holder - 1)
    out.put(numbers, text.split(b"\n"))
    stream = out.out.getvalue().partition(b"obj\n")[2]  # type: ignore[attr-defined]
    new = b"%d 0 obj\n" % holder + stream
    moved = len(new) - len(written)
    at = whole.rindex(b"startxref")
    entries, _ = stream_at(whole, int(whole[at + 9 :].split()[0]))
    rows = _rows(raw, {holder: start}, moved)
    packed = zlib.compress(rows, 6)
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(packed), entries)
    begin = int(whole[at + 9 :].split()[0])
    number = whole[begin : whole.index(b" ", begin)]
    body = whole[:start] + new + whole[start + len(written) : begin]
    return body + b"%b 0 obj\n%b\nstream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        *(number, head, packed, len(body)),
    )


def _rows(raw: RawFile, holder: dict[int, int], moved: int) -> bytes:
    """Return the cross-references with what stands behind the object stream moved."""
    (start,) = holder.values()
    before, rows = bytes(8), bytearray()
    for kind, where, index in zip(raw.places.kinds, raw.places.wheres, raw.places.indexes, strict=True):
        offset = where + moved if kind == 1 and where > start else where
        row = bytes((kind,)) + offset.to_bytes(5, "big") + index.to_bytes(2, "big")
        rows += b"\2" + bytes((one - other) & 255 for one, other in zip(row, before, strict=True))
        before = row
    return bytes(rows)

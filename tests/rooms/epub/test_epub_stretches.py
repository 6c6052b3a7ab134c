"""A page's key is known before it is read: it changes with all that can change what is read, and with nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from epub_samples import built, edition
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mathbook.document.memo import Gathering
from mathbook.document.passage import Passage
from mathbook.epub.read_back import read_back
from mathbook.epub.safe_zip import SafeZip, UnsafeFile
from mathbook.epub.stretches import stretches

PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf"><manifest>
<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>
<item id="b" href="b.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="style.css" media-type="text/css"/><item id="p" href="p.svg" media-type="image/svg+xml"/>
<item id="q" href="q.svg" media-type="image/svg+xml"/>
</manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""
CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="package.opf"/></rootfiles></container>"""
PLAIN = b'<p>words <img src="p.svg" alt="a &gt; b"/></p>'


def page(body: bytes, before: bytes = b"") -> bytes:
    return before + b'<html xmlns="http://www.w3.org/1999/xhtml"><body>' + body + b"</body></html>"


def book(folder: Path, **members: bytes) -> Path:
    """Return an e-book of two pages; `members` are put in the place of what they are called after."""
    files = {"a": page(PLAIN), "b": page(b"<p>other words</p>"), "style": b"p {}", "p": b"one", "q": b"two"} | members
    names = {"a": "a.xhtml", "b": "b.xhtml", "style": "style.css", "p": "p.svg", "q": "q.svg"}
    with zipfile.ZipFile(folder / "book.epub", "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("package.opf", PACKAGE)
        for key, data in files.items():
            archive.writestr(names[key], data)
    return folder / "book.epub"


def keys(path: Path) -> list[str]:
    with stretches(path) as found:
        return [stretch.key for stretch in found]


def said(path: Path) -> list[tuple[Passage, ...]]:
    with stretches(path) as found:
        return [tuple(stretch.read()) for stretch in found]


def test_the_stretches_are_the_pages_then_the_looks(tmp_path: Path):
    path = built(edition(), tmp_path)
    with stretches(path) as found:
        places = [stretch.places[0] for stretch in found]
        passages = [passage for stretch in found for passage in stretch.read()]
    assert places[:3] == ["cover.xhtml", "title.xhtml", "nav.xhtml"] and places[-2:] == ["colophon.xhtml", ""]
    assert passages == list(read_back(path))
    assert len(set(keys(path))) == len(places)


def test_the_same_file_has_the_same_keys(tmp_path: Path):
    assert keys(book(tmp_path)) == keys(book(tmp_path))


@pytest.mark.parametrize(
    ("members", "changed"),
    [
        ({"a": page(PLAIN.replace(b"words", b"works"))}, [0]),
        ({"b": page(b'<p>other words, <a href="#x">linked</a></p>')}, [1]),
        ({"p": b"another picture"}, [0]),
        ({"q": b"a picture that no page shows"}, []),
        ({"style": b"p { display: none }"}, [2]),
    ],
)
def test_only_the_keys_of_what_would_be_read_otherwise_change(
    members: dict[str, bytes], changed: list[int], tmp_path: Path
):
    before, now = keys(book(tmp_path)), keys(book(tmp_path, **members))
    assert [at for at in range(3) if before[at] != now[at]] == changed


@pytest.mark.parametrize(
    "odd",
    [
        page(b"<p><img alt=' src=\"p.svg\"' src='q.svg'/></p>"),
        page(b'<p><img src="&#113;.svg" alt=""/></p>'),
        page(b'<p><img src="%71.svg" alt=""/></p>'),
        page(b'<p><h:img xmlns:h="http://www.w3.org/1999/xhtml" src="q.svg"/></p>'),
        page(b"<p><img/></p>", b'<!DOCTYPE html [<!ATTLIST img src CDATA "q.svg">]>'),
        page(b'<p><img\nsrc = "q.svg"/></p>'),
        page(b'<p><img src="q.svg"/></p>').decode().encode("utf-16"),
        page(b'<p><img src="q.svg"/></p>', b'<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16"),
    ],
)
def test_a_picture_that_only_a_parser_finds_is_in_the_key_too(odd: bytes, tmp_path: Path):
    path = book(tmp_path, a=odd)
    before, first = keys(path), said(path)
    path = book(tmp_path, a=odd, q=b"another")
    assert said(path)[0] != first[0], "the page shows the picture"
    assert keys(path)[0] != before[0]


def test_a_picture_that_is_not_in_the_file_is_told_when_it_is_read(tmp_path: Path):
    path = book(tmp_path, a=page(b'<!-- <img src="gone.svg"/> --><p>words</p>'))
    assert said(path)[0][0].words == "words"


PIECES = (
    b"words",
    b"<p>more <b>words</b></p>",
    b'<img src="p.svg"/>',
    b"<img src='q.svg'/>",
    b'<img alt="" src="q.svg"></img>',
    b"<!-- <img/> -->",
    b'<img alt="&lt;img src=\'p.svg\'/&gt;" src="q.svg"/>',
)
BODIES = st.lists(st.sampled_from(PIECES), max_size=4).map(b"".join)
PICTURES = st.fixed_dictionaries({"p": st.sampled_from([b"one", b"1"]), "q": st.sampled_from([b"two", b"2"])})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES, others=PICTURES)
def test_pages_say_the_same_just_if_they_have_one_key(body: bytes, others: dict[str, bytes], tmp_path: Path):
    first = book(tmp_path, a=page(body))
    before, told = keys(first)[0], said(first)[0]
    second = book(tmp_path, a=page(body), **others)
    if keys(second)[0] == before:
        assert said(second)[0] == told
    elif b"src='" not in body and b"<!--" not in body:  # what only a parser can tell
        assert said(second)[0] != told


def test_a_page_that_was_seen_before_is_not_unpacked_for_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path, memo = built(edition(), tmp_path), Gathering()
    with stretches(path, memo) as found:
        before = [stretch.key for stretch in found]
    assert before == keys(path), "what is remembered changes no key"
    unpacked: list[str] = []
    read = SafeZip.read
    monkeypatch.setattr(SafeZip, "read", lambda self, name: unpacked.append(name) or read(self, name))  # type: ignore[func-returns-value]
    with stretches(path, memo) as found:
        assert [stretch.key for stretch in found] == before
    assert unpacked == ["META-INF/container.xml", "OEBPS/package.opf"]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(BODIES, min_size=2, max_size=2), others=PICTURES)
def test_what_is_remembered_of_one_book_tells_no_lie_of_another(
    bodies: list[bytes], others: dict[str, bytes], tmp_path: Path
):
    memo = Gathering()
    for body, pictures in zip(bodies, ({}, others), strict=True):
        path = book(tmp_path, a=page(body), **pictures)
        with stretches(path, memo) as found:
            assert [stretch.key for stretch in found] == keys(path)


def test_a_page_under_another_name_than_the_directory_s_is_not_taken_for_what_was_read(tmp_path: Path):
    path, memo = built(edition(), tmp_path), Gathering()
    with stretches(path, memo) as found:
        assert len({stretch.key for stretch in found}) == len(found)
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("OEBPS/colophon.xhtml").header_offset
    data = bytearray(path.read_bytes())
    data[at + 30] ^= 1
    path.write_bytes(data)
    with stretches(path, memo) as found, pytest.raises(UnsafeFile):
        list(found)


def test_only_those_who_draw_are_told_where_passages_stand(tmp_path: Path):
    path = book(tmp_path)
    assert {passage.spot for passages in said(path) for passage in passages} == {None}
    pages = [passage for passage in read_back(path) if passage.role != "furniture"]
    assert pages and all(passage.spot and passage.spot.pieces for passage in pages)

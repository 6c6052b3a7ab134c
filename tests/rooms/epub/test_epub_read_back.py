"""The reader trusts nobody."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from epub_samples import built, edition
from test_epub_nothing_lost import smallest_epub

from mathbook.epub.read_back import read_back
from mathbook.epub.safe_zip import SafeZip, UnsafeFile


def page(body: str, doctype: str = "") -> bytes:
    return f'{doctype}<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'.encode()


def words(body: str, folder: Path, doctype: str = "") -> list[str]:
    return [passage.words for passage in read_back(smallest_epub(page(body, doctype), folder))]


def test_words_between_blocks_are_read_too(tmp_path: Path):
    assert words("a<p>b</p>c<div>d<ul><li>e</li>f</ul></div>g", tmp_path) == ["a", "b", "c", "d", "e", "f", "g"]


def test_an_element_that_nobody_knows_is_read_too(tmp_path: Path):
    assert words("<x>a</x><p><y>b</y></p>", tmp_path) == ["a", "b"]


def test_comments_and_instructions_say_nothing(tmp_path: Path):
    assert words("<p>a<!-- c --><?p q?>b</p>", tmp_path) == ["ab"]


def test_entities_are_not_followed(tmp_path: Path):
    doctype = '<!DOCTYPE html [<!ENTITY a "boo"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    assert words("<p>x&a;&f;y</p>", tmp_path, doctype) == ["xy"]


def test_a_members_name_may_be_escaped(tmp_path: Path):
    assert words("<p>a</p>", tmp_path) == ["a"]  # smallest_epub calls its page "page one.xhtml"


def test_every_passage_says_its_unit_and_page(tmp_path: Path):
    units = {passage.unit: passage.place for passage in read_back(built(edition(), tmp_path))}
    assert units["descent"] == "descent.xhtml" and units["preface"] == "preface.xhtml"


def archive_of(folder: Path, *members: tuple[str, bytes]) -> Path:
    file = folder / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        ([("../a", b"")], "leads out"),
        ([("/a", b"")], "leads out"),
        ([("c:\\a", b"")], "leads out"),
        ([("a", bytes(4 * 2**20))], "200 times"),
        ([(f"{n}", b"") for n in range(20_001)], "members"),
    ],
)
def test_a_harmful_zip_is_not_opened(members: list[tuple[str, bytes]], fault: str, tmp_path: Path):
    with pytest.raises(UnsafeFile, match=fault):
        SafeZip(archive_of(tmp_path, *members))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(tmp_path: Path):
    with pytest.raises(UnsafeFile, match="one name"):
        SafeZip(archive_of(tmp_path, ("a", b"1"), ("a", b"2")))


def test_what_is_no_zip_and_what_is_not_in_it_are_told(tmp_path: Path):
    (tmp_path / "no.zip").write_bytes(b"no")
    with pytest.raises(UnsafeFile, match="not a zip file"):
        SafeZip(tmp_path / "no.zip")
    with SafeZip(archive_of(tmp_path, ("a", b"1"))) as archive, pytest.raises(UnsafeFile, match="can't be read"):
        archive.read("b")


def test_a_damaged_member_is_told(tmp_path: Path):
    file = built(edition(), tmp_path)
    data = bytearray(file.read_bytes())
    at = data.index(b"OEBPS/text/preface.xhtml") + 60
    data[at : at + 20] = bytes(20)
    file.write_bytes(data)
    with pytest.raises(UnsafeFile, match="can't be read"):
        list(read_back(file))

"""A package is written from finished members, and any zip reader finds in it what was put in."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

import pytest
from deck_files import META, THEME, deck_of, edition_of, example, heading, para
from hypothesis import given
from hypothesis import strategies as st

from mathbook.archive.member import Member, flushed, gapped, joined
from mathbook.deck.bundle import pack, unpack
from mathbook.deck.compile import compile
from mathbook.deck.seal import seal
from mathbook.deck.unseal import unseal
from mathbook.document.edition import Options
from mathbook.document.nodes import Equation, Formula

CONTENT = st.binary(max_size=300)
SEALED = b'{"a": "<&>"}'


def content_of(member: Member) -> bytes:
    """Return what the member unpacks to, which is what its checksum and its size say."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    content = member.data if member.is_stored else inflater.decompress(member.data)
    assert member.is_stored or (inflater.eof and not inflater.unused_data), "the stream ends where the member does"
    assert (member.crc, member.size) == (zlib.crc32(content), len(content))
    return content


@given(CONTENT, CONTENT, CONTENT)
def test_a_gap_is_filled_and_the_rest_is_as_it_was(before: bytes, words: bytes, after: bytes):
    assert content_of(gapped(before, after).filled(words)) == before + words + after


def test_a_gap_may_be_filled_with_more_than_one_block_holds():
    words = bytes(range(256)) * 700
    assert content_of(gapped(b"a", b"b").filled(words)) == b"a" + words + b"b"


@given(st.lists(st.tuples(CONTENT, st.booleans())))
def test_pieces_are_joined_whether_they_are_deflated_or_not(pieces: list[tuple[bytes, bool]]):
    given_ = [(content, flushed(content) if packed else b"") for content, packed in pieces]
    assert content_of(joined(given_)) == b"".join(content for content, _ in pieces)


def test_a_bundle_is_what_it_was_after_it_was_kept():
    unit = example(heading("A"), para("Words."), Equation(Formula("x^2")))
    content = compile(unit, THEME, Options("instructor", META)).content
    assert pack(unpack(content)) == content and unpack(content).files


def sealed(folder: Path) -> Path:
    deck = deck_of(edition_of(example(para("Words."))), folder / "deck.pptx")
    seal(deck, SEALED)
    return deck


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_ledger_is_found_wherever_another_program_put_it(reverse: bool, packing: int, tmp_path: Path):
    with zipfile.ZipFile(sealed(tmp_path)) as old, zipfile.ZipFile(tmp_path / "saved.pptx", "w", packing) as new:
        for name in sorted(old.namelist(), reverse=reverse):
            new.writestr(name.replace("item1", "item7"), old.read(name))
    assert unseal(tmp_path / "saved.pptx") == SEALED


def test_a_damaged_ledger_is_no_ledger(tmp_path: Path):
    deck = sealed(tmp_path)
    data = bytearray(deck.read_bytes())
    with zipfile.ZipFile(deck) as archive:
        info = archive.getinfo("customXml/item1.xml")
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 4
    deck.write_bytes(data)
    with pytest.raises((zipfile.BadZipFile, zlib.error)):
        unseal(deck)


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all, but long enough for the end of one" * 3])
def test_what_is_no_zip_is_told_as_before(content: bytes, tmp_path: Path):
    (tmp_path / "no.pptx").write_bytes(content)
    with pytest.raises(zipfile.BadZipFile):
        unseal(tmp_path / "no.pptx")


def test_a_deck_is_sealed_anew_as_if_it_had_not_been_sealed(tmp_path: Path):
    deck = deck_of(edition_of(example(para("Words."))), tmp_path / "deck.pptx")
    seal(deck, SEALED)
    once = deck.read_bytes()
    assert unseal(deck) == SEALED
    seal(deck, b"{}")
    assert unseal(deck) == b"{}" and deck.read_bytes() != once
    seal(deck, SEALED)
    assert deck.read_bytes() == once
    with zipfile.ZipFile(deck) as archive:
        assert archive.testzip() is None

"""Runs of slides are told apart before they are read: what has one key says the same."""

from __future__ import annotations

import posixpath
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from deck_files import deck_of, edition_of, example, heading, para
from lxml import etree

from mathbook.deck.read_back import read_back
from mathbook.deck.safe_archive import UnsafeFile, open_deck, relations
from mathbook.deck.slide_key import quick_relations
from mathbook.deck.stretches import stretches
from mathbook.document.memo import FORGETFUL, Gathering, Memo
from mathbook.document.nodes import BulletList, Equation, Formula, Link, Paragraph, SpeakerNotes, Text
from mathbook.document.passage import BENEATH, Passage
from mathbook.document.stretch import Stretch

PACKAGE = b"http://schemas.openxmlformats.org/package/2006/relationships"
CHANGES = 120
"""How many single members are changed at random."""


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    link = Paragraph((Link((Text("elsewhere"),), "https://example.org/a"),))
    more = Paragraph((Link((Text("query"),), "https://example.org/?a=1&b=2"),))
    one = example(heading("A"), para("Words."), Equation(Formula("x^2")), SpeakerNotes((para("Say it."),)))
    two = example(heading("B"), BulletList(((link,), (more,))), Equation(Formula(r"\frac{a}{b}")), para("Other words."))
    units = one, replace(two, id="f", number="2", slug="f", title=(Text("Another"),))
    return deck_of(edition_of(*units), tmp_path_factory.mktemp("deck") / "deck.pptx")


def told(deck: Path) -> dict[str, list[Passage]]:
    """Return what is said under each key, without its place."""
    with stretches(deck) as slides:
        return {one.key: [plain(passage, one) for passage in one.read()] for one in slides}


def plain(passage: Passage, stretch: Stretch) -> Passage:
    at, end = stretch.place_of(passage)
    return replace(passage, place=f"{at}{end}", spot=None)


def edited(deck: Path, into: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(deck) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return into


def test_every_run_of_slides_has_a_key_of_its_own_and_its_section(deck: Path):
    with stretches(deck) as runs:
        assert len({one.key for one in runs}) == len(runs) and all(one.key for one in runs)
        places = [place for one in runs for place in one.places]
        assert places == [f"slide {at}" for at in range(1, len(places) + 1)] and len(places) > 6
        assert [one.unit for one in runs] == [f"section {at}" for at in (1, 2, 3, 4)]


def test_a_long_section_has_several_runs_and_a_passage_stands_on_its_own_slide(tmp_path: Path):
    unit = example(*(block for at in range(40) for block in (heading(f"Part {at}"), para(f"Words of {at}."))))
    with stretches(deck_of(edition_of(unit), tmp_path / "long.pptx")) as runs:
        assert [len(one.places) for one in runs if one.unit == "section 2"][:2] == [12, 12]
        for one in runs:
            for passage in one.read():
                at, end = one.place_of(passage)
                assert passage.place == one.places[at] + end and end in ("", ", notes", BENEATH)


def test_slides_that_moved_have_the_keys_that_they_had(deck: Path, tmp_path: Path):
    unit = example(heading("A"), para("Words."), Equation(Formula("x^2")), SpeakerNotes((para("Say it."),)))
    before = replace(example(para("New."), Equation(Formula("y"))), id="n", number="0", slug="n")
    alone = deck_of(edition_of(unit), tmp_path / "alone.pptx")
    second = deck_of(edition_of(before, unit), tmp_path / "second.pptx")
    with stretches(alone) as one, stretches(second) as other:
        kept = [slide.key for slide in one if slide.unit == "section 2"]
        assert kept and kept == [slide.key for slide in other if slide.unit == "section 3"]


def test_a_deck_with_any_one_member_changed_has_other_keys_where_it_says_other_things(deck: Path, tmp_path: Path):
    honest, rng, seen = told(edited(deck, tmp_path / "same.pptx", lambda _, data: data)), random.Random(20), 0
    names = members(deck)
    for turn in range(CHANGES):
        chosen = rng.choice(names)
        file = edited(
            deck,
            tmp_path / f"{turn}.pptx",
            lambda name, data, chosen=chosen: changed(data, rng) if name == chosen else data,  # type: ignore[misc]
        )
        now = told(file)
        assert all(honest[key] == said for key, said in now.items() if key in honest), (turn, chosen)
        seen += list(now.values()) != list(honest.values())
    assert seen >= CHANGES // 3, "most edits change nothing that is read: too few others were tried"


def keys_of(deck: Path, memo: Memo = FORGETFUL) -> list[str] | None:
    """Return the keys of the runs; None if the deck can't be opened."""
    try:
        with stretches(deck, memo) as runs:
            return [one.key for one in runs]
    except (zipfile.BadZipFile, UnsafeFile, ValueError, KeyError, etree.XMLSyntaxError, zlib.error):
        return None


def test_keys_are_the_same_whatever_is_remembered_of_another_deck(deck: Path, tmp_path: Path):
    kept, rng, known = Gathering(), random.Random(7), 0
    assert keys_of(deck, kept) == keys_of(deck, kept) == keys_of(deck)
    assert all(name.startswith("run-") for name in kept.kept) and len(kept.kept) == 4
    honest, data, names = keys_of(deck), deck.read_bytes(), members(deck)
    for turn in range(CHANGES):
        other = tmp_path / f"{turn % 3}.pptx"
        if turn % 3 == 0:  # any one byte
            at = rng.randrange(len(data))
            other.write_bytes(data[:at] + bytes([data[at] ^ rng.randrange(1, 256)]) + data[at + 1 :])
        elif turn % 3 == 1:  # a member that says something else, where it was
            chosen = rng.choice(names)
            edited(deck, other, lambda name, data, chosen=chosen: changed(data, rng) if name == chosen else data)  # type: ignore[misc]
        else:  # members in another order
            shuffled(deck, other, rng)
        keys = keys_of(other)
        assert keys_of(other, Gathering(dict(kept.kept))) == keys, turn
        known += keys == honest
    assert 10 < known < CHANGES, "both those that are still known and those that are not"


def test_a_run_is_known_by_its_bytes_alone_only_where_its_members_leave_no_gap(deck: Path, tmp_path: Path):
    kept = Gathering()
    with zipfile.ZipFile(deck) as old, zipfile.ZipFile(tmp_path / "gaps.pptx", "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            told = zipfile.ZipInfo(name)
            told.extra = b"\xfe\xca\x00\x00"
            new.writestr(told, old.read(name))
    assert keys_of(tmp_path / "gaps.pptx", kept) == keys_of(tmp_path / "gaps.pptx") and not kept.kept


def members(deck: Path) -> list[str]:
    with zipfile.ZipFile(deck) as archive:
        return [name for name in archive.namelist() if re.search(r"/(slides|notesSlides|media)/", name)]


def shuffled(deck: Path, into: Path, rng: random.Random) -> None:
    with zipfile.ZipFile(deck) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for name in rng.sample(old.namelist(), len(old.namelist())):
            new.writestr(name, old.read(name))


def changed(data: bytes, rng: random.Random) -> bytes:
    """Return a member with a letter of its text, its addresses or its names changed; what is no XML ends otherwise."""
    if not data.startswith(b"<"):
        return data[:-1] + bytes([data[-1] ^ 1])
    letters = list(re.finditer(rb'(?<=>)[A-Za-z0-9]|(?<=Target="http)s|(?<=descr=")[A-Za-z0-9]', data))
    at = rng.choice(letters).start() if letters else len(data)
    return data[:at] + (b"#" if letters else b"") + data[at + 1 :]


def test_what_another_program_saved_has_another_key_where_less_is_read(deck: Path, tmp_path: Path):
    def renamed(name: str, data: bytes) -> bytes:
        return data.replace(b">mathbook<", b">Other<") if name == "docProps/app.xml" else data

    ours, others = (
        told(edited(deck, tmp_path / "a.pptx", lambda _, data: data)),
        told(edited(deck, tmp_path / "b.pptx", renamed)),
    )
    assert not set(ours) & set(others) and list(ours.values()) != list(others.values())


def test_a_slide_is_not_known_where_the_archive_is_odd(deck: Path, tmp_path: Path):
    data = bytearray(deck.read_bytes())
    with zipfile.ZipFile(deck) as archive:
        at = archive.getinfo("ppt/slides/slide3.xml").header_offset
    data[at + 30] ^= 1  # the name that stands before the member
    (tmp_path / "odd.pptx").write_bytes(data)
    with stretches(tmp_path / "odd.pptx") as runs:
        assert [not one.key for one in runs] == ["slide 3" in one.places for one in runs]
        with pytest.raises(zipfile.BadZipFile):
            next(one for one in runs if not one.key).read()


def test_relationships_are_read_quickly_as_they_are_read_with_care(deck: Path):
    quickly = 0
    with open_deck(deck) as archive:
        for name in [name for name in archive.entries if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]:
            data = archive.read(name.replace("slides/", "slides/_rels/") + ".rels")
            quick = quick_relations(data, "ppt/slides")
            assert quick in (None, relations(archive, name))
            quickly += quick is not None
            assert (quick is None) == (b"&" in data)
        data = archive.read("ppt/_rels/presentation.xml.rels")
        assert quick_relations(data, "ppt") == relations(archive, "ppt/presentation.xml")
    assert quickly >= 6


@pytest.mark.parametrize("folder", ["ppt", "ppt/slides"])
@pytest.mark.parametrize(
    "target", ["a.xml", "a/b.c", "../a.xml", "../../a", "./a", "a/../b", "/a", "a//b", "a/", "..", ""]
)
def test_targets_are_found_quickly_as_they_are_with_care(folder: str, target: str):
    start = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="%s">' % PACKAGE
    data = start + b'<Relationship Id="rId1" Type="t" Target="%s"/></Relationships>' % target.encode()
    assert quick_relations(data, folder) == {"rId1": posixpath.normpath(posixpath.join(folder, target))}


@pytest.mark.parametrize(
    "edit",
    [
        (b"/>", b"><x/></Relationship>"),
        (b"Id=", b"Id ="),
        (b'"/>', b"'/>"),
        (b"../", b".&#46;/"),
        (b"<Relationship ", b"<!-- --><Relationship "),
        (b"UTF-8", b"UTF-16"),
    ],
)
def test_relationships_that_are_written_otherwise_are_read_with_care(deck: Path, edit: tuple[bytes, bytes]):
    with zipfile.ZipFile(deck) as archive:
        data = archive.read("ppt/slides/_rels/slide4.xml.rels")
    assert quick_relations(data, "ppt/slides") and edit[0] in data
    assert quick_relations(data.replace(*edit, 1), "ppt/slides") is None


def test_the_deck_reads_the_same_slide_by_slide(deck: Path):
    with stretches(deck) as slides:
        one_by_one = [replace(passage, unit=one.unit) for one in slides for passage in one.read()]
    assert one_by_one == list(read_back(deck))

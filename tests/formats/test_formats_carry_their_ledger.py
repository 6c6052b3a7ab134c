"""Every format carries the ledger inside its files, and nothing else of the file changes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mathbook.authoring.new import create
from mathbook.build.make import Request, make
from mathbook.diagnostics import Collector
from mathbook.document.edition import Edition
from mathbook.document.ledger import (
    Ledger,
    NotALedger,
    Part,
    as_record,
    found_in,
    from_json,
    joined,
    ledger_of,
    to_json,
    unit_text,
    where_of,
)
from mathbook.edition.resolve import resolve
from mathbook.formats import formats
from mathbook.project import Project
from mathbook.source.read import read_book


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("ledgers") / "book"
    create(root, "A Book & Its „Ledger“")
    list(make(Project(root), Request(audiences=("student",))))
    return root


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    book = read_book(Project(root), Collector())
    assert book is not None
    return resolve(book, "student", Collector())


@pytest.mark.parametrize(("name", "file"), [("pdf", "book.pdf"), ("epub", "book.epub"), ("deck", "deck.pptx")])
def test_a_file_tells_what_it_says(root: Path, edition: Edition, name: str, file: str):
    data = formats()[name].door("unseal")(root / "dist" / file)
    carried = from_json(data)
    assert (carried.title, carried.edition, carried.audience) == (edition.meta.title, edition.meta.edition, "student")
    assert [unit.fingerprint for unit in carried.units] == [unit.fingerprint for unit in ledger_of(edition).units]


@pytest.mark.parametrize(("name", "file"), [("pdf", "book.pdf"), ("epub", "book.epub"), ("deck", "deck.pptx")])
def test_the_seal_changes_nothing_that_is_read(root: Path, tmp_path: Path, name: str, file: str):
    row = formats()[name]
    before = list(row.door("read_back")(root / "dist" / file))
    sealed = tmp_path / file
    whole = (root / "dist" / file).read_bytes()
    sealed.write_bytes(whole)
    unchanged = row.door("seal")(sealed, b'{"mathbook": 1}')
    assert list(row.door("read_back")(sealed)) == before
    assert unchanged > len(whole) / 2
    assert sealed.read_bytes()[:unchanged] == whole[:unchanged]


def test_the_ledger_of_the_finished_files_reads_like_the_one_inside_them(root: Path, edition: Edition):
    published = from_json((root / "dist" / "ledger.json").read_bytes())
    assert [unit.id for unit in published.units] == [unit.id for unit in edition.units]


def test_a_ledger_survives_its_own_form(edition: Edition):
    ledger = ledger_of(edition)
    assert from_json(to_json(ledger)) == ledger


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"mathbook": 99}', b"\xff", b'{"mathbook": 1, "units": 3}'])
def test_what_is_no_ledger_is_refused(data: bytes):
    with pytest.raises(NotALedger):
        from_json(data)


def placed(ledger: Ledger, format_name: str, place: str) -> Ledger:
    """Return the ledger with one place for all blocks, and the first unit."""
    where = ((format_name, place),)
    first, *others = (
        replace(unit, blocks=tuple(replace(block, where=where) for block in unit.blocks)) for unit in ledger.units
    )
    return replace(ledger, units=(replace(first, where=where), *others))


def test_a_ledger_is_written_as_its_record(edition: Edition):
    parts = (Part('page "3"', "é", "0" * 32),)
    for ledger in (ledger_of(edition), replace(placed(ledger_of(edition), "pdf", "page „3“"), parts=parts)):
        assert json.loads(to_json(ledger)) == as_record(ledger)
        assert from_json(to_json(ledger)) == ledger
        assert to_json(ledger).decode() == json.dumps(as_record(ledger), ensure_ascii=False, separators=(",", ":"))


def test_places_of_two_formats_are_joined(edition: Edition):
    bare = ledger_of(edition)
    printed, shown = (to_json(placed(bare, *where)) for where in (("pdf", "page 3"), ("deck", "slide „4“")))
    places = zip(found_in(printed, "pdf"), found_in(shown, "deck"), strict=True)
    where = where_of({"pdf": one.places, "deck": other.places} for one, other in places)
    both = from_json(joined(bare, zip(map(unit_text, bare.units), where, strict=True), between="\n"))
    wanted = (("deck", "slide „4“"), ("pdf", "page 3"))
    assert {block.where for unit in both.units for block in unit.blocks} == {wanted}
    assert [unit.where for unit in both.units] == [wanted] + [()] * (len(bare.units) - 1)
    assert replace(both, units=()) == replace(bare, units=())
    assert len(to_json(both).splitlines()) == 1

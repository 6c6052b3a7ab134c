"""A judge to whom others have told beforehand what they found out of parts of a file says what one alone says."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutations import FILES, KINDS, build, mutated

from mathbook.authoring.prove import Manuscript
from mathbook.document.book import FormatName
from mathbook.document.memo import Gathering, Memo
from mathbook.formats import formats
from mathbook.verify.ahead import likely, look_at, part_of
from mathbook.verify.answers import Hidden
from mathbook.verify.judge import Judgement, judge_stretches

FORMATS = ("epub", "deck")
EDITED = [kind for kind, (name, *_) in KINDS.items() if name in FORMATS]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manuscript]:
    root = tmp_path_factory.mktemp("ahead") / "book"
    return root, build(root)


def told_by_others(name: FormatName, file: Path, manuscript: Manuscript, size: int) -> Gathering:
    """Return what is found out by parts of so many units, each looked at as if by another process."""
    edition, hidden, told = manuscript.editions["student"], Hidden(manuscript.editions["instructor"]), Gathering()
    stretches = formats()[name].door("stretches")
    with stretches(file) as there:
        units = likely(edition, there, told)
    names = list(units)
    for at in range(0, len(names), size):
        some = {unit: units[unit] for unit in names[at : at + size]}
        part, found = part_of(some, edition, (), hidden), Gathering()
        with stretches(file) as there:
            look_at(part, name, [there[number] for number in part.numbers], found)
        found.pour_into(told)
    return told


def judged(name: FormatName, file: Path, manuscript: Manuscript, memo: Memo) -> Judgement:
    hidden = Hidden(manuscript.editions["instructor"])
    with formats()[name].door("stretches")(file) as stretches:
        return judge_stretches(manuscript.editions["student"], name, stretches, hidden, memo=memo)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("size", [1, 2, 100])
def test_an_honest_file_is_judged_as_it_is_alone(book: tuple[Path, Manuscript], size: int, name: FormatName):
    file = book[0] / "dist" / FILES[name]
    told = told_by_others(name, file, book[1], size)
    assert told.kept
    assert judged(name, file, book[1], told) == judged(name, file, book[1], Gathering())


@pytest.mark.parametrize("kind", EDITED)
def test_an_edited_file_is_judged_as_it_is_alone(book: tuple[Path, Manuscript], kind: str, tmp_path: Path):
    name: FormatName = KINDS[kind][0]
    file, _ = mutated(kind, book[0], 1, tmp_path)
    alone = judged(name, file, book[1], Gathering())
    for size in (1, 100):
        assert judged(name, file, book[1], told_by_others(name, file, book[1], size)) == alone


@pytest.mark.parametrize("name", FORMATS)
def test_all_that_a_judge_asks_of_units_is_told_beforehand(book: tuple[Path, Manuscript], name: FormatName):
    file = book[0] / "dist" / FILES[name]
    told = told_by_others(name, file, book[1], 2)
    before = set(told.kept)
    judged(name, file, book[1], told)
    asked = {key.partition("-")[0] for key in told.kept.keys() - before}
    assert "wanted" not in asked
    assert "proof" not in asked

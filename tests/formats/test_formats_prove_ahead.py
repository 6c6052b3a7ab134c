"""A judge to whom others have told beforehand what they found out of parts of a file says what one alone says."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutations import FILES, KINDS, build, mutated

from mathbook.authoring.prove import Manuscript
from mathbook.document.memo import Gathering, Memo
from mathbook.formats import formats
from mathbook.verify.ahead import likely, look_at, part_of
from mathbook.verify.answers import Hidden
from mathbook.verify.judge import Judgement, judge_stretches

EDITED = [kind for kind, (name, *_) in KINDS.items() if name == "epub"]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manuscript]:
    root = tmp_path_factory.mktemp("ahead") / "book"
    return root, build(root)


def told_by_others(file: Path, manuscript: Manuscript, size: int) -> Gathering:
    """Return what is found out by parts of so many units, each looked at as if by another process."""
    edition, hidden, told = manuscript.editions["student"], Hidden(manuscript.editions["instructor"]), Gathering()
    stretches = formats()["epub"].door("stretches")
    with stretches(file) as there:
        units = likely(edition, there, told)
    names = list(units)
    for at in range(0, len(names), size):
        some = names[at : at + size]
        part, found = part_of(some, [units[unit] for unit in some], edition, (), hidden), Gathering()
        with stretches(file) as there:
            look_at(part, "epub", [there[number] for number in part.numbers], found)
        found.pour_into(told)
    return told


def judged(file: Path, manuscript: Manuscript, memo: Memo) -> Judgement:
    hidden = Hidden(manuscript.editions["instructor"])
    with formats()["epub"].door("stretches")(file) as stretches:
        return judge_stretches(manuscript.editions["student"], "epub", stretches, hidden, memo=memo)


@pytest.mark.parametrize("size", [1, 2, 100])
def test_an_honest_e_book_is_judged_as_it_is_alone(book: tuple[Path, Manuscript], size: int):
    file = book[0] / "dist" / FILES["epub"]
    told = told_by_others(file, book[1], size)
    assert told.kept
    assert judged(file, book[1], told) == judged(file, book[1], Gathering())


@pytest.mark.parametrize("kind", EDITED)
def test_an_edited_e_book_is_judged_as_it_is_alone(book: tuple[Path, Manuscript], kind: str, tmp_path: Path):
    file, _ = mutated(kind, book[0], 1, tmp_path)
    alone = judged(file, book[1], Gathering())
    for size in (1, 100):
        assert judged(file, book[1], told_by_others(file, book[1], size)) == alone


def test_all_that_a_judge_asks_of_units_is_told_beforehand(book: tuple[Path, Manuscript]):
    file = book[0] / "dist" / FILES["epub"]
    told = told_by_others(file, book[1], 2)
    before = set(told.kept)
    judged(file, book[1], told)
    asked = {key.partition("-")[0] for key in told.kept.keys() - before}
    assert "wanted" not in asked
    assert "proof" not in asked

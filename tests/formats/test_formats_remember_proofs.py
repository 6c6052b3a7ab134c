"""What was proved before is not read again; whatever is done to a file is found as if nothing were remembered."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from mutations import FILES, build
from stretched import Read, stretched

from mathbook.authoring.prove import Manuscript
from mathbook.build.memo_file import MemoFile
from mathbook.document.book import Unit
from mathbook.document.edition import Edition
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.nodes import BulletList
from mathbook.document.passage import Passage
from mathbook.formats import formats
from mathbook.verify.answers import Hidden
from mathbook.verify.expect import passages
from mathbook.verify.judge import Judgement, judge_stretches

TURNS = 40
"""How many times something is done to a file, one thing after the other, by one who remembers all of it."""

Told = list[Passage]
Edit = Callable[[random.Random, Told, Edition], Told]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manuscript]:
    root = tmp_path_factory.mktemp("proofs") / "book"
    return root, build(root)


@pytest.fixture(scope="module")
def said(book: tuple[Path, Manuscript]) -> dict[str, Told]:
    return {name: list(formats()[name].door("read_back")(book[0] / "dist" / FILES[name])) for name in FILES}


def judged(told: Told, name: str, editions: tuple[Edition, Edition], memo: Memo, read: Read | None = None) -> Judgement:
    student, whole = editions
    return judge_stretches(student, name, stretched(told, name, read), Hidden(whole), memo=memo)


def both(book: tuple[Path, Manuscript]) -> tuple[Edition, Edition]:
    return book[1].editions["student"], book[1].editions["instructor"]


def without(edition: Edition, ids: Sequence[str]) -> Edition:
    return replace(edition, units=tuple(unit for unit in edition.units if unit.id not in ids))


def unit_of(edition: Edition, name: str) -> Unit:
    return next(unit for unit in edition.units if unit.id == name)


@pytest.mark.parametrize("name", FILES)
def test_what_was_proved_before_is_not_read_again(
    book: tuple[Path, Manuscript], said: dict[str, Told], name: str, tmp_path: Path
):
    memo, cold, warm = MemoFile(tmp_path / "memo", "code"), Read(), Read()
    judged(said[name], name, both(book), memo, cold)
    assert cold.count == len(stretched(said[name], name))
    judged(said[name], name, both(book), memo, warm)
    assert warm.count == 0


@pytest.mark.parametrize("name", FILES)
def test_of_a_file_with_one_more_word_only_what_is_near_it_is_read(
    book: tuple[Path, Manuscript], said: dict[str, Told], name: str, tmp_path: Path
):
    memo, read = MemoFile(tmp_path / "memo", "code"), Read()
    judged(said[name], name, both(book), memo)
    at = next(at for at, passage in enumerate(said[name]) if "second of number 4" in passage.words)
    changed = list(said[name])
    changed[at] = replace(changed[at], words=f"{changed[at].words} more")
    judgement = judged(changed, name, both(book), memo, read)
    assert [finding.unit for finding in judgement.findings] == ["steps-4"]
    # its own stretch, and in a deck the others of its section
    assert read.count < len(stretched(said[name], name)) / 3


@pytest.mark.parametrize("name", FILES)
def test_a_book_that_gets_one_more_example_is_judged_as_if_nothing_were_remembered(
    book: tuple[Path, Manuscript], said: dict[str, Told], name: str, tmp_path: Path
):
    memo = MemoFile(tmp_path / "memo", "code")
    for ids in (["steps-4", "steps-6"], ["steps-4"], [], ["steps-5"], ["steps-3", "steps-6"], []):
        student, whole = (without(edition, ids) for edition in both(book))
        for hidden in (whole, both(book)[1]):
            again = judged(said[name], name, (student, hidden), memo)
            assert again == judged(said[name], name, (student, hidden), FORGETFUL)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", FILES)
def test_whatever_is_done_to_a_file_is_judged_as_if_nothing_were_remembered(
    book: tuple[Path, Manuscript], said: dict[str, Told], name: str, seed: int, tmp_path: Path
):
    rng, told, faults = random.Random(seed), said[name], set[str]()
    memo = MemoFile(tmp_path / "memo", "code")
    judged(told, name, both(book), memo)
    for turn in range(TURNS):
        told = EDITS[turn % len(EDITS)](rng, told if rng.random() < 0.7 else said[name], both(book)[1])
        forgetful = judged(told, name, both(book), FORGETFUL)
        assert judged(told, name, both(book), memo) == forgetful, turn
        faults |= {f"{finding.fault} {finding.what}" for finding in forgetful.findings}
        if rng.random() < 0.3:
            memo.save()
            memo = MemoFile(memo.path, "code")
    assert len(faults) > 5, "the edits are to make faults of many kinds"
    assert "extra answer" in faults


@pytest.mark.parametrize("name", FILES)
def test_an_answer_that_students_were_told_elsewhere_is_one_again_when_that_goes(
    book: tuple[Path, Manuscript], said: dict[str, Told], name: str, tmp_path: Path
):
    """The words of an answer stood in another example, which is withdrawn; its page still stands in the file."""
    student, whole = both(book)
    memo = MemoFile(tmp_path / "memo", "code")
    said_by_three = next(block for block in unit_of(student, "steps-3").blocks if isinstance(block, BulletList))
    five = unit_of(whole, "steps-5")
    more = replace(five, blocks=(*five.blocks, said_by_three))
    hidden = replace(whole, units=tuple(more if unit is five else unit for unit in whole.units))
    assert judged(said[name], name, (student, hidden), memo).findings == ()
    fewer = without(student, ["steps-3"]), hidden
    forgetful = judged(said[name], name, fewer, FORGETFUL)
    assert any(finding.what == "answer" and finding.unit == "steps-5" for finding in forgetful.findings)
    assert judged(said[name], name, fewer, memo) == forgetful


# -- what is done to a file


def places(told: Told) -> list[tuple[str, int, int]]:
    """Return the runs of passages that are in one place."""
    found: list[tuple[str, int, int]] = []
    for at, passage in enumerate(told):
        if found and found[-1][0] == passage.place:
            found[-1] = (passage.place, found[-1][1], at + 1)
        else:
            found.append((passage.place, at, at + 1))
    return found


def one_is_gone(rng: random.Random, told: Told, _: Edition) -> Told:
    _, first, end = rng.choice(places(told))
    return [*told[:first], *told[end:]] or told


def one_stands_twice(rng: random.Random, told: Told, _: Edition) -> Told:
    (place, first, end), (_, at, _) = rng.choice(places(told)), rng.choice(places(told))
    again = [replace(passage, place=f"{place}b") for passage in told[first:end]]
    return [*told[:at], *again, *told[at:]]


def one_stands_twice_under_its_name(rng: random.Random, told: Told, _: Edition) -> Told:
    (_, first, end), (_, at, _) = rng.choice(places(told)), rng.choice(places(told))
    return [*told[:at], *told[first:end], *told[at:]]


def one_has_moved(rng: random.Random, told: Told, whole: Edition) -> Told:
    _, first, end = rng.choice(places(told))
    left = [*told[:first], *told[end:]]
    at = rng.choice(places(left))[1] if left else 0
    return [*left[:at], *told[first:end], *left[at:]]


def units_are_exchanged(rng: random.Random, told: Told, _: Edition) -> Told:
    one, two = rng.choices(sorted({passage.unit for passage in told}), k=2)
    return [replace(p, unit=two if p.unit == one else one if p.unit == two else p.unit) for p in told]


def a_word_is_changed(rng: random.Random, told: Told, _: Edition) -> Told:
    at = rng.randrange(len(told))
    words = told[at].words
    return [*told[:at], replace(told[at], words=f"{words[1:]}{words[:1]}x"), *told[at + 1 :]]


def one_is_said_as_another(rng: random.Random, told: Told, _: Edition) -> Told:
    at, other = rng.randrange(len(told)), rng.choice(told)
    return [*told[:at], replace(other, place=told[at].place, unit=told[at].unit), *told[at + 1 :]]


def an_answer_is_told(rng: random.Random, told: Told, whole: Edition) -> Told:
    at = rng.randrange(len(told))
    answers = [one for name in FILES for one in passages(whole, name) if "forty-two times" in one.words]
    return [*told[:at], replace(told[at], role="paragraph", words=rng.choice(answers).words), *told[at + 1 :]]


def links_lead_elsewhere(rng: random.Random, told: Told, _: Edition) -> Told:
    at = rng.randrange(len(told))
    return [replace(p, links=("page 1 at 9", *p.links[1:])) if n >= at and p.links else p for n, p in enumerate(told)]


def a_title_is_called_as_another(rng: random.Random, told: Told, _: Edition) -> Told:
    titles = [at for at, passage in enumerate(told) if passage.role == "title"]
    one, two = rng.choices(titles, k=2) if titles else (0, 0)
    return [*told[:one], replace(told[one], words=told[two].words, formulas=told[two].formulas), *told[one + 1 :]]


EDITS: tuple[Edit, ...] = (
    one_is_gone,
    one_stands_twice,
    one_stands_twice_under_its_name,
    one_has_moved,
    units_are_exchanged,
    a_word_is_changed,
    one_is_said_as_another,
    an_answer_is_told,
    links_lead_elsewhere,
    a_title_is_called_as_another,
)

"""Records are equal, hashed, written and sent as frozen data classes are; a checker sees that none changes."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mypy import api

from mathbook.frozen import frozen


@frozen
class Point:
    """A record of ours."""

    x: int
    name: str = ""
    where: int = field(default=0, compare=False, repr=False)


class Twin:
    """Holds the same as `dataclass` makes it."""

    @dataclass(frozen=True, slots=True)
    class Point:
        x: int
        name: str = ""
        where: int = field(default=0, compare=False, repr=False)


@frozen
class Alone:
    """A record of one field."""

    words: tuple[str, ...] = ()


Values = tuple[int, str, int]
TOLD = """from dataclasses import replace
from mathbook.diagnostics import Span
span = Span("a.md", 1, 1)
span.line = 2
replace(span, line="2")
Span("a.md", "1")
"""
VALUES = st.tuples(st.integers(0, 2), st.sampled_from("ab"), st.integers(0, 1))


@given(one=VALUES, other=VALUES)
def test_records_are_equal_hashed_and_written_as_frozen_data_classes_are(one: Values, other: Values):
    ours, theirs = (Point(*one), Point(*other)), (Twin.Point(*one), Twin.Point(*other))
    assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])
    assert hash(ours[0]) == hash(theirs[0])
    assert len(set(ours)) == len(set(theirs))
    assert repr(ours[0]) == repr(theirs[0]).removeprefix("Twin.")


def test_records_of_two_kinds_are_never_equal():
    assert Point(1) != Twin.Point(1)
    assert Alone(("a",)) != ("a",)
    assert Alone() == Alone(())


def test_a_record_is_a_data_class_with_slots_that_can_be_sent_copied_and_taken_apart():
    point = Point(1, "a", 3)
    assert [one.name for one in fields(point)] == ["x", "name", "where"] and not hasattr(point, "__dict__")
    assert pickle.loads(pickle.dumps(point)).where == 3 and replace(point, x=2) == Point(2, "a")
    match point:
        case Point(x, name):
            assert (x, name) == (1, "a")
    with pytest.raises(AttributeError):
        point.other = 1  # type: ignore[attr-defined]


def test_methods_that_a_record_has_of_its_own_stay():
    @frozen
    class Said:
        """Is equal to everything."""

        words: str

        def __eq__(self, other: object) -> bool:
            return True

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "said"

    assert Said("a") == 1 and hash(Said("a")) == 7 and repr(Said("a")) == "said"


def test_a_checker_refuses_to_set_a_field_and_a_value_that_does_not_fit(tmp_path: Path):
    path = tmp_path / "told.py"
    path.write_text(TOLD, "utf-8")
    told, _, status = api.run(["--strict", "--cache-dir", str(tmp_path), str(path)])
    assert status == 1, told
    assert [int(line.rpartition(".py:")[2].partition(":")[0]) for line in told.splitlines()[:-1]] == [4, 5, 6], told

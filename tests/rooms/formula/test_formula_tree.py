"""The tree knows every kind of node that the parser can give."""

from __future__ import annotations

from typing import get_args

import pytest
from formula_corpus import CORPUS

from mathbook.formula import tree
from mathbook.formula.from_json import node_from
from mathbook.formula.parse import parse
from mathbook.formula.spacing import THICK, class_of, gaps
from mathbook.formula.tree import Line, Node, Operator, Row, Table
from mathbook.formula.walk import walk

KINDS = sorted(kind.__name__ for kind in get_args(Node))


@pytest.fixture(scope="module")
def occurring() -> set[str]:
    return {type(node).__name__ for latex in CORPUS for node in walk(parse(latex, display=True).tree)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_node_occurs_in_the_corpus(kind: str, occurring: set[str]):
    assert kind in occurring


def test_a_kind_that_is_not_known_is_our_mistake():
    with pytest.raises(AssertionError, match="'novelty'"):
        node_from({"type": "novelty"})


def test_the_groups_of_kinds_share_none():
    groups = (tree.Leaf, tree.Built, tree.Attached, tree.Boxed, tree.Tinted, tree.Drawing)
    assert sum(len(get_args(group)) for group in groups) == len(KINDS)


def test_a_table_keeps_its_rules():
    table = parse(r"\begin{array}{|c||c|}\hline a&b\\ \cline{2-2} c&d\end{array}", display=True).tree
    assert isinstance(table, Table)
    assert table.verticals == (0, 1, 1, 2)
    assert table.horizontals == (Line(0), Line(1, 1, 1))


@pytest.mark.parametrize(
    ("latex", "widths"),
    [
        ("a=b", (0.0, THICK, THICK)),
        ("-x", (0.0, 0.0)),
        ("a=-b", (0.0, THICK, THICK, 0.0)),
        ("a,b", (0.0, 0.0, 1 / 6)),
        (r"2\sin x", (0.0, 1 / 6, 1 / 6)),
        ("(-a)", (0.0, 0.0, 0.0, 0.0)),
        ("a+b", (0.0, 2 / 9, 2 / 9)),
        (r"a\,=b", (0.0, 0.0, THICK, THICK)),
    ],
)
def test_parts_stand_apart_as_in_tex(latex: str, widths: tuple[float, ...]):
    row = parse(latex, display=True).tree
    assert isinstance(row, Row)
    assert gaps(row.children, small=False) == pytest.approx(widths)


def test_scripts_have_no_wide_spaces():
    row = parse("a=b+c,d", display=True).tree
    assert isinstance(row, Row)
    assert sum(gaps(row.children, small=True)) == 0


@pytest.mark.parametrize("latex", CORPUS)
def test_every_node_has_a_class(latex: str):
    classes = {class_of(node) for node in walk(parse(latex, display=True).tree)}
    assert classes <= {"ord", "op", "bin", "rel", "open", "close", "punct", "inner"}


def test_a_sign_of_a_forced_class_is_a_sign_of_that_class():
    assert parse(r"\mathrel{+}", display=True).tree == Operator("+", "rel")

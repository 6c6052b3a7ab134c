"""Formulas that come back from a deck: OMML to LaTeX."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from mathbook.diagnostics import Collector
from mathbook.document.nodes import Equation, Formula
from mathbook.document.walk import walk
from mathbook.formula.latex import Unreadable, latex
from mathbook.formula.omml import omml
from mathbook.formula.parse import parse
from mathbook.formula.symbols import symbols_of_omml
from mathbook.project import Project
from mathbook.source.read import read_book

ROOT = Path(__file__).resolve().parents[3]
M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def formulas_of_the_book() -> Iterator[tuple[Formula, bool]]:
    book = read_book(Project(ROOT), Collector())
    assert book
    for node in walk(book.units):
        if isinstance(node, Equation):
            yield node.formula, True
        elif isinstance(node, Formula):
            yield node, False


def test_every_formula_of_the_book_comes_back_as_latex_that_makes_the_same_formula():
    tried = set(formulas_of_the_book())
    assert len(tried) > 300
    for formula, display in tried:
        written = omml(parse(formula.latex, display=display, definitions=formula.definitions))
        back = latex(written)
        again = omml(parse(back, display=display))
        assert symbols_of_omml(again) == symbols_of_omml(written), formula.latex
        assert latex(again).replace(" ", "") == back.replace(" ", ""), formula.latex


@pytest.mark.parametrize(
    ("omml_text", "expected"),
    [
        ("<m:r><m:t>x+1</m:t></m:r>", "x+1"),
        ("<m:r><m:t>x</m:t></m:r><m:r><m:t>+1</m:t></m:r>", "x+1"),
        ("<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "x^2"),
        ("<m:f><m:fPr><m:ctrlPr/></m:fPr><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den/></m:f>", r"\frac{1}{}"),
        ("<m:d><m:e><m:r><m:t>α≤β</m:t></m:r></m:e></m:d>", r"\left( \alpha\le\beta\right)"),
        ("<m:r><m:rPr><m:sty m:val='p'/></m:rPr><m:t>sin</m:t></m:r>", r"\sin"),
        ("<m:r><m:rPr><m:nor/></m:rPr><m:t>if so</m:t></m:r>", r"\text{if so}"),
    ],
)
def test_formulas_as_other_programs_write_them_are_read(omml_text: str, expected: str):
    assert latex(etree.fromstring(f"<m:oMath {M}>{omml_text}</m:oMath>")) == expected


def test_what_is_not_known_is_said_and_not_guessed():
    with pytest.raises(Unreadable, match="m:newThing"):
        latex(etree.fromstring(f"<m:oMath {M}><m:newThing/></m:oMath>"))

"""The drawing: what the parser draws wrongly is mended, and PDF operators show what the SVG shows."""

from __future__ import annotations

import re

import pytest
from formula_corpus import CORPUS, FONT
from lxml import etree

from mathbook.formula.drawing import svg_picture, warnings
from mathbook.formula.parse import parse
from mathbook.formula.pdf_drawing import pdf_drawing
from mathbook.formula.svg import SVG, parsed_svg


def operators(latex: str) -> bytes:
    return pdf_drawing(parse(latex, display=True), FONT).operators


def rectangles(latex: str) -> list[tuple[float, float, float, float]]:
    root = parsed_svg(parse(latex, display=True).svg)
    names = ("x", "y", "width", "height")
    return [tuple(float(rect.get(name, "0")) for name in names) for rect in root.iter(f"{SVG}rect")]  # type: ignore[misc]


def test_the_rule_of_an_array_stands_beside_its_rows():
    first, second, third = rectangles(r"\begin{array}{c|c}a&b\\c&d\\e&f\end{array}")
    assert first[1] == pytest.approx(second[1] + second[3]) and second[1] == pytest.approx(third[1] + third[3])
    assert first[1] + first[3] - 258 == pytest.approx(258 - third[1])


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{array}{c|c}a&b\end{array}",
        r"\begin{array}{|c|c|}\hline a&b\\ \hline c&\frac de\\ \hline\end{array}",
        r"x_{\begin{array}{c|c}a&b\\c&d\end{array}}",
        r"\boxed{\begin{array}{c|c}a&b\\c&d\end{array}}",
        r"\begin{array}{c|c}\begin{array}{c|c}a&b\end{array}&b\\c&d\end{array}",
    ],
)
def test_rules_are_drawn_within_the_formula_s_box(latex: str):
    plain = parse(latex.replace("|", "").replace(r"\hline", ""), display=True)
    ruled = parse(latex, display=True)
    assert ruled.ascent == pytest.approx(plain.ascent, abs=0.2)
    assert ruled.descent == pytest.approx(plain.descent, abs=0.2)


def test_a_double_rule_is_drawn_as_two():
    left, right = rectangles(r"\begin{array}{c||c}a&b\end{array}")
    assert right[0] - left[0] == pytest.approx(100)


def test_rules_meet_at_the_corners():
    found = rectangles(r"\begin{array}{|c|c|}\hline a&b\\ \hline\end{array}")
    uprights = [rect for rect in found if rect[2] < rect[3]]
    levels = [rect for rect in found if rect[2] > rect[3]]
    assert {rect[0] for rect in levels} == {min(rect[0] for rect in uprights)}
    assert {rect[0] + rect[2] for rect in levels} == {max(rect[0] + rect[2] for rect in uprights)}


@pytest.mark.parametrize(
    "latex", [r"\cancel{x+y}", r"\xcancel{x}", r"\llap{xyz}a", r"a\rlap{xyz}", r"\smash{\frac ab}"]
)
def test_the_box_holds_strokes_and_what_was_moved(latex: str):
    parsed = parse(latex, display=True)
    root = parsed_svg(parsed.svg)
    left, top, width, height = (float(number) for number in root.get("viewBox", "").split())
    for line in root.iter(f"{SVG}line"):
        xs, ys = ([float(line.get(name, "0")) for name in names] for names in (("x1", "x2"), ("y1", "y2")))
        assert left <= min(xs) and max(xs) <= left + width and top <= -max(ys) and -min(ys) <= top + height
    assert parsed.width > 0.4 and parsed.ascent + parsed.descent > 0.4


@pytest.mark.parametrize(
    ("colour", "operands"),
    [
        ("{red}", b"1 0 0"),
        ("{#00ff00}", b"0 1 0"),
        ("[RGB]{0,0,255}", b"0 0 1"),
        ("[rgb]{1,0,0}", b"1 0 0"),
        ("{ForestGreen}", b"0.1333 0.5451 0.1333"),
    ],
)
def test_colours_are_set_and_taken_back(colour: str, operands: bytes):
    drawn = operators(rf"a + {{\color{colour} b}}")
    assert operands + b" rg" in drawn
    assert drawn.split().count(b"q") == drawn.split().count(b"Q")


@pytest.mark.parametrize("latex", CORPUS)
def test_pdf_operators_are_operators_with_their_operands(latex: str):
    counts = {
        "m": 2,
        "l": 2,
        "c": 6,
        "re": 4,
        "cm": 6,
        "rg": 3,
        "RG": 3,
        "w": 1,
        "J": 1,
        "d": 2,
        "Tf": 2,
        "Tm": 6,
        "Tj": 1,
    }
    operands = 0
    for word in operators(latex).decode("ascii").split():
        if re.fullmatch(r"-?[\d.]+(e-?\d+)?|<[0-9a-f]{4}>|/MathbookFormula", word):
            operands += 1
            continue
        assert operands == counts.get(word, 0), word
        assert word in {*counts, "f", "S", "h", "q", "Q", "BT", "ET"}
        operands = 0


def test_a_circle_is_a_line_and_not_a_disc():
    drawn = operators(r"\circled{1}").split()
    assert b"S" in drawn


@pytest.mark.parametrize("latex", CORPUS)
def test_a_picture_stands_alone(latex: str):
    picture = etree.fromstring(svg_picture(parse(latex, display=True), "#123456"))
    names = {etree.QName(element).localname for element in picture.iter()}
    assert names <= {"svg", "defs", "g", "path", "use", "rect", "line", "ellipse", "circle", "polygon", "polyline"}
    defined = {path.get("id") for path in picture.iter(f"{SVG}path")}
    assert {use.get("href", "").removeprefix("#") for use in picture.iter(f"{SVG}use")} <= defined


def test_what_is_still_drawn_wrongly_is_said():
    crossed = r"\begin{array}{c|c}\multicolumn{2}{c}{x}\\a&b\end{array}"
    assert warnings(parse(crossed, display=True))
    assert warnings(parse(r"a \color{red}= b", display=True))
    assert not warnings(parse(r"\begin{array}{c|c}a&b\end{array} + \textcolor{red}{x}", display=True))

"""How MathML and OMML show a formula, beyond its symbols: limits, spaces, tables, operands, words."""

from __future__ import annotations

import pytest
from lxml import etree

from mathbook.formula.mathml import draws_only, mathml
from mathbook.formula.omml import expressible, omml
from mathbook.formula.parse import parse
from mathbook.formula.symbols import symbols_of_mathml, symbols_of_omml

MATHML = "{http://www.w3.org/1998/Math/MathML}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


def shape(latex: str, *, display: bool = True) -> str:
    """Return the MathML's elements in a line, without spaces and signs' attributes: `munder(mo,mi)`."""
    return _shape(mathml(parse(latex, display=display), annotate=False)[0])


def _shape(element: etree._Element) -> str:
    name = etree.QName(element).localname
    return f"{name}({','.join(_shape(child) for child in element)})" if len(element) else name


def first(latex: str, name: str, *, display: bool = True) -> etree._Element:
    found = mathml(parse(latex, display=display), annotate=False).find(f".//{MATHML}{name}")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("latex", "display", "expected"),
    [
        (r"\sum_i^n", True, "munderover(mo,mi,mi)"),
        (r"\sum_i^n", False, "msubsup(mo,mi,mi)"),
        (r"\int_0^1", True, "msubsup(mo,mn,mn)"),
        (r"\int\limits_0^1", False, "munderover(mo,mn,mn)"),
        (r"\sum\nolimits_i", True, "msub(mo,mi)"),
        (r"\lim_n", True, "munder(mi,mi)"),
        (r"\lim_n", False, "msub(mi,mi)"),
        (r"\frac{\sum_i x}{2}", True, "mfrac(mrow(msub(mo,mi),mi),mn)"),
        (r"\sqrt{\sum_i x}", True, "msqrt(munder(mo,mi),mi)"),
        (r"\mathrm{KL}", True, "mi"),
        (r"\overbrace{a}^b", True, "mover(mover(mi,mo),mi)"),
    ],
)
def test_limits_stand_where_tex_puts_them(latex: str, display: bool, expected: str):
    assert shape(latex, display=display) == expected


def test_limits_that_are_asked_for_stay_below_in_a_line_of_text():
    assert first(r"\sum\limits_i", "mo", display=False).get("movablelimits") == "false"


def test_a_sign_has_tex_s_spaces_and_none_in_a_script():
    equals = first("a=b", "mo")
    assert (equals.get("lspace"), equals.get("rspace")) == ("0.2778em", "0.2778em")
    small = first("x_{a=b}", "mo")
    assert (small.get("lspace"), small.get("rspace")) == ("0", "0")


def test_a_minus_of_a_number_has_no_space_behind_it():
    assert first("-x", "mo").get("rspace") == "0"


def test_a_coloured_sign_is_spaced_as_any_other():
    assert first(r"a \color{red}= b", "mo").get("lspace") == "0.2778em"


def test_aligned_lines_are_right_and_left_and_the_sign_has_room():
    cells = list(mathml(parse(r"\begin{aligned}a&=b\end{aligned}", display=True)).iter(f"{MATHML}mtd"))
    assert ["text-align: right" in cells[0].get("style", ""), "text-align: left" in cells[1].get("style", "")] == [
        True
    ] * 2
    assert next(cells[1].iter(f"{MATHML}mo")).get("lspace") == "0.2778em"


def test_rules_of_an_array_are_borders_of_its_cells():
    table = r"\begin{array}{c||c|}\hline a&b\\c&d\end{array}"
    styles = [cell.get("style", "") for cell in mathml(parse(table, display=True)).iter(f"{MATHML}mtd")]
    assert ["border-top" in style for style in styles] == [True, True, False, False]
    assert ["double" in style for style in styles] == [False, True, False, True]
    assert ["border-right" in style for style in styles] == [False, True, False, True]


def test_a_cell_across_columns_spans_them():
    assert first(r"\begin{array}{cc}\multicolumn{2}{c}{x}\\a&b\end{array}", "mtd").get("columnspan") == "2"


def test_mathml_says_its_words_and_keeps_its_latex():
    math = mathml(parse(r"\frac12", display=False))
    assert math.get("alttext") == "1 over 2"
    assert math.findtext(f".//{MATHML}annotation") == r"\frac12"


def test_what_only_a_drawing_shows_is_known():
    assert draws_only(parse(r"\chemfig{A-B}", display=True))
    assert not draws_only(parse(r"\begin{CD}A@>f>>B\end{CD}", display=True))


def children(latex: str, *, display: bool = True) -> list[str]:
    return [etree.QName(child).localname for child in omml(parse(latex, display=display))]


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\sum_i a_i + b", ["nary", "r", "r"]),
        (r"\sum_i a_i b_i = c", ["nary", "r", "r"]),
        (r"\int f(x)\,dx = 1", ["nary", "r", "r"]),
        (r"\sin x + y", ["func", "r", "r"]),
        (r"(a+b)^2", ["sSup"]),
        (r"\left(a\middle|b\right)", ["d"]),
        (r"\sqrt[3]{x}", ["rad"]),
        (r"{}_a^b X", ["sPre"]),
        (r"\overset{!}{=}", ["limUpp"]),
        (r"\cancel{x}", ["borderBox"]),
        (r"\smash{x}", ["phant"]),
    ],
)
def test_omml_has_an_element_for_each_construction(latex: str, expected: list[str]):
    assert children(latex) == expected


def test_a_limit_stands_below_its_function():
    names = [etree.QName(element).localname for element in omml(parse(r"\lim_{n} a_n", display=True)).iter()]
    assert "func" in names and "limLow" in names


def test_a_sign_without_an_operand_gets_an_empty_one():
    runs = omml(parse(r"\begin{aligned}a&=b\end{aligned}", display=True)).findall(f".//{M}mr/{M}e[2]/{M}r")
    assert [run.findtext(f"{M}t") for run in runs] == ["\u200a", "=", "b"]


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{array}{c|c}a&b\end{array}",
        r"\begin{array}{cc}\multicolumn{2}{c}{x}\\a&b\end{array}",
        r"\colorbox{red}{x}",
        r"\circled{1}",
        r"\rule{1em}{1em}",
        r"\chemfig{A-B}",
        r"\begin{CD}A@>f>>B\end{CD}",
    ],
)
def test_what_omml_can_t_say_is_known(latex: str):
    assert not expressible(parse(latex, display=True))


def test_colours_are_carried_to_every_run():
    text = etree.tostring(omml(parse(r"a + \textcolor{red}{b + \frac{c}{d}}", display=True)), encoding="unicode")
    assert text.count('val="FF0000"') == 4


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"A^\top x", "A transpose x"),
        (r"x^*", "x star"),
        (r"f\colon A \to B", "f from A to B"),
        (r"\lVert x \rVert_2", "the norm of x end norm sub 2"),
        (r"\mathbf{10}", "10"),
        (r"\Beta \preceq \textbf{so}", "capital beta precedes or equals so"),
        (r"\lfloor x \rfloor", "floor of x end floor"),
        (r"\blacklozenge", "black lozenge"),
    ],
)
def test_signs_are_put_into_words(latex: str, words: str):
    assert parse(latex, display=True).speech == words


def test_readers_look_at_nothing_but_the_xml():
    hidden, accent = "<mphantom><mi>y</mi></mphantom>", '<mover accent="true"><mi>x</mi><mo>ˆ</mo></mover>'
    math = f'<math xmlns="{MATHML[1:-1]}">{accent}{hidden}</math>'
    assert symbols_of_mathml(etree.fromstring(math)) == ("x", "\u0302")
    nary = f'<m:nary xmlns:m="{M[1:-1]}"><m:sub/><m:sup/><m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary>'
    assert symbols_of_omml(etree.fromstring(nary)) == ("∫", "x")

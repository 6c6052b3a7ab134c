"""One parse, four faces: what MathML and OMML show is what the tree holds, symbol by symbol and in its order."""

from __future__ import annotations

import contextlib
import re

import pytest
from formula_corpus import CORPUS, FONT
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mathbook.formula.commands import KNOWN_COMMANDS
from mathbook.formula.drawing import svg_picture
from mathbook.formula.mathml import mathml
from mathbook.formula.omml import expressible, omml, omml_para
from mathbook.formula.parse import FormulaError, parse
from mathbook.formula.pdf_drawing import pdf_drawing
from mathbook.formula.runs import simple_runs
from mathbook.formula.symbols import symbols, symbols_of_mathml, symbols_of_omml

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

both = pytest.mark.parametrize("display", [True, False], ids=["display", "inline"])
every = pytest.mark.parametrize("latex", CORPUS)


@every
@both
def test_mathml_shows_the_tree_s_symbols(latex: str, display: bool):
    parsed = parse(latex, display=display)
    shown = etree.fromstring(etree.tostring(mathml(parsed)))
    assert symbols_of_mathml(shown) == symbols(parsed.tree)


@every
@both
def test_omml_shows_the_tree_s_symbols(latex: str, display: bool):
    parsed = parse(latex, display=display)
    shown = etree.fromstring(etree.tostring(omml_para(parsed)))
    assert symbols_of_omml(shown) == symbols(parsed.tree)


atoms = st.sampled_from(["x", "y_1", "2", r"\alpha", r"\mathbb{R}", r"\hat z", r"\text{a b}", "(a+b)", r"\infty", "f'"])


def _forms(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    return st.one_of(
        pair.map(lambda p: rf"\frac{{{p[0]}}}{{{p[1]}}}"),
        pair.map(lambda p: rf"{{{p[0]}}}^{{{p[1]}}}"),
        pair.map(lambda p: rf"{{{p[0]}}}_{{{p[1]}}}"),
        pair.map(lambda p: f"{p[0]} + {p[1]}"),
        pair.map(lambda p: f"{p[0]} = {p[1]}"),
        pair.map(lambda p: rf"\sum_{{{p[0]}}} {p[1]}"),
        pair.map(lambda p: rf"\begin{{pmatrix}} {p[0]} & {p[1]} \\ 1 & 0 \end{{pmatrix}}"),
        pair.map(lambda p: rf"\log {p[0]} - {p[1]}"),
        inner.map(lambda x: rf"\sqrt{{{x}}}"),
        inner.map(lambda x: rf"\left[{x}\right]"),
        inner.map(lambda x: rf"\overline{{{x}}}"),
        inner.map(lambda x: rf"\underbrace{{{x}}}_n"),
    )


@given(st.recursive(atoms, _forms, max_leaves=8), st.booleans())
def test_generated_formulas_keep_their_symbols_in_every_face(latex: str, display: bool):
    parsed = parse(latex, display=display)
    expected = symbols(parsed.tree)
    assert symbols_of_mathml(mathml(parsed)) == expected
    assert symbols_of_omml(omml(parsed)) == expected


# ECMA-376 part 1, annex A, shared-math.xsd: the children of each element, in order
ORDER = {
    "acc": "accPr e",
    "accPr": "chr ctrlPr",
    "bar": "barPr e",
    "barPr": "pos ctrlPr",
    "box": "boxPr e",
    "borderBox": "borderBoxPr e",
    "borderBoxPr": "hideTop hideBot hideLeft hideRight strikeH strikeV strikeBLTR strikeTLBR ctrlPr",
    "d": "dPr e",
    "dPr": "begChr sepChr endChr grow shp ctrlPr",
    "f": "fPr num den",
    "fPr": "type ctrlPr",
    "func": "funcPr fName e",
    "groupChr": "groupChrPr e",
    "groupChrPr": "chr pos vertJc ctrlPr",
    "limLow": "limLowPr e lim",
    "limUpp": "limUppPr e lim",
    "m": "mPr mr",
    "mPr": "baseJc plcHide rSpRule cGpRule rSp cSp cGp mcs ctrlPr",
    "mcs": "mc",
    "mc": "mcPr",
    "mcPr": "count mcJc",
    "mr": "e",
    "nary": "naryPr sub sup e",
    "naryPr": "chr limLoc grow subHide supHide ctrlPr",
    "oMathPara": "oMathParaPr oMath",
    "phant": "phantPr e",
    "phantPr": "show zeroWid zeroAsc zeroDesc transp ctrlPr",
    "rad": "radPr deg e",
    "radPr": "degHide ctrlPr",
    "sPre": "sPrePr sub sup e",
    "sSub": "sSubPr e sub",
    "sSup": "sSupPr e sup",
    "sSubSup": "sSubSupPr e sub sup",
    "rPr": "lit nor scr sty brk aln",
    "r": "rPr t",
}
NEEDED = {
    "f": {"num", "den"},
    "rad": {"deg", "e"},
    "nary": {"sub", "sup", "e"},
    "sSub": {"e", "sub"},
    "sSup": {"e", "sup"},
    "sSubSup": {"e", "sub", "sup"},
    "sPre": {"sub", "sup", "e"},
    "func": {"fName", "e"},
    "limLow": {"e", "lim"},
    "limUpp": {"e", "lim"},
    "d": {"e"},
    "m": {"mr"},
    "acc": {"e"},
    "bar": {"e"},
    "groupChr": {"e"},
}


@every
@both
def test_omml_keeps_the_order_of_the_standard(latex: str, display: bool):
    for element in omml_para(parse(latex, display=display)).iter(f"{M}*"):
        name = etree.QName(element).localname
        children = [etree.QName(child).localname for child in element if child.tag.startswith(M)]
        if name in ORDER:
            order = ORDER[name].split()
            assert set(children) <= set(order), f"{name} holds {children}"
            assert children == sorted(children, key=order.index), f"{name} holds {children}"
        assert NEEDED.get(name, set()) <= set(children), f"{name} lacks something: {children}"


@every
def test_every_run_of_omml_names_its_font(latex: str):
    for run in omml(parse(latex, display=True)).iter(f"{M}r"):
        latin = run.find(".//{http://schemas.openxmlformats.org/drawingml/2006/main}latin")
        assert latin is not None and latin.get("typeface") == "Cambria Math"


# MathML Core, W3C: the elements and the attributes that it knows
CORE = {
    "math": {"display", "alttext"},
    "semantics": set(),
    "annotation": {"encoding"},
    "mrow": {"style"},
    "mi": {"mathvariant"},
    "mn": set(),
    "mo": {
        "mathsize",
        "form",
        "stretchy",
        "lspace",
        "rspace",
        "largeop",
        "minsize",
        "maxsize",
        "fence",
        "movablelimits",
    },
    "mtext": {"class"},
    "mspace": {"width", "height", "depth", "style"},
    "mfrac": {"linethickness"},
    "msqrt": set(),
    "mroot": set(),
    "msub": set(),
    "msup": set(),
    "msubsup": set(),
    "munder": {"accentunder"},
    "mover": {"accent"},
    "munderover": set(),
    "mtable": {"displaystyle", "columnalign", "style"},
    "mtr": set(),
    "mtd": {"style", "columnspan"},
    "mpadded": {"width", "height", "depth", "voffset"},
    "mphantom": set(),
    "mstyle": {"mathsize", "displaystyle", "scriptlevel", "mathcolor", "style"},
}
ARITY = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}


@every
@both
def test_mathml_is_core(latex: str, display: bool):
    for element in mathml(parse(latex, display=display)).iter():
        name = etree.QName(element).localname
        assert name in CORE
        assert {str(key) for key in element.attrib} <= CORE[name], f"<{name}> has {dict(element.attrib)}"
        assert name not in ARITY or len(element) == ARITY[name], name
        assert not element.get("width", "").startswith("-"), "browsers take it for nothing"


@pytest.mark.parametrize("latex", [r"a\!b", r"a\negthinspace b", r"a\mkern-3mu b"])
def test_a_space_that_goes_back_is_a_margin(latex: str):
    (back,) = mathml(parse(latex, display=False)).iter("{*}mspace")
    assert back.get("style") == "margin-inline-start: -0.1667em"


@every
def test_every_formula_has_words_without_latex_in_them(latex: str):
    speech = parse(latex, display=True).speech
    assert speech
    assert not re.search(r"\\[A-Za-z]", speech)


@every
def test_every_formula_can_be_drawn(latex: str):
    parsed = parse(latex, display=True)
    assert pdf_drawing(parsed, FONT).operators
    picture = svg_picture(parsed, "#123456")
    assert "currentColor" not in picture
    etree.fromstring(picture)
    assert parsed.width > 0 and parsed.ascent + parsed.descent > 0


def test_the_commands_that_are_suggested_are_known():
    unknown = []
    for name in KNOWN_COMMANDS:
        try:
            parse(f"{name} x", display=True)
        except FormulaError as error:
            unknown += [name] if error.command == name else []
    assert unknown == []


def test_an_unknown_command_is_named_with_its_column_and_what_was_meant():
    with pytest.raises(FormulaError) as caught:
        parse(r"x + \alhpa", display=False)
    error = caught.value
    assert (error.command, error.column, error.hint) == (r"\alhpa", 5, r"did you mean \alpha?")


def test_the_column_is_right_where_macros_are_defined():
    definitions = "\\newcommand{\\R}{\\mathbb{R}}\n"
    with pytest.raises(FormulaError) as caught:
        parse(r"\R + \nosuch", display=False, definitions=definitions)
    assert caught.value.column == 6


@pytest.mark.parametrize("latex", [r"\frac{1", r"x_1_2", r"\left( x", r"{"])
def test_a_broken_formula_is_refused(latex: str):
    with pytest.raises(FormulaError):
        parse(latex, display=True)


@pytest.mark.parametrize("latex", ["{" * 5000 + "}" * 5000, "x" * 30_000, r"\sqrt" * 5000 + "x"])
def test_a_monstrous_formula_is_refused_before_it_is_parsed(latex: str):
    with pytest.raises(FormulaError) as caught:
        parse(latex, display=True)
    assert caught.value.large


def test_a_macro_counts_as_what_it_stands_for():
    with_macro = parse(r"\R^n", display=False, definitions=r"\newcommand{\R}{\mathbb{R}}")
    assert symbols(with_macro.tree) == symbols(parse(r"\mathbb{R}^n", display=False).tree)


@pytest.mark.parametrize(
    ("latex", "runs"),
    [
        ("x", [("x", True, 0)]),
        ("x_i^2", [("x", True, 0), ("i", True, -1), ("2", False, 1)]),
        ("-x", [("−", False, 0), ("x", True, 0)]),
        (r"\frac12", None),
        (r"\mathbb{R}", None),
        (r"x^{y^z}", None),
    ],
)
def test_simple_formulas_become_runs_and_others_don_t(latex: str, runs: list[tuple[str, bool, int]] | None):
    found = simple_runs(parse(latex, display=False))
    assert (found and [(run.text, run.italic, run.baseline) for run in found]) == runs


def test_what_powerpoint_can_t_show_is_known():
    assert expressible(parse(r"\frac{a}{b}", display=True))
    assert not expressible(parse(r"\begin{array}{c|c}a&b\end{array}", display=True))


def uses(command: str) -> tuple[str, ...]:
    """Return ways in which a command may be used; one of them will be the right one."""
    ends = (" x", "{x}", "{x}{y}", "{1}{x}", "(x", "(x)", "{1em}{x}", "{red}{x}", "{_x}{_y}\\sum", "(){0pt}{}{x}{y}")
    return (*(command + end for end in ends), f"x {command} y", f"\\sum{command}_x")


ALONE = {
    r"\left": r"\left( x \right)",
    r"\right": r"\left( x \right)",
    r"\middle": r"\left( x \middle| y \right)",
    r"\begin": r"\begin{matrix} x & y \end{matrix}",
    r"\end": r"\begin{matrix} x & y \end{matrix}",
    r"\newcommand": r"\newcommand{\foo}{x} \foo",
}


def formula_with(name: str) -> str:
    """Return a formula in which the command, or the environment, stands."""
    begin = name + {"alignedat": "}{2", "array": "}{lr"}.get(name, "")
    environments = [rf"\begin{{{begin}}} {cells} \end{{{name}}}" for cells in ("x & y", "x")]
    for latex in ALONE.get(name, ""), *(uses(name) if name.startswith("\\") else environments):
        with contextlib.suppress(FormulaError):
            if latex:
                parse(latex, display=True)
                return latex
    raise AssertionError(f"no use of {name} is known to the parser")


@pytest.mark.parametrize("name", KNOWN_COMMANDS)
def test_every_command_keeps_its_symbols_in_every_face(name: str):
    parsed = parse(formula_with(name), display=True)
    assert symbols_of_mathml(mathml(parsed)) == symbols(parsed.tree)
    assert symbols_of_omml(omml(parsed)) == symbols(parsed.tree)
    assert pdf_drawing(parsed, FONT).operators or not symbols(parsed.tree)

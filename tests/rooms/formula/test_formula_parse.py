"""What is read, what is refused and where, and what is put right before the parser sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathbook.formula.lettering import lettered
from mathbook.formula.macros import COMPLETIONS
from mathbook.formula.parse import FormulaError, parse
from mathbook.formula.spelled_out import spelled_out
from mathbook.formula.symbols import symbols
from mathbook.formula.tree import Number, Row, Words

MACROS = r"""
\newcommand{\R}{\mathbb{R}}
\newcommand{\E}[1]{\operatorname{E}[#1]}
\newcommand{\RR}{\R\R}
\newcommand{\swap}[2]{#2 + #1}
\newcommand{\twice}{x_1_2}
"""


def refused(latex: str, definitions: str = "") -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        parse(latex, display=True, definitions=definitions)
    return caught.value


@pytest.mark.parametrize(
    ("latex", "column", "message"),
    [
        (r"\frac{1", 6, "'{' without a matching '}'"),
        ("x + y}", 6, "'}' without a matching '{'"),
        ("  x}", 4, "'}' without a matching '{'"),
        ("\n\nx}", 4, "'}' without a matching '{'"),
        ("x_1_2", 4, "double subscript"),
        (r"\left( x", 1, r"\left without \right"),
        (r"\begin{matrix}a", 1, r"without \end{matrix}"),
        (r"a + \nosuch", 5, r"unknown command \nosuch"),
        (r"\alphax + \alpha", 1, r"unknown command \alphax"),
        (r"\begin{nosuch}a\end{nosuch}", 8, "unknown environment nosuch"),
        ("a + 中", 5, "the font of formulas has no 中"),
        ("50% of", 3, "begins a comment"),
        (r"x \label{eq:a}", 3, r"\label stands outside"),
        (r"a \color{nosuch} b", 10, "unknown colour nosuch"),
        (r"a \color{gren} b", 10, "unknown colour gren"),
    ],
)
def test_a_broken_formula_is_refused_at_its_column(latex: str, column: int, message: str):
    error = refused(latex)
    assert message in error.message
    assert (error.column, error.message) == (column, error.message)


def test_hints_name_what_was_meant():
    assert refused(r"\color{gren} b").hint == "did you mean green?"
    assert refused(r"\lamda").hint == r"did you mean \lambda?"
    assert refused(r"\label{x}").hint == "write {#eq:name} behind the closing $$"
    assert refused("1%").hint == r"write \% for the sign"


calls = st.sampled_from(
    [r"\R ", r"\E{x}", r"\E y", r"\RR", r"\swap{a}{b+c}", r"\swap uv", "x^2 ", r"\alpha", r"\implies "]
)


@given(st.lists(calls, max_size=6).map(" ".join))
def test_whatever_macros_come_before_a_stray_brace_its_column_is_right(before: str):
    assert refused(before + "}", MACROS).column == len(before) + 1


def test_what_is_wrong_in_a_macro_is_told_where_it_is_used():
    assert refused(r"a + \twice", MACROS).column == 5
    assert refused(r"\E{\twice}", MACROS).column == 4


def test_a_macro_of_the_author_wins_over_ours():
    assert symbols(parse(r"\reals", display=True).tree) == ("ℝ",)
    assert symbols(parse(r"\reals", display=True, definitions=r"\newcommand{\reals}{r}").tree) == ("r",)


@pytest.mark.parametrize("name", sorted(COMPLETIONS))
def test_every_completion_can_be_parsed(name: str):
    arguments = "{x}" if name in ("bold", "frak", "underbar", "operatornamewithlimits") else " x"
    assert symbols(parse(f"a \\{name}{arguments}", display=True).tree)


def test_implications_are_long_as_in_amsmath():
    assert symbols(parse(r"a \implies b \iff c \impliedby d", display=True).tree) == tuple("a⟹b⟺c⟸d")


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"1 + \dots + n", "1+⋯+n"),
        (r"a \le \dots \le z", "a≤⋯≤z"),
        (r"a, \dots, z", "a,…,z"),
        (r"a = b \tag{$\ast$}", "a=b(∗)"),
        (r"a = b \tag*{A}", "a=bA"),
    ],
)
def test_dots_and_tags_are_those_of_amsmath(latex: str, shown: str):
    assert "".join(symbols(parse(latex, display=True).tree)) == shown


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"\operatorname*{arg\,max}_x f", "arg max sub x f"),
        (r"\underset{x}{\operatorname{arg\,max}} f", "arg max with x below f"),
        (r"\operatorname{arg\,max}_x f", "arg maximum sub x of f"),
        (r"\operatorname{ess~sup} f", "ess sup f"),
        (r"\operatorname{ess\,lim\,inf}_t f", "ess limit of inf sub t f"),
    ],
)
def test_an_operator_s_name_may_have_two_words(latex: str, words: str):
    assert parse(latex, display=True).speech == words


@pytest.mark.parametrize("name", [r"\operatorname{arg\,max}", r"\operatorname{arg~max}"])
def test_the_limit_of_an_operator_without_a_star_stands_beside_its_last_word(name: str):
    beside = parse(rf"{name}_x f", display=True)
    assert beside.linear == "arg max_x f"
    assert beside.width == pytest.approx(parse(r"\mathop{\text{arg max}_x} f", display=True).width, abs=0.1)


@pytest.mark.parametrize("body", [r"\operatorname*{arg\,max}", r"\operatorname{arg\,max}"])
def test_a_macro_for_an_operator_of_two_words_keeps_its_space(body: str):
    shown = parse(r"\argmax_x f", display=True, definitions=rf"\newcommand{{\argmax}}{{{body}}}")
    assert shown.linear == "arg max_x f"


def test_the_column_of_a_mistake_behind_an_operator_of_two_words_is_right():
    with pytest.raises(FormulaError) as caught:
        parse(r"\operatorname{arg\,max}_x \left( f", display=True)
    assert caught.value.column > len(r"\operatorname{arg\,max}_x ")


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\operatorname{corr}(A, C)", "corr(A, C)"),
        (r"\log\left(x\right)", "log(x)"),
        (r"\operatorname{Var}[X] + \max\{a, b\}", "Var[X] + max{a, b}"),
        (r"\log_2(x) + \sin^2(x)", "log_2(x) + sin^2(x)"),
        (r"\sin x + \log|y|", "sin x + log |y|"),
        (r"\lim_{x\to0}(x+1)", "lim_(x → 0) (x + 1)"),
        (r"a\operatorname*{arg\,max}_{x} f", "a arg max_x f"),
    ],
)
def test_a_line_of_text_has_room_only_where_a_reader_wants_it(latex: str, text: str):
    assert parse(latex, display=True).linear == text


@given(st.text(alphabet="\\{}~, *_ab+", max_size=20))
def test_what_is_spelled_out_keeps_its_length(text: str):
    latex = f"\\operatorname{text} \\operatorname*{{{text}}} \\dots{text} \\tag*{text}"
    assert len(spelled_out(latex)) == len(latex)


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\mathbf{0}", "𝟎"),
        (r"\mathbf 10", "𝟏0"),
        (r"\mathbb{1}_A", "𝟙A"),
        (r"\boldsymbol{\nabla f_1}", "𝛁𝒇𝟏"),
        (r"\mathbf{x\text{1}2}", "𝐱1𝟐"),
        (r"\mathbf{\hspace{1em}3}", "𝟑"),
        (r"\textbf{ab1} c", "𝐚𝐛𝟏c"),
        (r"\text{a \textit{h} $x$}", "aℎx"),
        (r"\textit{\textbf{a}}", "𝒂"),
    ],
)
def test_digits_and_text_keep_their_font(latex: str, shown: str):
    assert "".join(symbols(parse(latex, display=True).tree)) == shown


@given(st.text(alphabet="\\{}$ ab01" + "tex", max_size=30), st.sampled_from([r"\mathbf", r"\textbf", r"\bm"]))
def test_lettering_keeps_the_length_whatever_it_meets(text: str, font: str):
    latex = f"{font}{{{text}}} {font} {text}"
    assert len(lettered(latex)) == len(latex)


def test_digits_of_one_font_are_one_number():
    assert parse(r"\mathbf{10}", display=True).tree == Number("𝟏𝟎")


def test_no_private_character_of_the_parser_comes_through():
    tree = parse(r"\text{a \textbf{b}}", display=True).tree
    assert tree == Words(("a 𝐛",))


@pytest.mark.parametrize("language", ["de", "fr", "pt-BR", "ja", "xx"])
def test_a_language_changes_the_words_and_nothing_else(language: str):
    english, other = (parse(r"1.5 + \sin x", display=True, language=tag) for tag in ("en", language))
    assert other.tree == english.tree and other.svg == english.svg and other.linear == english.linear
    assert (other.speech == english.speech) == (language == "xx")


def test_numbers_are_shown_as_they_are_grouped():
    assert parse(r"\num{12345.67891}", display=True).tree == Number("12\u2009345.678\u200991")
    assert parse("1,000", display=True).tree == Number("1,000")


def test_an_empty_formula_is_an_empty_row():
    assert parse("", display=True).tree == Row(())


def test_a_macro_that_calls_itself_twice_is_told_at_once():
    with pytest.raises(FormulaError, match="probably calls itself"):
        parse(r"\c{x}", display=True, definitions=r"\newcommand{\c}[1]{\c{#1}\c{#1}}")

"""Example 1: accuracy, the confusion matrix, Bayes' rule and the base rate."""

from __future__ import annotations

from fractions import Fraction

import book_text
import sympy

TEXT = book_text.example(1)
PEOPLE, ILL = 10_000, 100
PI, S, T = Fraction(1, 100), Fraction(90, 100), Fraction(95, 100)


def precision(pi: Fraction, s: Fraction, t: Fraction) -> Fraction:
    return pi * s / (pi * s + (1 - pi) * (1 - t))


def accuracy(pi: Fraction, s: Fraction, t: Fraction) -> Fraction:
    return pi * s + (1 - pi) * t


def test_the_program_that_never_looks_is_right_9900_times_in_10000() -> None:
    assert PI * PEOPLE == ILL
    assert accuracy(PI, Fraction(0), Fraction(1)) * PEOPLE == 9_900
    TEXT.says("Take 10,000 people, of whom 100 have a disease", "It is right 9,900 times.", "is 99%", "here 0.99")


def test_the_confusion_matrix_adds_up() -> None:
    found, missed = S * ILL, (1 - S) * ILL
    alarms, cleared = (1 - T) * (PEOPLE - ILL), T * (PEOPLE - ILL)
    assert (found, missed, alarms, cleared) == (90, 10, 495, 9405)
    TEXT.says(
        f"| reported | {found} | {alarms} | {found + alarms} |",
        f"| cleared | {missed} | {cleared} | {missed + cleared} |",
        f"| all | {found + missed} | {alarms + cleared} | {PEOPLE} |",
    )


def test_the_test_has_precision_2_in_13_and_a_lower_accuracy_than_doing_nothing() -> None:
    assert precision(PI, S, T) == Fraction(90, 585) == Fraction(2, 13)
    assert f"{float(Fraction(2, 13)):.1%}" == "15.4%"
    assert accuracy(PI, S, T) == Fraction("0.9495") < 1 - PI
    TEXT.says("only 90 of 585 reports are right, which is 15.4%", r"94.95\%", r"$2/13 \approx 15.4\%$")


def test_bayes_rule_and_its_odds_are_the_same_statement() -> None:
    pi, s, t = sympy.symbols("pi s t", positive=True)
    p = pi * s / (pi * s + (1 - pi) * (1 - t))
    assert sympy.simplify(p / (1 - p) - pi / (1 - pi) * s / (1 - t)) == 0
    assert S / (1 - T) == 18
    TEXT.says(
        r"\Prob(\text{ill} \mid +) = \frac{\pi s}{\pi s + (1-\pi)(1-t)}",
        r"= \frac{\pi}{1-\pi} \cdot \frac{s}{1-t}",
        "$0.90/0.05 = 18$",
        "$18 : 99 = 2 : 11$",
    )


def test_the_three_specificities_give_15_48_and_90_percent() -> None:
    shares = [float(precision(PI, S, Fraction(t))) for t in ("0.95", "0.99", "0.999")]
    assert [f"{share:.0%}" for share in shares] == ["15%", "48%", "90%"]
    TEXT.says("a specificity of 0.95 gives a precision of 15%, 0.99 gives 48%, and 0.999 gives 90%")


def test_the_curves_begin_and_end_where_the_description_says() -> None:
    specificities = [Fraction(t) for t in ("0.999", "0.99", "0.95")]
    begin, end = ([round(100 * precision(Fraction(pi), S, t)) for t in specificities] for pi in ("0.001", "0.5"))
    assert (begin, min(end), max(end)) == ([47, 8, 2], 95, 100)
    TEXT.says("At a base rate of 0.1% the curves begin at 47%, 8% and 2%.", "between 95% and 100%")


def test_precision_passes_one_half_at_a_base_rate_of_1_in_19() -> None:
    assert precision(Fraction(1, 19), S, T) == Fraction(1, 2)
    assert f"{1 / 19:.1%}" == "5.3%"
    TEXT.says(r"$\pi = 1/19 \approx 5.3\%$")


def test_on_a_balanced_set_precision_is_18_in_19() -> None:
    assert precision(Fraction(1, 2), S, T) == Fraction(18, 19)
    assert f"{18 / 19:.1%}" == "94.7%"
    assert round(100 * (1 - precision(PI, S, T))) == 85
    TEXT.says(r"\frac{18}{19} \approx 94.7\%", "85 of 100 reports are false alarms")


def test_balanced_accuracy_tells_the_two_apart() -> None:
    assert Fraction(0 + 1, 2) == Fraction("0.5")
    assert Fraction("0.925") == (S + T) / 2
    TEXT.says("never looks 0.5, and our test 0.925")


def test_a_second_positive_result_makes_it_36_in_47() -> None:
    odds = Fraction(1, 99) * 18**2
    assert odds == Fraction(324, 99) == Fraction(36, 11)
    assert odds / (1 + odds) == Fraction(36, 47) == precision(precision(PI, S, T), S, T)
    assert f"{36 / 47:.1%}" == "76.6%"
    TEXT.says(r"\frac{324}{99} = \frac{36}{11}", r"$36/47 \approx 76.6\%$")


def test_beating_doing_nothing_is_having_a_precision_above_one_half() -> None:
    pi, s, t = sympy.symbols("pi s t")
    gain = pi * s + (1 - pi) * t - (1 - pi)
    assert sympy.expand(gain - (pi * s - (1 - pi) * (1 - t))) == 0
    tenths = [Fraction(k, 10) for k in range(1, 10)]
    for a in tenths:
        for b in tenths:
            for c in tenths:
                assert (accuracy(a, b, c) > 1 - a) == (precision(a, b, c) > Fraction(1, 2))
    TEXT.says(r"\pi s + (1-\pi)t - (1-\pi) = \pi s - (1-\pi)(1-t)")

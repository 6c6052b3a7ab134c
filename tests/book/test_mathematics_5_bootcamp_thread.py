"""Example 5: Simpson's paradox and adjustment, with the made-up counts."""

from __future__ import annotations

from fractions import Fraction

import book_text
import pytest
import sympy

TEXT = book_text.example(5)
# group -> background -> (found a job, people)
COUNTS = {"bootcamp": {1: (560, 800), 0: (40, 200)}, "self-study": {1: (150, 200), 0: (200, 800)}}


def rate(group: str, z: int) -> Fraction:
    return Fraction(*COUNTS[group][z])


def share(group: str) -> Fraction:
    people = {z: count for z, (_, count) in COUNTS[group].items()}
    return Fraction(people[1], people[0] + people[1])


def adjusted(group: str, q: Fraction) -> Fraction:
    return q * rate(group, 1) + (1 - q) * rate(group, 0)


def test_the_counts_are_said_to_be_made_up() -> None:
    TEXT.says(
        "**All counts below are made up**",
        "Made-up counts, everybody together.",
        "The same made-up counts, split by background.",
    )


@pytest.mark.parametrize(
    ("group", "row"),
    [("bootcamp", "| bootcamp | 1000 | 600 | 60% |"), ("self-study", "| self-study | 1000 | 350 | 35% |")],
)
def test_the_pooled_table(group: str, row: str) -> None:
    jobs, people = (sum(column) for column in zip(*COUNTS[group].values(), strict=True))
    assert row == f"| {group} | {people} | {jobs} | {jobs / people:.0%} |"
    TEXT.says(row)


@pytest.mark.parametrize("group", list(COUNTS))
def test_the_split_table(group: str) -> None:
    cells = [f"{jobs} of {people} = {jobs / people:.0%}" for jobs, people in COUNTS[group].values()]
    TEXT.says(f"| {group} | {cells[0]} | {cells[1]} |")


def test_each_column_points_the_other_way_than_the_total() -> None:
    pooled = {group: adjusted(group, share(group)) for group in COUNTS}
    assert pooled["bootcamp"] - pooled["self-study"] == Fraction(25, 100)
    for z in (0, 1):
        assert rate("bootcamp", z) - rate("self-study", z) == Fraction(-5, 100)
    TEXT.says("Twenty-five points in favour of the bootcamp.", "In each column, self-study is five points *ahead*.")
    TEXT.says(r"$0.8 \cdot 0.70 + 0.2 \cdot 0.20 = 0.60$", r"$0.2 \cdot 0.75 + 0.8 \cdot 0.25 = 0.35$")


def test_the_difference_splits_into_rates_and_mix() -> None:
    rb1, rb0, rs1, rs0, qb, qs = sympy.symbols("r_b1 r_b0 r_s1 r_s0 q_b q_s")
    whole = qb * rb1 + (1 - qb) * rb0 - qs * rs1 - (1 - qs) * rs0
    parts = qb * (rb1 - rs1) + (1 - qb) * (rb0 - rs0) + (qb - qs) * (rs1 - rs0)
    assert sympy.expand(whole - parts) == 0
    TEXT.says(
        r"\underbrace{q_b\, d_1 + (1-q_b)\, d_0}_{\text{rates}}",
        r"\underbrace{(q_b - q_s)(r_{s1} - r_{s0})}_{\text{mix}}",
    )


def test_the_parts_are_minus_5_and_30_points() -> None:
    q = share("bootcamp")
    rates = q * (rate("bootcamp", 1) - rate("self-study", 1)) + (1 - q) * (rate("bootcamp", 0) - rate("self-study", 0))
    mix = (q - share("self-study")) * (rate("self-study", 1) - rate("self-study", 0))
    assert (rates, mix, rates + mix) == (Fraction(-5, 100), Fraction(30, 100), Fraction(25, 100))
    TEXT.says(
        r"$0.8 \cdot (-0.05) + 0.2 \cdot (-0.05) = -0.05$", "$(0.8 - 0.2)(0.75 - 0.25) = 0.30$", "Together: $0.25$."
    )


def test_the_adjusted_rates_are_45_and_50_percent() -> None:
    half = Fraction(sum(COUNTS[group][1][1] for group in COUNTS), 2000)
    assert half == Fraction(1, 2)
    assert (adjusted("bootcamp", half), adjusted("self-study", half)) == (Fraction(45, 100), Fraction(1, 2))
    TEXT.says(
        r"$\tfrac12(0.70 + 0.20) = 45\%$", r"$\tfrac12(0.75 + 0.25) = 50\%$", "Half of the 2,000 have a background."
    )


def test_with_640_jobs_the_bootcamp_leads_where_more_than_half_have_a_background() -> None:
    q = sympy.Symbol("q")
    better = Fraction(640, 800)
    assert better == Fraction(80, 100)
    gap = q * (sympy.Rational(4, 5) - sympy.Rational(3, 4)) + (1 - q) * (sympy.Rational(1, 5) - sympy.Rational(1, 4))
    assert sympy.expand(gap - (q / 10 - sympy.Rational(1, 20))) == 0
    assert sympy.solve(gap, q) == [sympy.Rational(1, 2)]
    TEXT.says(r"= 0.10\,q - 0.05$. It is positive for $q > \tfrac12$.")


def test_among_the_invited_a_background_makes_a_bootcamp_less_likely() -> None:
    invited = [(background, camp) for background in (0, 1) for camp in (0, 1) if background or camp]
    assert len(invited) == 3
    with_background = [camp for background, camp in invited if background]
    without = [camp for background, camp in invited if not background]
    assert Fraction(sum(with_background), len(with_background)) == Fraction(1, 2)
    assert Fraction(sum(without), len(without)) == 1
    TEXT.says(r"probability $\tfrac12$. Without one it is 1")


def test_ten_points_of_mix_hide_the_five_points_and_sixty_make_them_a_lead() -> None:
    inside = {rate("bootcamp", z) - rate("self-study", z) for z in (0, 1)}
    assert inside == {Fraction(-5, 100)}
    gain = rate("self-study", 1) - rate("self-study", 0)
    assert [Fraction(-5, 100) + gain * Fraction(points, 100) for points in (10, 60)] == [0, Fraction(25, 100)]
    assert share("bootcamp") - share("self-study") == Fraction(60, 100)
    TEXT.says("r_b - r_s = -0.05 + 0.5\\,(q_b - q_s)")

"""What is built honestly is in sync, whatever is in the manuscript."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mathbook.build.make import Request, make
from mathbook.project import Project

WORDS = st.text(
    st.sampled_from("abcdefgxyz  \u00a0\u2009fi ff fl ﬁéßΩЖ漢אבג شجر -–…“’0123456789,.;"), min_size=1, max_size=60
)
FORMULAS = st.sampled_from(
    ["x", "x_1^2", r"\\frac{a}{b}", r"\\sum_{i=1}^n i", r"\\mathbb{R}^n", r"\\sqrt{2} < 2", r"\\alpha'"]
)


def _safe(words: str) -> str:
    """Return words that Markdown takes for nothing else."""
    return f"w{' '.join(words.split())}w"


LINE = st.lists(st.one_of(WORDS.map(_safe), FORMULAS.map(lambda f: f"${f}$")), min_size=1, max_size=5).map(" and ".join)
LONG = st.lists(LINE, min_size=10, max_size=20).map(". ".join)


def _block(kind: str, one: str, two: str, formula: str) -> str:
    return {
        "paragraph": one,
        "emphasis": f"*{_safe(one[:9].replace('$', ''))}* **then** {two} with `code` and H~2~O[^n].\n\n[^n]: {one}",
        "heading": f"## {one}",
        "list": f"- {one}\n- {two}\n    - {one}\n",
        "numbers": f"1. {one}\n2. {two}\n",
        "equation": f"$$\n{formula}\n$$ {{#eq:e}}",
        "table": f"| a | b |\n|:--|--:|\n| {one} | {two} |\n| 1 | |\n\n: {one} {{#tbl:t}}",
        "listing": "```python\ndef f(x):\n    return x  # two  spaces\n\nprint(f(2))\n```",
        "theorem": f'::: {{.theorem #thm:t title="A law"}}\n{one}\n:::',
        "proof": f"::: proof\n{one}\n:::",
        "takeaway": f"::: takeaway\n{one}\n:::",
        "tip": f"::: tip\n{one}\n\n{two}\n:::",
        "exercise": f"::: exercise\n{one}\n\n::: hint\n{two}\n:::\n\n::: solution\nThe answer is {one}\n:::\n:::",
        "quotation": f"> {one}\n>\n> — Somebody, a book",
        "notes": f"::: notes\n{one}\n:::",
        "slide": f'::: {{.slide title="Only here"}}\n{one}\n:::',
        "columns": f":::: columns\n::: column\n{one}\n:::\n\n::: column\n{two}\n:::\n::::",
        "incremental": f"::: incremental\n- {one}\n- {two}\n:::",
        "definitions": f"term\n: {one}\n\nother\n: {two}",
        "link": f"See [a page](https://example.org/{len(one)}) and {two}",
    }[kind]


KINDS = (
    *("paragraph", "emphasis", "heading", "list", "numbers", "equation", "table", "listing", "theorem", "proof"),
    *("takeaway", "tip", "exercise", "quotation", "notes", "slide", "columns", "incremental", "definitions", "link"),
)
BLOCKS = st.tuples(st.permutations(KINDS), st.lists(LINE, min_size=40, max_size=40), FORMULAS).map(
    lambda drawn: "\n\n".join(
        _block(kind, drawn[1][2 * at], drawn[1][2 * at + 1], drawn[2]) for at, kind in enumerate(drawn[0])
    )
)


def build(text: str, formats: tuple[str, ...]) -> None:
    """Build a book of one such example, for both audiences: the build itself is the proof, and stops if it fails."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "manuscript/examples").mkdir(parents=True)
        (root / "manuscript/book.yaml").write_text("title: Anything\n", "utf-8")
        (root / "manuscript/examples/01-any.md").write_text(f"# Anything {{#any}}\n\n{text}\n", "utf-8")
        list(make(Project(root), Request(formats=formats)))


SETTINGS = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("format_name", ["pdf", "epub", "deck"])
@SETTINGS
@given(text=BLOCKS)
def test_every_block_in_any_words(format_name: str, text: str):
    build(text, (format_name,))


@example("extraordinarily incomprehensible characterisations " * 30)
@example("عندما يريد العالم أن يتكلّم فهو يتحدّث بلغة يونيكود " * 8)
@example("efficient affluent fjord, soft\u00adhyphened, zero\u200bwidth " * 20)
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=LONG)
def test_long_lines_hyphens_ligatures_and_right_to_left_in_print(text: str):
    build(text, ("pdf",))

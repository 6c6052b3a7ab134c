"""The dialect: what each syntax becomes, where it says it is, and what is told of what can't be read."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.diagnostics import Code, Collector, Span
from mathbook.document import nodes as n
from mathbook.document.dump import dump_tree
from mathbook.document.seeds import Seed
from mathbook.document.walk import walk
from mathbook.source.markdown import Surroundings, read_markdown

FIXTURES = Path(__file__).parent / "dialect"
SEED = Seed("talk", "A talk", "Somebody", "Somewhere", "Something")
MACROS = (("R", r"\mathbb{R}"), ("norm", r"\lVert #1 \rVert_{\R}"))


def read(text: str, first_line: int = 1, seed: Seed | None = SEED) -> tuple[tuple[n.Block, ...], Collector]:
    collector = Collector()
    surroundings = Surroundings("x.md", MACROS, seed, lambda path, span: n.Image(path, "digest", ""), "en")
    return read_markdown(text, surroundings, collector, first_line), collector


def shown(text: str) -> str:
    blocks, collector = read(text)
    said = "".join(f"\n! {diagnostic}" for diagnostic in collector.diagnostics)
    return dump_tree(blocks) + said


def _fixtures() -> list[tuple[str, str, str]]:
    cases = []
    for path in sorted(FIXTURES.glob("*.md")):
        parts = re.split(r"^\.\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        cases += [
            (f"{path.stem}: {t.strip()}", i, e) for t, i, e in zip(parts[::3], parts[1::3], parts[2::3], strict=False)
        ]
    return cases


@pytest.mark.parametrize(("title", "text", "expected"), _fixtures(), ids=[case[0] for case in _fixtures()])
def test_each_fixture_reads_as_it_says(title: str, text: str, expected: str) -> None:
    assert shown(text) == expected.rstrip("\n")


def codes(collector: Collector) -> list[tuple[Code, int, int]]:
    return [(each.code, each.span.line, each.span.column) for each in collector.diagnostics]


def test_a_formula_error_names_its_line_and_column_inside_containers() -> None:
    _, collector = read("> - a $x$ b\n>   and $\\argmx y$\n", first_line=10)
    assert codes(collector) == [(Code.FORMULA_UNKNOWN_COMMAND, 11, 10)]
    assert collector.diagnostics[0].hint


def test_an_error_in_a_display_formula_names_the_line_inside_it() -> None:
    _, collector = read("$$\na\n+ \\argmx b\n$$\n")
    assert codes(collector) == [(Code.FORMULA_UNKNOWN_COMMAND, 3, 3)]


def test_a_formula_carries_only_the_macros_that_it_uses_and_those_that_they_use() -> None:
    blocks, collector = read("$x$ and $\\norm{x}$")
    plain, normed = (node for node in walk(blocks) if isinstance(node, n.Formula))
    assert not collector.diagnostics
    assert plain.definitions == ""
    assert normed.definitions == "\\newcommand{\\R}{\\mathbb{R}}\n\\newcommand{\\norm}[1]{\\lVert #1 \\rVert_{\\R}}"


def test_references_links_and_pictures_know_their_line_and_column() -> None:
    blocks, _ = read("a\n  b @eq:x [c](u)\n\n- ![d](e.svg) f\n", first_line=5)
    found = {type(node).__name__: node.span for node in walk(blocks) if isinstance(node, n.Ref | n.Link | n.Image)}
    assert found == {"Ref": Span("x.md", 6, 5), "Link": Span("x.md", 6, 11), "Image": Span("x.md", 8, 3)}


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\n\n::: note\nb\n", 3), ("```\na\n", 1), ("a\n\n$$\nb\n\nc\n", 3), (":::: note\n::: tip\na\n::::\n", 2)],
)
def test_what_is_never_closed_is_told_with_the_line_where_it_begins(text: str, line: int) -> None:
    _, collector = read(text)
    assert [(code, where) for code, where, _ in codes(collector)] == [(Code.BLOCK_UNCLOSED, line)]


def test_an_unknown_block_is_told_with_what_may_have_been_meant_and_its_text_is_kept() -> None:
    blocks, collector = read("::: theorm\na *b*\n:::\n")
    assert codes(collector) == [(Code.BLOCK_UNKNOWN, 1, 1)]
    assert "theorem" in collector.diagnostics[0].hint
    assert dump_tree(blocks) == dump_tree(read("a *b*")[0])


def test_a_solution_without_an_exercise_stays_a_solution() -> None:
    blocks, collector = read("::: solution\nsecret\n:::\n")
    assert codes(collector) == [(Code.BLOCK_MISPLACED, 1, 1)]
    assert isinstance(blocks[0], n.Exercise) and blocks[0].solution and not blocks[0].children


def test_a_source_block_without_a_seed_record_is_told() -> None:
    assert codes(read("::: source\na\n:::\n", seed=None)[1]) == [(Code.SEED_MISSING, 1, 1)]


@pytest.mark.parametrize("text", [">" * 3000 + " a", "- " * 3000 + "a", "::: note\n" * 300 + "a\n" + ":::\n" * 300])
def test_blocks_that_are_nested_without_end_are_told_and_their_words_kept(text: str) -> None:
    blocks, collector = read(text)
    assert Code.BLOCK_TOO_DEEP in {each.code for each in collector.diagnostics}
    assert "a" in "".join(node.text for node in walk(blocks) if isinstance(node, n.Text))


@pytest.mark.parametrize(
    "mark", ["[", "![", "*a ", "**_", "'a ", '"a ', "`a", "$a ", "<b>", "^[", "[@a", "~~a", "[a]{"]
)
def test_marks_without_end_are_read_without_end_of_the_stack(mark: str) -> None:
    assert read(mark * 1000)[0]


MARKS = "*_`$[](){}<>@#^~:|-+=.!'\"\\\n >&;/123"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.text(MARKS, max_size=6), st.integers(0, 99)), max_size=40))
def test_no_word_is_lost(parts: list[str | int]) -> None:
    text = "".join(
        part if isinstance(part, str) else f" w{chr(97 + part % 26)}q{chr(97 + part // 26)} " for part in parts
    )
    blocks, collector = read(text)
    kept = dump_tree(blocks) + "".join(str(each) for each in collector.diagnostics) + _links(text)
    assert [word for word in re.findall(r"w[a-z]q[a-z]", text) if word not in kept] == []


def _links(text: str) -> str:
    """What link definitions say: a definition that no link uses is no text, in Pandoc neither; and comments."""
    patterns = (r"\[[^\]]*\]:[^\n]*(?:\n[^\n]*)?", r"<!--[\s\S]*?-->", r"<![A-Za-z][\s\S]*?>", r"<\?[\s\S]*?\?>")
    return "".join(found for pattern in patterns for found in re.findall(pattern, text))


@pytest.mark.parametrize("mark", ["<b>", "<b>x</b>", "<i><b>", "$\\foo$ ", "@eq:none ", "[a](javascript:b) "])
def test_the_time_for_a_text_grows_with_its_length_alone(mark: str) -> None:
    began = time.process_time()
    read(mark * 5000)
    assert time.process_time() - began < 4


@pytest.mark.parametrize("written", ["&#0;", "&#27;", "&#x7;", "&nosuch;"])
def test_an_entity_of_no_character_is_never_lost(written: str) -> None:
    assert shown(f"a {written} b") in ('Paragraph\n  Text "a � b"', f'Paragraph\n  Text "a {written} b"')


def test_a_label_is_the_same_in_both_forms_of_unicode() -> None:
    blocks, _ = read("## x {#sec:cafe\u0301}\n\n@sec:cafe\u0301 [l](#sec:caf\u00e9)")
    assert [node.id for node in walk(blocks) if isinstance(node, n.Heading)] == ["sec:caf\u00e9"]
    assert [node.label for node in walk(blocks) if isinstance(node, n.Ref)] == ["sec:caf\u00e9"]
    assert [node.target for node in walk(blocks) if isinstance(node, n.Link)] == ["#sec:caf\u00e9"]

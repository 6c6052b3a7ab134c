"""YAML records: what is read, what is refused, and where it is told."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from mathbook.diagnostics import Collector
from mathbook.records import check, load_yaml


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    size: float = 1.0
    name: str = ""


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    count: int = 0
    shown: bool = True
    words: tuple[str, ...] = ()
    names: dict[str, str] = {}
    inner: Inner = Inner()
    inners: tuple[Inner, ...] = ()


def data_of(text: str) -> Any:
    collector = Collector()
    loaded = load_yaml(text, "a.yaml", collector)
    assert loaded, collector.diagnostics
    return loaded[0]


def faults_of(text: str, line_offset: int = 0) -> list[str]:
    collector = Collector()
    loaded = load_yaml(text, "a.yaml", collector, line_offset)
    if loaded:
        check(*loaded, Outer, "a.yaml", collector)
    return [str(diagnostic) for diagnostic in collector.diagnostics]


def record_of(text: str) -> Outer:
    collector = Collector()
    loaded = load_yaml(text, "a.yaml", collector)
    record = check(*loaded, Outer, "a.yaml", collector) if loaded else None
    assert record, collector.diagnostics
    return record


@pytest.mark.parametrize("written", ["no", "on", "1:30", "010", "0x1f", "1_000", "1e3", ".5", "2026-11-23", "=", "+7"])
def test_what_yaml_would_guess_stays_text(written: str) -> None:
    assert data_of(f"a: {written}") == {"a": written}


def test_numbers_truth_and_nothing_are_what_they_look_like() -> None:
    assert data_of("a: 7\nb: -2\nc: 1.5\nd: true\ne:\nf: '7'") == {
        "a": 7,
        "b": -2,
        "c": 1.5,
        "d": True,
        "e": None,
        "f": "7",
    }


def test_text_is_kept_as_it_was_written_where_text_is_wanted() -> None:
    record = record_of(
        "title: 2.10\nwords: [1.50, true, 7]\nnames: {a: 1.0}\ninner: {name: 3.0}\ninners: [{name: 4.0}]"
    )
    assert (record.title, record.words, record.names) == ("2.10", ("1.50", "true", "7"), {"a": "1.0"})
    assert (record.inner.name, record.inners[0].name) == ("3.0", "4.0")


def test_a_key_without_a_value_says_nothing() -> None:
    assert record_of("title: A\ncount:\ninner:\n  size:") == Outer(title="A")


def test_an_empty_text_is_an_empty_record() -> None:
    assert data_of("") == {} and data_of("# only a comment\n") == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "title: A\ntitle: B",
            "a.yaml:2:1: error[yaml.syntax]: the key 'title' is there twice; the first is in line 1",
        ),
        ("title: A\n\tcount: 1", "a.yaml:2:1: error[yaml.syntax]: a tab stands where YAML wants spaces"),
        ("title: &a A", "a.yaml:1:8: error[yaml.syntax]: anchors (&), aliases (*) and tags (!) are not read"),
        ("title: *a", "a.yaml:1:8: error[yaml.syntax]: anchors (&), aliases (*) and tags (!) are not read"),
        ("title: !!python/name:os.system x", "a.yaml:1:8: error[yaml.syntax]: anchors (&), aliases"),
        ("<<: {title: A}", "a.yaml:1:1: error[yaml.syntax]: a key must be a word; merges (<<) are not read"),
        ("[a, b]: c", "a.yaml:1:1: error[yaml.syntax]: a key must be a word"),
        ("title: [a, b", "error[yaml.syntax]: the YAML can't be read"),
        ("title: A\n---\ntitle: B", "error[yaml.syntax]: the YAML can't be read"),
        ("title: " + "[" * 50, "the YAML is nested deeper than 20 levels"),
        ("title: a\0b", "error[yaml.syntax]: the YAML can't be read"),
        ("- a\n- b", "a.yaml:1:1: error[yaml.wrong-type]: a.yaml must hold keys with values"),
        ("count: 1", "a.yaml:1:1: error[yaml.missing-key]: the key 'title' is missing"),
        ("title: A\ncuont: 1", "a.yaml:2:1: error[yaml.unknown-key]: unknown key 'cuont'; did you mean count?"),
        ("title: A\ninners:\n- sise: 2", "a.yaml:3:3: error[yaml.unknown-key]: unknown key 'sise'; did you mean size?"),
        ("title: [A]", "a.yaml:1:8: error[yaml.wrong-type]: title must be text, not a list"),
        ("title: A\ncount: many", "a.yaml:2:8: error[yaml.wrong-type]: count must be a whole number, not 'many'"),
        ("title: A\nwords: [a, {b: c}]", "a.yaml:2:12: error[yaml.wrong-type]: words, item 2 must be text"),
        ("title: A\ninners: [{size: x}]", "a.yaml:2:17: error[yaml.wrong-type]: inners, item 1.size must be a number"),
    ],
)
def test_a_fault_is_told_where_it_stands(text: str, told: str) -> None:
    assert any(told in fault for fault in faults_of(text)), faults_of(text)


def test_all_faults_are_told_at_once() -> None:
    assert len(faults_of("count: x\nsize: 3\nwords: 7\nwords: 8")) == 5


def test_lines_count_from_the_top_of_the_file() -> None:
    assert faults_of("title: A\nb: 1", line_offset=10)[0].startswith("a.yaml:12:1:")


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{past}, *{past}]\n" for past, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    began = time.monotonic()
    assert "anchors" in faults_of(bomb)[0]
    assert time.monotonic() - began < 1


def test_more_than_a_megabyte_is_not_read() -> None:
    assert "more than 1000000 characters" in faults_of("title: " + "a" * 1_000_000)[0]


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"%@`,?# \t\n\\\0\x85\u2028é0"), max_size=80))
def test_no_text_raises(text: str) -> None:
    faults_of(text)


JSON = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)
    | st.integers(-99, 99)
    | st.booleans()
    | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcdef", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["title", "count", "words", "inner", "other"]), JSON, max_size=5))
def test_no_data_raises_and_each_fault_has_a_place(data: dict[str, Any]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    for fault in faults_of(text):
        assert fault.startswith("a.yaml:") and "pydantic" not in fault

"""Themes: tokens, contrast, fonts, and code in colours."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathbook.diagnostics import Collector
from mathbook.theme.contrast import contrast_ratio
from mathbook.theme.highlight import highlight
from mathbook.theme.load import available_themes, load_theme, shipped_themes


@pytest.mark.parametrize("name", [name for name, _ in available_themes(None)])
def test_each_shipped_theme_loads_without_a_word(name: str):
    collector = Collector()
    theme = load_theme(name, None, collector)
    assert theme is not None
    assert not collector.diagnostics


@pytest.mark.parametrize("name", [name for name, _ in available_themes(None)])
def test_each_font_of_a_shipped_theme_carries_its_licence(name: str):
    theme = load_theme(name, None, Collector())
    assert theme is not None
    families = [getattr(theme.fonts, part) for part in ("body", "heading", "code", "math")]
    families += [theme.deck.heading, theme.deck.body, theme.deck.code]
    assert all(family.licence is not None and family.licence.is_file() for family in families)


def test_black_on_white_has_the_greatest_contrast():
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#777777", "#777777") == pytest.approx(1)


def own_theme(folder: Path, *changes: tuple[str, str]) -> Path:
    """Copy the lecture theme into the folder as `mine`, with its text changed."""
    target = folder / "mine"
    target.mkdir()
    text = (shipped_themes() / "lecture" / "theme.yaml").read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (target / "theme.yaml").write_text(text)
    return folder


def test_a_theme_of_the_project_is_found_and_uses_the_shipped_fonts(tmp_path: Path):
    theme = load_theme("mine", own_theme(tmp_path), Collector())
    assert theme is not None
    assert theme.fonts.body.faces[0].path.is_file()


def test_colours_that_can_t_be_read_are_an_error(tmp_path: Path):
    collector = Collector()
    load_theme("mine", own_theme(tmp_path, ('text: "#1d1f24"', 'text: "#cccccc"')), collector)
    assert {d.code.value for d in collector.diagnostics} == {"theme.contrast"}
    assert "text on background has a contrast of 1.6" in collector.diagnostics[0].message


def test_a_font_outside_the_theme_is_not_taken(tmp_path: Path):
    shutil.copy(shipped_themes() / "fonts" / "carlito" / "Carlito-Regular.ttf", tmp_path / "x.ttf")
    collector = Collector()
    assert load_theme("mine", own_theme(tmp_path, ("carlito/Carlito-Regular.ttf", "../x.ttf")), collector) is None
    assert [d.code.value for d in collector.diagnostics] == ["file.missing"]


def test_a_theme_that_is_not_there_is_told_with_a_near_name():
    collector = Collector()
    assert load_theme("lectur", None, collector) is None
    assert "did you mean lecture?" in str(collector.diagnostics[0])


def test_changing_a_token_changes_the_theme_s_digest(tmp_path: Path):
    mine = load_theme("mine", own_theme(tmp_path, ("body_size: 10.5", "body_size: 11")), Collector())
    lecture = load_theme("lecture", None, Collector())
    assert mine is not None and lecture is not None
    assert mine.digest != lecture.digest


def test_python_is_highlighted_by_kind():
    pieces = highlight("for x in 'a':  # why\n", "python")
    assert ("keyword", "for") in pieces
    assert ("comment", "# why") in pieces


@given(st.text(), st.sampled_from(["python", "", "r", "c", "json", "no-such-language"]))
def test_highlighting_never_changes_the_code(text: str, language: str):
    assert "".join(piece for _, piece in highlight(text, language)) == text

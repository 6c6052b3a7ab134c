"""The law of fit: every run of text on every slide lies inside its shape and the slide.

LibreOffice draws the slides, so that the ink is judged, and not our own numbers.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from ink import Area, Shape, Word, drawn, faults, pages_with_ink_at_the_edge, shapes_of, unshrunk, words_of
from ink_trees import UNITS

from mathbook.deck.compile import compile
from mathbook.deck.link import link
from mathbook.diagnostics import Collector, Severity
from mathbook.document.book import Book, DeckMeta, Example, Meta
from mathbook.document.edition import Options
from mathbook.edition.resolve import resolve
from mathbook.theme.load import load_theme

UNITS_IN_A_DECK = 28
GENERATED = 42
"""Some have rows and captions that fit no slide, and are refused: that is told, and no more than a third may be."""
WIDTHS = {"16:9": 960, "4:3": 720}


def generated(count: int) -> tuple[Example, ...]:
    """Return generated units, the same on each run."""
    found: list[Example] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(UNITS)
    def gather(unit: Example) -> None:
        found.append(replace(unit, id=f"e{len(found)}", slug=f"e{len(found)}"))

    gather()
    return tuple(found)


def deck_of(units: tuple[Example, ...], ratio: str, theme_name: str, into: Path) -> int:
    """Write a deck of the first units that fit; return how many it has. The others are refused, with a diagnostic."""
    theme = load_theme(theme_name, None, Collector())
    assert theme is not None
    meta = Meta(title="A Book", authors=("Someone",), date="2026-01-02", deck=DeckMeta(ratio=ratio))  # type: ignore[arg-type]
    edition = resolve(Book(meta, units, ()), "instructor", Collector())
    made = [(unit, compile(unit, theme, Options("instructor", meta))) for unit in edition.units]
    fits = [pair for pair in made if all(told.severity is not Severity.ERROR for told in pair[1].diagnostics)]
    fine = fits[:UNITS_IN_A_DECK]
    link(replace(edition, units=tuple(unit for unit, _ in fine)), [fragment for _, fragment in fine], theme, into)
    return len(fine)


@pytest.mark.parametrize(("ratio", "theme"), [("16:9", "lecture"), ("4:3", "seminar")])
def test_all_ink_lies_inside_its_shape_and_the_slide(ratio: str, theme: str, tmp_path: Path):
    deck = tmp_path / "deck.pptx"
    assert deck_of(generated(GENERATED), ratio, theme, deck) == UNITS_IN_A_DECK
    tried = unshrunk(deck, tmp_path / "unshrunk.pptx")
    pdf = drawn(tried, tmp_path)
    shapes, words = shapes_of(tried), words_of(pdf)
    assert len(shapes) == len(words) > 60
    slide = Area(0, 0, WIDTHS[ratio], 540)
    found = [
        f"slide {at}: {fault}"
        for at, (on_it, seen) in enumerate(zip(shapes, words, strict=True), start=1)
        for fault in faults(on_it, seen, slide)
    ]
    assert found == []
    assert pages_with_ink_at_the_edge(pdf, tmp_path) == []


SLIDE = Area(0, 0, 960, 540)
BODY = Shape("Body", Area(48, 116, 912, 492), "somewordsandmore")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([Word("some", Area(60, 120, 90, 140)), Word("words", Area(60, 485, 90, 505))], "'words' at"),
        ([Word("words", Area(900, 120, 930, 140))], "lies outside Body"),
        ([Word("andmore", Area(48, 116, 80, 140))], "not to be seen"),
        ([Word("words", Area(940, 120, 970, 140))], "lies outside the slide"),
    ],
)
def test_the_judge_sees_what_is_wrong(words: list[Word], said: str):
    assert any(said in fault for fault in faults([BODY], words, SLIDE))


def test_the_judge_sees_words_upon_words():
    other = Shape("Caption", Area(48, 130, 912, 160), "below")
    words = [Word("somewordsandmore", Area(60, 120, 150, 140)), Word("below", Area(60, 132, 100, 150))]
    assert any("lies upon" in fault for fault in faults([BODY, other], words, SLIDE))


def test_the_judge_sees_text_that_a_speaker_made_too_long(tmp_path: Path):
    from pptx import Presentation

    deck = tmp_path / "deck.pptx"
    deck_of(generated(1), "16:9", "lecture", deck)
    presentation = Presentation(str(deck))
    holder = next(shape for shape in presentation.slides[1].placeholders if shape.placeholder_format.idx == 1)
    holder.text_frame.text = "far too long for what it stands in " * 90
    presentation.save(str(deck))
    tried = unshrunk(deck, tmp_path / "unshrunk.pptx")
    shapes, words = shapes_of(tried)[1], words_of(drawn(tried, tmp_path))[1]
    assert any("lies outside" in fault for fault in faults(shapes, words, SLIDE))

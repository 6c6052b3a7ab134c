"""Titles that tell slides apart: readers who hear the deck go by them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from mathbook.deck.slides import Draft, Slide
from mathbook.document.words import say


def named(made: list[tuple[Draft, tuple[Slide, ...]]], language: str) -> Iterator[Slide]:
    """Yield all slides, each with its draft's blocks, those with one title counted: "Proof (2/3)". Section headers keep
    their titles bare.
    """
    headers = {draft.title for draft, _ in made if draft.layout == "Section Header"}
    slides = [(draft, slide) for draft, several in made for slide in several]
    counts = Counter(draft.title for draft, _ in slides if draft.layout != "Section Header")
    seen: Counter[str] = Counter()
    for draft, slide in slides:
        if draft.layout == "Section Header":
            yield replace(slide, blocks=draft.blocks)
            continue
        seen[draft.title] += 1
        title = _title(draft.title, seen[draft.title], counts[draft.title], headers, language)
        yield replace(slide, title=title, blocks=draft.blocks, answers=draft.answers)


def _title(title: str, at: int, count: int, headers: set[str], language: str) -> str:
    if count > 1:
        return f"{title} ({at}/{count})"
    return say("{0}, in short", language, title) if title in headers else title

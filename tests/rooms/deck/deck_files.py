"""Decks made of a few blocks."""

from __future__ import annotations

from pathlib import Path

from mathbook.deck.compile import compile, slides_of
from mathbook.deck.link import link
from mathbook.deck.slides import Slide
from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Audience, Book, Example, Meta
from mathbook.document.edition import Edition, Options
from mathbook.document.nodes import Block, Heading, Paragraph, Text
from mathbook.document.theme import Theme
from mathbook.edition.resolve import resolve
from mathbook.theme.load import load_theme

META = Meta(title="A Book", authors=("Someone",), date="2026-01-02")


def load(name: str = "lecture") -> Theme:
    theme = load_theme(name, None, Collector())
    assert theme is not None
    return theme


THEME = load()


def para(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def example(*blocks: Block) -> Example:
    return Example("e", "1", "e", (Text("A title"),), blocks, Span("e.md"))


def edition_of(*units: Example, meta: Meta = META, audience: Audience = "instructor") -> Edition:
    return resolve(Book(meta, units, ()), audience, Collector())


def deck_of(edition: Edition, into: Path, theme: Theme = THEME) -> Path:
    options = Options(edition.audience, edition.meta)
    link(edition, [compile(unit, theme, options) for unit in edition.units], theme, into)
    return into


def heading(text: str, layout: str = "") -> Heading:
    return Heading(2, (Text(text),), layout=layout)


def slides(*blocks: Block) -> tuple[Slide, ...]:
    return slides_of(example(*blocks), THEME, Options("instructor", META), Collector())

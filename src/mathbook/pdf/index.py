"""The index in print: pages in the place of what its links say. Only the linker knows them, so it compiles it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from mathbook.document.book import Unit
from mathbook.document.edition import Edition, Options
from mathbook.document.fragment import Fragment
from mathbook.document.labels import id_of
from mathbook.document.nodes import Inline, Link, Paragraph, Text
from mathbook.document.theme import Theme
from mathbook.document.walk import map_tree
from mathbook.pdf.compile import compile


def compiled_index(unit: Unit, edition: Edition, pages: Mapping[str, str], theme: Theme) -> Fragment:
    """Return the fragment of the index; `pages` has the printed page of each place by its id."""

    def paged(node: object) -> object:
        return replace(node, children=_paged(node.children, pages)) if isinstance(node, Paragraph) else node

    return compile(replace(unit, blocks=map_tree(unit.blocks, paged)), theme, Options(edition.audience, edition.meta))


def _paged(inlines: tuple[Inline, ...], pages: Mapping[str, str]) -> tuple[Inline, ...]:
    """Return an entry's line with each page once, in order."""
    places = [inline for inline in inlines if isinstance(inline, Link) and inline.unit]
    if not places:
        return inlines
    words = inlines[: inlines.index(places[0]) - 1]
    found = [(pages[id_of(place.target[1:])], place) for place in places if id_of(place.target[1:]) in pages]
    return (*words, *_numbers(found))


def _numbers(found: list[tuple[str, Link]]) -> Iterator[Inline]:
    for page, places in groupby(found, key=lambda pair: pair[0]):
        _, first = next(places)
        yield Text(", ")
        yield replace(first, children=(Text(page),))

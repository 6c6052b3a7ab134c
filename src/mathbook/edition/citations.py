"""Citations: `[@knuth, p. 3]` becomes words with a link to the work's entry, and the entries become a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mathbook.diagnostics import Code, Collector, did_you_mean
from mathbook.document.book import Book, Unit
from mathbook.document.nodes import (
    Anchor,
    Block,
    BulletList,
    Cite,
    CiteItem,
    Footnote,
    Inline,
    Link,
    Paragraph,
    Text,
)
from mathbook.document.plain import plain
from mathbook.document.walk import Spread, map_tree, walk
from mathbook.document.works import anchor_of
from mathbook.edition.csl_marks import inlines_of

if TYPE_CHECKING:
    from mathbook.edition.csl import StyledWorks


def with_notes(book: Book) -> Book:
    """Return the book with its citations in footnotes, if its style is one for notes (CSL 1.0.2, "class")."""
    if 'class="note"' not in book.citation_style.partition("<info")[0]:
        return book

    def in_note(node: object) -> object:
        if isinstance(node, Cite) and not node.in_text:
            return Footnote((Paragraph((node,), node.span),), span=node.span)
        return node

    units = tuple(
        replace(unit, blocks=map_tree(unit.blocks, lambda node: node if isinstance(node, Footnote) else in_note(node)))
        for unit in book.units
    )
    return replace(book, units=units)


@dataclass(frozen=True, slots=True)
class Citations:
    """Knows the cited works of a book, and which of its units holds the bibliography."""

    works: StyledWorks | None
    known: frozenset[str]
    language: str
    unit: str

    def resolved(self, unit: Unit, collector: Collector) -> Unit:
        """Return the unit with words in the place of citations; missing keys are told, and stay readable."""

        if not any(True for _ in _items((unit,))):
            return unit

        def resolve(node: object) -> object:
            return Spread(self._cite(node, collector)) if isinstance(node, Cite) else node

        return replace(unit, title=map_tree(unit.title, resolve), blocks=map_tree(unit.blocks, resolve))

    def entries(self, units: Iterable[Unit]) -> tuple[Block, ...]:
        """Return the bibliography of what these units cite, as a list."""
        cited = {item.key for item in _items(units)} & self.known
        if not self.works or not cited:
            return ()
        texts = self.works.entries()
        items = tuple(self._entry(key, text) for key, text in texts.items() if key in cited)
        return (BulletList(items),)

    def _entry(self, key: str, text: str) -> tuple[Block, ...]:
        return (Paragraph((Anchor(anchor_of(key), inlines_of(text, self.language)),)),)

    def _cite(self, cite: Cite, collector: Collector) -> Iterator[Inline]:
        missing = [item.key for item in cite.items if item.key not in self.known]
        for key in missing:
            message = f"the citation @{key} is in no bibliography"
            advice = "put the work into a file of bibliography:, or escape the @ as \\@"
            hint = did_you_mean(key, sorted(self.known), advice)
            collector.error(Code.CITE_MISSING, cite.span, message, hint)
        if missing or not self.works:
            yield Text(plain((cite,)), cite.span)
        elif cite.in_text:
            yield from self._in_text(cite.items[0], self.works)
        else:
            yield from self._in_brackets(cite.items, self.works)

    def _in_text(self, item: CiteItem, works: StyledWorks) -> Iterator[Inline]:
        """Yield "Knuth (1997)"."""
        if item.suppress_author:
            yield from self._in_brackets((item,), works)
            return
        authors, rest = works.in_text(item)
        yield self._link(item.key, authors)
        yield Text("\N{NO-BREAK SPACE}")
        yield from self._bracketed(works, [self._link(item.key, rest)])

    def _in_brackets(self, items: tuple[CiteItem, ...], works: StyledWorks) -> Iterator[Inline]:
        links: list[Inline] = []
        for item in items:
            links += [Text(works.delimiter)] if links else []
            links.append(self._link(item.key, works.cited(item)))
        yield from self._bracketed(works, links)

    def _bracketed(self, works: StyledWorks, links: list[Inline]) -> Iterator[Inline]:
        yield from (Text(works.opening),) if works.opening else ()
        yield from links
        yield from (Text(works.closing),) if works.closing else ()

    def _link(self, key: str, text: str) -> Link:
        return Link(inlines_of(text, self.language), f"#{anchor_of(key)}", unit=self.unit)


def citations_of(book: Book, unit: str) -> Citations:
    """Return what is needed to resolve the book's citations. `unit` is the id of the bibliography's unit.

    Numbers and the letters behind years are given for the whole book, so that both audiences see the same.
    """
    known = frozenset(work.key for work in book.works)
    keys = tuple(dict.fromkeys(item.key for item in _items(book.units) if item.key in known))
    language = book.meta.language
    if not keys:
        return Citations(None, known, language, unit)
    from mathbook.edition.csl import styled_works  # it loads what only a book with citations needs

    cited = tuple(work for work in book.works if work.key in keys)
    return Citations(styled_works(book.citation_style, language, cited, keys), known, language, unit)


def _items(units: Iterable[Unit]) -> Iterator[CiteItem]:
    for unit in units:
        for node in walk((unit.title, unit.blocks)):
            if isinstance(node, Cite):
                yield from node.items

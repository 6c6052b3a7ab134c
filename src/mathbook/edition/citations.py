"""Citations: `[@knuth, p. 3]` becomes words with a link to the work's entry, and the entries become a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
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
from mathbook.document.walk import Spread, found_in, map_tree
from mathbook.document.works import anchor_of
from mathbook.edition.csl_marks import inlines_of
from mathbook.frozen import frozen

if TYPE_CHECKING:
    from mathbook.edition.csl import StyledWorks


def wants_notes(style: str) -> bool:
    """Return whether a CSL style is one for notes (CSL 1.0.2, "class")."""
    return 'class="note"' in style.partition("<info")[0]


def in_notes(unit: Unit) -> Unit:
    """Return the unit with its citations in footnotes."""

    def in_note(node: object) -> object:
        if isinstance(node, Cite) and not node.in_text:
            return Footnote((Paragraph((node,), node.span),), span=node.span)
        return node

    return replace(unit, blocks=map_tree(unit.blocks, in_note))


def cites_in(unit: Unit) -> tuple[Cite, ...]:
    """Return the unit's citations in reading order."""
    return tuple(found_in((unit.title, unit.blocks), Cite))


def keys_of(cites: Iterable[Cite]) -> tuple[str, ...]:
    """Return the keys of what is cited, each once."""
    return tuple(dict.fromkeys(item.key for cite in cites for item in cite.items))


@frozen
class Citations:
    """Knows the cited works of a book, and which of its units holds the bibliography."""

    works: StyledWorks | None
    known: frozenset[str]
    language: str
    unit: str

    def resolved(self, unit: Unit, collector: Collector) -> Unit:
        """Return the unit with words in the place of citations; missing keys are told, and stay readable."""

        if not cites_in(unit):
            return unit

        def resolve(node: object) -> object:
            return Spread(self._cite(node, collector)) if isinstance(node, Cite) else node

        return replace(unit, title=map_tree(unit.title, resolve), blocks=map_tree(unit.blocks, resolve))

    def said(self, cite: Cite) -> tuple[Inline, ...] | None:
        """Return what stands for the citation; None if a work is missing."""
        told = Collector()
        words = tuple(self._cite(cite, told))
        return None if told.diagnostics else words

    def entries(self, cited: Collection[str]) -> tuple[Block, ...]:
        """Return the bibliography of the works with these keys, as a list."""
        if not self.works or not any(key in self.known for key in cited):
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


def citations_of(book: Book, cited: Iterable[str], unit: str) -> Citations:
    """Return what is needed to resolve the book's citations: of what is `cited`, in order of appearance. `unit` is the
    id of the bibliography's unit.

    Numbers and the letters behind years are given for the whole book, so that both audiences see the same.
    """
    known = frozenset(work.key for work in book.works)
    keys = tuple(key for key in dict.fromkeys(cited) if key in known)
    language = book.meta.language
    if not keys:
        return Citations(None, known, language, unit)
    from mathbook.edition.csl import styled_works  # it loads what only a book with citations needs

    works = tuple(work for work in book.works if work.key in keys)
    return Citations(styled_works(book.citation_style, language, works, keys), known, language, unit)

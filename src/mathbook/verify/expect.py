"""From an edition to the passages that a finished file must hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from mathbook.document.book import Audience, FormatName, Unit
from mathbook.document.edition import Edition
from mathbook.document.nodes import (
    Block,
    Box,
    BulletList,
    Columns,
    Conditional,
    DefinitionList,
    Equation,
    Exercise,
    Figure,
    Footnote,
    Formula,
    Heading,
    Image,
    Incremental,
    Inline,
    Link,
    Listing,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Slide,
    SourceNote,
    SpeakerNotes,
    Table,
)
from mathbook.document.passage import Passage, Role
from mathbook.document.plain import plain
from mathbook.document.select import edition_for, for_format
from mathbook.document.walk import walk
from mathbook.formula.parse import parse
from mathbook.formula.symbols import symbols


def passages(edition: Edition, format_name: FormatName) -> Iterator[Passage]:
    """Yield what the edition says in this format, block by block, in reading order."""
    for unit in edition_for(edition, format_name).units:
        selected: Unit = for_format(unit, format_name)
        expectation = _Expectation(selected.id, edition.meta.language, edition.audience, format_name)
        yield expectation.passage("title", selected.title)
        yield from expectation.blocks(selected.blocks)


FORMULA_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a passage's words where a formula stands."""


class _Expectation:
    """Knows whose unit it is, and what the format leaves out for this audience."""

    def __init__(self, unit: str, language: str, audience: Audience, format_name: FormatName) -> None:
        self._unit = unit
        self._language = language
        self._audience = audience
        self._format = format_name

    def blocks(self, blocks: tuple[Block, ...], role: Role = "paragraph") -> Iterator[Passage]:
        """Yield the passages of the blocks."""
        for block in blocks:
            yield from self._block(block, role)
            yield from self._footnotes(block)

    def passage(self, role: Role, inlines: tuple[Inline, ...]) -> Passage:
        """Return the passage of one run of inlines."""
        outside = tuple(_outside_footnotes(inlines))
        return Passage(
            role,
            words=_spaced(plain(inlines, self._language, say_formula=lambda _: FORMULA_MARK)),
            formulas=tuple(self._symbols(node, display=False) for node in outside if isinstance(node, Formula)),
            links=tuple(node.target for node in outside if isinstance(node, Link)),
            pictures=tuple(node.digest for node in outside if isinstance(node, Image)),
            unit=self._unit,
        )

    def _block(self, block: Block, role: Role) -> Iterator[Passage]:
        match block:
            case Paragraph():
                yield self.passage(role, block.children)
            case Heading():
                yield self.passage("heading", block.children)
            case BulletList() | OrderedList():
                for item in block.items:
                    yield from self.blocks(item, "item")
            case DefinitionList():
                for entry in block.items:
                    yield self.passage("item", entry.term)
                    for definition in entry.definitions:
                        yield from self.blocks(definition, "item")
            case Quotation():
                yield from self.blocks(block.children, "quotation")
                yield from self._optional("quotation", block.attribution)
            case Listing():
                yield Passage("listing", _spaced(block.text), unit=self._unit)
                yield from self._optional("caption", block.caption)
            case Equation():
                yield Passage("equation", "", (self._symbols(block.formula, display=True),), unit=self._unit)
            case Figure():
                yield Passage("figure", "", pictures=(block.image.digest,), unit=self._unit)
                yield from self._optional("caption", block.caption)
            case Table():
                yield from self._table(block)
            case Box():
                yield from self._optional("box", block.title)
                yield from self.blocks(block.children)
            case Exercise():
                yield from self._optional("box", block.title)
                for part in (block.children, block.hint, block.solution):
                    yield from self.blocks(part)
            case SourceNote():
                yield Passage("box", _spaced(block.seed.claims), unit=self._unit)
                yield from self.blocks(block.children)
            case Columns():
                for column in block.columns:
                    yield from self.blocks(column.children, role)
            case Incremental():
                yield from self.blocks(block.children, role)
            case Slide() | SpeakerNotes():
                yield from self._of_the_deck(block)
            case Rule():
                pass  # a rule says nothing
            case Conditional():
                raise AssertionError("for_format takes conditionals out")
            case _:
                assert_never(block)

    def _of_the_deck(self, block: Slide | SpeakerNotes) -> Iterator[Passage]:
        """Yield what stands on slides and in notes; in print slides are shown on request, notes to instructors."""
        match block:
            case Slide() if self._format == "deck" or block.in_handout:
                yield from self._optional("heading", block.title)
                yield from self.blocks(block.children)
            case SpeakerNotes() if self._format == "deck" or self._audience == "instructor":
                yield from self.blocks(block.children, "notes")
            case Slide() | SpeakerNotes():
                return  # print leaves them out for this audience

    def _table(self, table: Table) -> Iterator[Passage]:
        yield from self._optional("caption", table.caption)
        for row in (*table.head, *table.body):
            for cell in row:
                yield self.passage("cell", cell.children)

    def _optional(self, role: Role, inlines: tuple[Inline, ...]) -> Iterator[Passage]:
        if inlines:
            yield self.passage(role, inlines)

    def _footnotes(self, block: Block) -> Iterator[Passage]:
        """Yield the notes that hang on the block's own words (blocks inside it tell of their own)."""
        if isinstance(block, Paragraph | Heading):
            for node in walk(block.children):
                if isinstance(node, Footnote):
                    yield from self.blocks(node.children)

    def _symbols(self, formula: Formula, *, display: bool) -> str:
        parsed = parse(formula.latex, display=display, definitions=formula.definitions, language=self._language)
        return "".join(symbols(parsed.tree))


def _outside_footnotes(inlines: tuple[Inline, ...]) -> Iterator[object]:
    for inline in inlines:
        if not isinstance(inline, Footnote):
            yield inline
            yield from _outside_footnotes(getattr(inline, "children", ()))


def _spaced(text: str) -> str:
    return " ".join(text.split())

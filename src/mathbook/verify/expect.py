"""From an edition to the passages that a finished file must hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import assert_never

from mathbook.document.alone import as_alone
from mathbook.document.book import Audience, Example, FormatName, Unit
from mathbook.document.edition import Edition
from mathbook.document.fingerprint import identities
from mathbook.document.kinds import BOX_KINDS, LABEL_KINDS
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
    Heading,
    Incremental,
    Inline,
    Listing,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Slide,
    SourceNote,
    SpeakerNotes,
    Table,
    Text,
)
from mathbook.document.passage import Passage, Role
from mathbook.document.select import blocks_for_format, edition_for
from mathbook.document.walk import children_of
from mathbook.document.words import say
from mathbook.verify.lines import Lines, own_words, with_pages


def passages(edition: Edition, format_name: FormatName) -> Iterator[Passage]:
    """Yield what the edition says in this format, block by block, in reading order."""
    for unit in edition_for(edition, format_name).units:
        yield from unit_passages(unit, edition, format_name)


def unit_passages(unit: Unit, edition: Edition, format_name: FormatName) -> Iterator[Passage]:
    """Yield what one unit of the edition says in this format, each passage with its block's identity."""
    language = edition.meta.language
    expectation = _Expectation(unit, language, edition.audience, format_name)
    number = unit.number if isinstance(unit, Example) else ""
    label = f"{say(LABEL_KINDS['ex'].title, language)} {number}" if number else ""
    yield expectation.passage("title", unit.title, label=label)
    yield from expectation.notes_in(unit.title)
    said = _in_print(unit, edition) if format_name == "pdf" else unit
    for (name, _), blocks in zip(identities(unit), _shown(said.blocks, format_name), strict=True):
        expectation.begin(name)
        yield from expectation.top_level(blocks)
    expectation.begin("")
    for term in unit.terms if format_name == "epub" else ():
        # beside each of its words an e-book shows what the glossary says of it
        yield replace(expectation.passage("footnote", term.term), loose=True)
        for definition in term.definitions:
            for passage in expectation.blocks(definition, "footnote"):
                yield replace(passage, loose=True)


def _shown(blocks: tuple[Block, ...], format_name: FormatName) -> Iterator[tuple[Block, ...]]:
    """Yield for each block what the format shows of it."""
    are_all_shown = blocks_for_format(blocks, format_name) is blocks
    for block in blocks:
        yield (block,) if are_all_shown else blocks_for_format((block,), format_name)


def _in_print(unit: Unit, edition: Edition) -> Unit:
    """Return the unit with what only print says: pages in an index, the book's title on a handout."""
    book = edition.alone_from
    return as_alone(unit, book, edition.meta.language) if book else with_pages(unit)


class _Expectation:
    """Knows whose unit it is, and what the format leaves out for this audience."""

    def __init__(self, unit: Unit, language: str, audience: Audience, format_name: FormatName) -> None:
        self._unit = unit
        self._language = language
        self._audience = audience
        self._format = format_name
        self._lines = Lines(unit.id, language, format_name, unit.pictures)
        self.passage = self._lines.passage
        self._tables = 0
        self._off = False
        self._unseen = False

    def top_level(self, blocks: tuple[Block, ...]) -> Iterator[Passage]:
        """Yield the passages of a unit's own blocks. Under a heading without a slide all goes to the notes."""
        for block in blocks:
            self._off = "no-slide" in block.classes if isinstance(block, Heading) else self._off
            hidden = self._off and not _has_a_slide_of_its_own(block)
            yield from self._in_notes((block,)) if hidden else self.blocks((block,))

    def _in_notes(self, blocks: tuple[Block, ...], role: Role = "paragraph") -> Iterator[Passage]:
        """Yield the passages of blocks that a deck says in its notes, where no picture is seen."""
        before, self._unseen = self._unseen, self._format == "deck"
        yield from self.blocks(blocks, role)
        self._unseen = before

    @cached_property
    def _alone(self) -> list[SourceNote]:
        """The notes of sources that are no part of another block."""
        blocks = blocks_for_format(self._unit.blocks, self._format)
        return [block for block in blocks if isinstance(block, SourceNote)]

    def begin(self, block: str) -> None:
        """Say which of the unit's blocks the passages are in from now on."""
        self._lines = replace(self._lines, block=block)
        self.passage = self._lines.passage

    def blocks(self, blocks: tuple[Block, ...], role: Role = "paragraph") -> Iterator[Passage]:
        """Yield the passages of the blocks."""
        for block in blocks:
            yield from self._block(block, role)
            yield from self._footnotes(block)
            yield from self._decorations(block)

    def _block(self, block: Block, role: Role) -> Iterator[Passage]:
        match block:
            case Paragraph():
                yield self.passage(role, block.children)
            case Heading():
                yield self.passage("heading", block.children, level=block.level)
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
                yield from self._caption("lst", block)
                yield from self._lines.listing(block.text)
            case Equation():
                yield self._lines.equation(block)
            case Figure() if self._unseen:
                yield from self._lines.unseen(block)
                yield from self._caption("fig", block)
            case Figure():
                yield self._lines.figure(block)
                yield from self._lines.description(block)
                yield from self._caption("fig", block)
            case Table():
                yield from self._table(block)
            case Box():
                label = f"{say(BOX_KINDS[block.kind].title, self._language)} {block.number}".rstrip()
                yield from self._optional("box", block.title, label=label)
                yield from self.blocks(block.children)
            case Exercise():
                yield from self._exercise(block)
            case SourceNote():
                yield from self._source(block)
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

    def _source(self, note: SourceNote) -> Iterator[Passage]:
        """Yield who said what, where, and the address. A deck shows it on a slide, or in other blocks line by line."""
        seed, lines, plain = note.seed, self._lines, self._lines.plain
        whence = tuple(filter(None, (seed.where, seed.when)))
        if self._format != "deck":
            yield from plain("box", seed.title, say("Source", self._language))
            yield from plain("paragraph", ", ".join(filter(None, (seed.who, *whence))))
        elif note in self._alone:
            yield from plain("heading", say("Source: {0}", self._language, seed.title))
            for said in (seed.who, ", ".join(whence)):
                yield from plain("paragraph", said)
        else:
            for said in (seed.who, *whence):
                yield from plain("paragraph", said)
        yield from plain("box", seed.claims)
        yield from self.blocks(note.children)
        yield from lines.address(seed, from_start=self._format != "deck" or note in self._alone)

    def _exercise(self, exercise: Exercise) -> Iterator[Passage]:
        """Yield task, hint and solution; a solution may stand at its unit's end."""
        label = f"{say(LABEL_KINDS['exr'].title, self._language)} {exercise.number}".rstrip()
        yield from self._optional("box", exercise.title, label=label)
        yield from self.blocks(exercise.children)
        yield from self._in_notes(exercise.hint)
        for passage in self.blocks(exercise.solution):
            yield replace(passage, loose=True)

    def _of_the_deck(self, block: Slide | SpeakerNotes) -> Iterator[Passage]:
        """Yield what stands on slides and in notes; in print slides are shown on request, notes to instructors."""
        match block:
            case Slide() | SpeakerNotes() if self._leaves_out(block):
                return  # print leaves them out for this audience
            case Slide():
                yield from self._optional("heading", block.title)
                yield from self.blocks(block.children)
            case SpeakerNotes():
                yield from self._in_notes(block.children, "notes")

    def _leaves_out(self, block: Block) -> bool:
        """Return whether pages have nothing of the block for this audience."""
        if self._format == "deck":
            return False
        slide = isinstance(block, Slide) and not block.in_handout
        return slide or (isinstance(block, SpeakerNotes) and self._audience != "instructor")

    def _table(self, table: Table) -> Iterator[Passage]:
        yield from self._caption("tbl", table)
        self._tables += 1
        for row, cells in enumerate((*table.head, *table.body)):
            for cell in cells:
                if cell.children or self._format != "pdf":  # no tag is found of an empty cell in a PDF
                    yield self.passage("cell", cell.children, cell=(self._tables, row))

    def _caption(self, kind: str, block: Listing | Figure | Table) -> Iterator[Passage]:
        label = f"{say(LABEL_KINDS[kind].title, self._language)} {block.number}" if block.number else ""
        for passage in self._optional("caption", block.caption, label=label):
            yield replace(passage, loose=True)  # above it in one format, below it in another

    def _optional(self, role: Role, inlines: tuple[Inline, ...], label: str = "") -> Iterator[Passage]:
        if inlines:
            yield self.passage(role, inlines, label=label)

    def _footnotes(self, block: Block) -> Iterator[Passage]:
        """Yield the notes that hang on the block's own words (blocks inside it tell of their own)."""
        if not self._leaves_out(block):
            yield from self.notes_in(own_words(block))

    def _decorations(self, block: Block) -> Iterator[Passage]:
        """Yield the pictures in the block's own words of which nobody has to hear."""
        if not self._leaves_out(block):
            for inlines in own_words(block):
                yield from self._lines.decorations(inlines)

    def notes_in(self, nodes: Iterable[object]) -> Iterator[Passage]:
        """Yield the notes that hang on these words."""
        for note in _notes_in(nodes):
            for passage in self._in_notes(note.children, "footnote"):
                yield replace(passage, loose=True)


def _has_a_slide_of_its_own(block: Block) -> bool:
    """Return whether the block makes a slide of its own, also under a heading that has none."""
    if isinstance(block, Box):
        return BOX_KINDS[block.kind].deck != "callout"
    return isinstance(block, Exercise | Quotation | SourceNote | Slide)


def _notes_in(nodes: Iterable[object]) -> Iterator[Footnote]:
    """Yield the footnotes in the nodes, but for those that hang on other footnotes."""
    for node in nodes:
        if isinstance(node, Footnote):
            yield node
        elif node.__class__ is not Text:  # most of all, and nothing is in it
            yield from _notes_in(children_of(node))

"""Blocks as lines of speaker notes: everything, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import assert_never

from mathbook.deck.runs import parsed_formula, words
from mathbook.document.kinds import BOX_KINDS
from mathbook.document.list_marks import list_mark
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
)
from mathbook.document.plain import with_description
from mathbook.document.walk import walk
from mathbook.document.words import say
from mathbook.formula.plain_line import plain_line


class NoteHeading(str):
    """A line of the notes that is a heading."""

    __slots__ = ()


def note_lines(blocks: tuple[Block, ...], language: str) -> tuple[str, ...]:
    """Return the blocks as lines, nothing left out but pictures, of which the words stay."""
    return tuple(line for block in blocks for line in _lines(block, language))


def footnote_lines(node: object, language: str) -> tuple[str, ...]:
    """Return the footnotes in the node, as lines, each behind its number."""
    return tuple(
        line
        for found in walk(node)
        if isinstance(found, Footnote)
        for line in _marked(f"[{found.number}] ", note_lines(found.children, language))
    )


def _lines(block: Block, language: str) -> Iterator[str]:
    said = partial(_said, language)
    match block:
        case Heading(children=children):
            yield NoteHeading(words(children, language))
            yield from footnote_lines(children, language)
        case Paragraph(children=children):
            yield from said(children)
        case BulletList(items=items):
            for item in items:
                yield from _item("• ", item, language)
        case OrderedList(items=items, start=start, style=style):
            for at, item in enumerate(items, start):
                yield from _item(f"{list_mark(style, at)} ", item, language)
        case DefinitionList(items=entries):
            for entry in entries:
                yield from said(entry.term)
                for definition in entry.definitions:
                    yield from note_lines(definition, language)
        case Quotation():
            yield from note_lines(block.children, language)
            yield from _marked("— ", tuple(said(block.attribution)))
        case Listing():
            yield from said(block.caption)
            yield from block.text.splitlines()
        case Equation(formula=formula, number=number):
            shown = parsed_formula(formula, language, display=True).linear
            yield f"{shown}  ({number})" if number else shown
        case Figure():
            yield from _told(block, language)
            yield from said(block.caption)
        case Table():
            yield from said(block.caption)
            yield from _rows(block, language)
        case Box():
            yield _named(block, language)
            yield from footnote_lines(block.title, language)
            yield from note_lines(block.children, language)
        case Exercise():
            yield from said(block.title)
            for part in (block.children, block.hint, block.solution):
                yield from note_lines(part, language)
        case SourceNote(seed=seed):
            yield from filter(None, (seed.who, seed.where, seed.when, seed.claims, seed.link, seed.rights))
            yield from note_lines(block.children, language)
        case Slide():
            yield from said(block.title)
            yield from note_lines(block.children, language)
        case SpeakerNotes(children=children) | Incremental(children=children):
            yield from note_lines(children, language)
        case Columns(columns=columns):
            for column in columns:
                yield from note_lines(column.children, language)
        case Rule():
            return  # a rule says nothing
        case Conditional():
            raise AssertionError("unresolved condition")
        case _:
            assert_never(block)


def _rows(table: Table, language: str) -> Iterator[str]:
    """Yield the rows as lines, then what hangs on their cells."""
    for row in (*table.head, *table.body):
        yield "\t".join(words(cell.children, language) for cell in row)
    yield from footnote_lines((table.head, table.body), language)


def _told(figure: Figure, language: str) -> Iterator[str]:
    """Yield the words for a picture that isn't seen here, unless its caption is all that there is."""
    told = with_description(figure.image.alt, figure.image)
    if told != plain_line(figure.caption, language):
        yield told


def _named(box: Box, language: str) -> str:
    kind = say(BOX_KINDS[box.kind].title, language)
    return " ".join(filter(None, (kind, box.number, words(box.title, language))))


def _said(language: str, inlines: tuple[Inline, ...]) -> Iterator[str]:
    if inlines:
        yield words(inlines, language)
        yield from footnote_lines(inlines, language)


def _item(mark: str, item: tuple[Block, ...], language: str) -> Iterator[str]:
    """Yield the lines of a list's item; of one that begins with a list itself the mark has a line of its own."""
    begins_with_a_list = isinstance(item[0] if item else None, BulletList | OrderedList)
    lines = note_lines(item, language)
    yield from _marked(mark, ("", *lines) if begins_with_a_list else lines)


def _marked(mark: str, lines: tuple[str, ...]) -> Iterator[str]:
    for at, line in enumerate(lines):
        yield (mark if at == 0 else "  ") + line

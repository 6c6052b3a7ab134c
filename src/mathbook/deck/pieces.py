"""Blocks as pieces of a slide."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import assert_never

from mathbook.deck.notes import note_lines
from mathbook.deck.reveal import revealed
from mathbook.deck.runs import PLAIN, readable, runs_of, words
from mathbook.deck.slides import ACROSS, DOWN, Code, Display, Draft, Grid, Para, Piece, Run, Shown, Words
from mathbook.document.addresses import clock, timed_url
from mathbook.document.book import Picture
from mathbook.document.kinds import BOX_KINDS, LABEL_KINDS
from mathbook.document.list_marks import list_mark
from mathbook.document.nodes import (
    Block,
    Box,
    BulletList,
    Cell,
    Columns,
    Conditional,
    DefinitionList,
    Equation,
    Exercise,
    Figure,
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
from mathbook.document.words import say
from mathbook.theme.highlight import highlight

BULLET = "•"


def pieces_of(blocks: tuple[Block, ...], pictures: dict[str, Picture], language: str) -> tuple[Piece, ...]:
    """Return all of the blocks as pieces; neighbouring paragraphs stand in one."""
    return joined(piece for block in blocks for piece in _pieces(block, pictures, language))


def joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with neighbouring words in one; words on a ground stay what they are."""
    return tuple(_joined(pieces))


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    held: Words | None = None
    for piece in pieces:
        if isinstance(piece, Words) and held is not None and not piece.boxed and not held.boxed:
            held = Words((*held.paras, *piece.paras))
            continue
        if held is not None:
            yield held
        held = piece if isinstance(piece, Words) else None
        if held is None:
            yield piece
    if held is not None:
        yield held


def _pieces(block: Block, pictures: dict[str, Picture], language: str) -> Iterator[Piece]:
    match block:
        case Paragraph(children=children):
            yield Words((Para(runs_of(children, language)),))
        case Heading(children=children):
            yield Words((Para(runs_of(children, language, Run("", bold=True))),))
        case BulletList() | OrderedList():
            yield from _list(block, pictures, language, 0)
        case DefinitionList(items=items):
            for entry in items:
                yield Words((Para(runs_of(entry.term, language, Run("", bold=True))),))
                for definition in entry.definitions:
                    yield from _indented(pieces_of(definition, pictures, language), 1, UNMARKED)
        case Quotation(children=children, attribution=attribution):
            yield from pieces_of(children, pictures, language)
            if attribution:
                yield Words((Para((Run("— "), *runs_of(attribution, language)), quiet=True),))
        case Listing():
            yield listing_piece(block)
            if block.caption:
                yield Words((_caption("lst", block.number, block.caption, language),))
        case Equation(formula=formula, number=number):
            yield Display(formula, number)
        case Figure():
            yield shown_figure(block, pictures, language)
        case Table():
            yield grid_of(block, language)
        case Box(kind=kind) if BOX_KINDS[kind].deck == "callout":
            yield from callout(block, pictures, language)
        case Box(kind=kind, title=title, children=children, number=number):
            label = " ".join(filter(None, (say(BOX_KINDS[kind].title, language), number)))
            name = (Run(": "), *runs_of(title, language)) if title else ()
            yield Words((Para((Run(label, bold=True), *name)),))
            yield from pieces_of(children, pictures, language)
        case Exercise(children=children, hint=hint, solution=solution):
            for part in (children, hint, solution):
                yield from pieces_of(part, pictures, language)
        case SourceNote() | SpeakerNotes() | Slide():
            yield Words(tuple(Para((Run(line),)) for line in note_lines((block,), language)))
        case Columns(columns=columns):
            for column in columns:
                yield from pieces_of(column.children, pictures, language)
        case Incremental(children=children):
            yield from revealed(pieces_of(children, pictures, language))
        case Rule():
            return  # a rule says nothing
        case Conditional():
            raise AssertionError("unresolved condition")
        case _:
            assert_never(block)


def callout(box: Box, pictures: dict[str, Picture], language: str) -> tuple[Piece, ...]:
    """Return the callout: its name and its words on one ground."""
    name = (Run(": ", bold=True), *runs_of(box.title, language, Run("", bold=True))) if box.title else ()
    label = Para((Run(say(BOX_KINDS[box.kind].title, language), bold=True), *name))
    first, *rest = pieces_of(box.children, pictures, language) or (Words(()),)
    if isinstance(first, Words) and not first.boxed:
        return (Words((label, *first.paras), boxed=True), *rest)
    return (Words((label,), boxed=True), first, *rest)


def _list(block: BulletList | OrderedList, pictures: dict[str, Picture], language: str, level: int) -> Iterator[Piece]:
    for at, item in enumerate(block.items):
        mark = _mark_of(block, at)
        for inner in item:
            if isinstance(inner, BulletList | OrderedList):
                yield from _list(inner, pictures, language, level + 1)
            else:
                yield from _indented(tuple(_pieces(inner, pictures, language)), level, mark)
                mark = UNMARKED


UNMARKED = Para(())


def _mark_of(block: BulletList | OrderedList, at: int) -> Para:
    """Return an empty paragraph with the mark of the list's item."""
    if isinstance(block, BulletList):
        return Para((), mark=BULLET)
    number = block.start + at
    return Para((), mark=list_mark(block.style, number), style=block.style, at=max(number, 0))


def _indented(pieces: tuple[Piece, ...], level: int, mark: Para) -> Iterator[Piece]:
    """Yield the pieces with the first paragraph marked and all paragraphs at this level."""
    for piece in pieces:
        if not isinstance(piece, Words):
            yield piece
            continue
        paras = []
        for para in piece.paras:
            deep = max(level, para.level) if not para.mark else para.level + level
            marked = para if para.mark else replace(para, mark=mark.mark, style=mark.style, at=mark.at)
            paras.append(replace(marked, level=deep if mark.mark or level else para.level))
            mark = UNMARKED
        yield replace(piece, paras=tuple(paras))


def _caption(kind: str, number: str, caption: tuple[Inline, ...], language: str) -> Para:
    label = (Run(f"{say(LABEL_KINDS[kind].title, language)} {number}  ", bold=True),) if number else ()
    return Para((*label, *runs_of(caption, language, PLAIN)), quiet=True)


def shown_figure(figure: Figure, pictures: dict[str, Picture], language: str) -> Shown:
    """Return the figure's picture with its caption."""
    caption = _caption("fig", figure.number, figure.caption, language) if figure.caption else None
    alt = with_description(figure.image.alt or words(figure.caption, language), figure.image)
    return Shown(pictures[figure.image.source], alt, caption)


def grid_of(table: Table, language: str) -> Grid:
    """Return the table, every row with a cell for each column."""
    head, body = (_rows(rows, len(table.alignments), language) for rows in (table.head, table.body))
    caption = _caption("tbl", table.number, table.caption, language) if table.caption else None
    return Grid(head, body, table.alignments, caption, shares=table.widths)


def _rows(rows: tuple[tuple[Cell, ...], ...], count: int, language: str) -> tuple[tuple[tuple[Run, ...], ...], ...]:
    """Return rows of cells, those that another reaches over marked as such."""
    done: list[tuple[tuple[Run, ...], ...]] = []
    covered: dict[tuple[int, int], tuple[Run, ...]] = {}
    for at, row in enumerate(rows):
        made: list[tuple[Run, ...]] = []
        waiting = list(row)
        while waiting or len(made) < count:
            if (at, len(made)) in covered:
                made.append(covered[at, len(made)])
                continue
            cell = waiting.pop(0) if waiting else Cell(())
            for down in range(min(cell.rowspan, len(rows) - at)):
                for across in range(cell.colspan):
                    covered[at + down, len(made) + across] = ACROSS if across else DOWN
            made.append(_cell(cell, language))
        done.append(tuple(made))
    return tuple(done)


def _cell(cell: Cell, language: str) -> tuple[Run, ...]:
    """Return a cell's runs. Formulas stand in tables as text: a table has no face for programs that know none."""
    return tuple(part for run in runs_of(cell.children, language) for part in readable(run, language))


def listing_piece(listing: Listing) -> Code:
    """Return the code, line by line, each piece with its kind of colour."""
    lines: list[list[tuple[str, str]]] = [[]]
    for kind, text in highlight(listing.text.rstrip("\n"), listing.language):
        first, *rest = text.split("\n")
        lines[-1].append((kind, first))
        lines += [[(kind, part)] for part in rest]
    kept = tuple(tuple(piece for piece in line if piece[1]) for line in lines)
    return Code(kept, "output" in listing.classes)


def source_draft(note: SourceNote, pictures: dict[str, Picture], language: str) -> Draft:
    """Return the slide that says where an example comes from, with a QR code if there is an address."""
    seed = note.seed
    where = ", ".join(filter(None, (seed.where, seed.when)))
    paras = [Para((Run(seed.who, bold=True),)), Para((Run(where),)), Para((Run(seed.claims),))]
    address = timed_url(seed.link, seed.start)
    if seed.link:
        since = (Run(f" {say('from {0}', language, clock(seed.start))}"),) if seed.start else ()
        paras.append(Para((Run(seed.link, link=address), *since), quiet=True))
    notes = (*note_lines(note.children, language), *filter(None, (seed.rights, seed.provenance)))
    aside = Shown(_qr(address), say("QR code of {0}", language, seed.link)) if seed.link else None
    return Draft(say("Source: {0}", language, seed.title), (Words(tuple(paras)),), notes, aside=aside)


def _qr(url: str) -> Picture:
    import segno  # few books have such codes, and it takes a while to come

    code = segno.make(url, error="m")
    side = float(code.symbol_size(border=2)[0])
    file = io.BytesIO()
    code.save(file, kind="svg", border=2, xmldecl=False, nl=False)
    data = file.getvalue()
    return Picture(f"qr:{url}", blake2b(data, digest_size=16).hexdigest(), "image/svg+xml", side, side, data)

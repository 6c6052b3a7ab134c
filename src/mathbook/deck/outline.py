"""A unit's blocks as drafts of slides: one idea a slide, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

from mathbook.deck.arrange import arranged
from mathbook.deck.headers import section_draft
from mathbook.deck.notes import NoteHeading, footnote_lines, note_lines
from mathbook.deck.pieces import (
    callout,
    grid_of,
    joined,
    listing_piece,
    pieces_of,
    shown_figure,
    source_draft,
)
from mathbook.deck.reveal import revealed
from mathbook.deck.runs import runs_of, words
from mathbook.deck.slides import Display, Draft, Layout, Para, Piece, Run, Side, Words
from mathbook.document.book import Picture, Unit
from mathbook.document.kinds import BOX_KINDS, LABEL_KINDS
from mathbook.document.nodes import (
    Block,
    Box,
    BulletList,
    Column,
    Columns,
    Conditional,
    DefinitionList,
    Equation,
    Exercise,
    Figure,
    Heading,
    Incremental,
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
from mathbook.document.words import say

LONGEST_LEAD = 170
"""Characters of a first sentence that stands on a slide; a longer one stays in the notes."""

STATEMENT = "Quote"
"""The layout of a slide that shows one sentence and nothing else."""


def outline(unit: Unit, language: str) -> tuple[Draft, ...]:
    """Return the drafts of the unit's slides. All that no rule puts on a slide stands in the notes of its slide."""
    outliner = _Outliner({picture.source: picture for picture in unit.pictures}, language)
    outliner.title = outliner.name = words(unit.title, language)
    outliner.done.append(section_draft(unit, language))
    for outliner.at, block in enumerate(unit.blocks):
        outliner.take(block)
    outliner.at = len(unit.blocks)
    return tuple(arranged(draft) for draft in outliner.finish())


@dataclass(slots=True)
class _Outliner:
    """Gathers pieces and notes until the next slide begins."""

    pictures: dict[str, Picture]
    language: str
    done: list[Draft] = field(default_factory=list)
    closing: list[Draft] = field(default_factory=list)
    title: str = ""
    name: str = ""
    layout: Layout = ""
    lead: tuple[Run, ...] = ()
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    off: bool = False
    unsaid: str = ""
    called: tuple[str, ...] = ()
    proves: str = ""
    at: int = 0
    began: int = 0

    def finish(self) -> list[Draft]:
        """Return all drafts, the takeaways last."""
        self.flush()
        self._say_heading()
        return [*self.done, *self.closing]

    def flush(self) -> None:
        """End the slide that is being gathered. Notes without anything to show go to the slide before."""
        pieces = self._gathered()
        if pieces:
            plain = "Title and Content" if self.pieces else STATEMENT
            layout, chosen = self.layout or plain, bool(self.layout)
            blocks = self.began, self.at
            self._append(Draft(self.title, pieces, tuple(self.notes), layout, chosen=chosen, blocks=blocks))
            self.unsaid = ""
        elif self.notes:
            last = self.done.pop()
            self.done.append(replace(last, notes=(*last.notes, *self.notes)))
        self.lead, self.pieces, self.notes = (), [], []
        self.began = self.at

    def _add(self, draft: Draft) -> None:
        """Append a draft of the block at hand, and of those that were gathered for it."""
        self._append(replace(draft, blocks=(self.began, self.at + 1)))
        self.began = self.at + 1

    def _append(self, draft: Draft) -> None:
        """Append a draft, with the footnotes of the heading that it comes under, if it is the first that does."""
        self.done.append(replace(draft, notes=(*self.called, *draft.notes)))
        self.called = ()

    def _gathered(self) -> tuple[Piece, ...]:
        lead = (Words((Para(self.lead),)),) if self.lead and not self.off else ()
        return joined((*lead, *self.pieces))

    def take(self, block: Block) -> None:
        """Put the block where its rule says."""
        match block:
            case Heading():
                self._heading(block)
            case Paragraph(children=children):
                self.notes += note_lines((block,), self.language)
                self.lead = self.lead or (_first_sentence(runs_of(children, self.language)) if not self.pieces else ())
            case BulletList() | OrderedList() | DefinitionList():
                self._show(pieces_of((block,), self.pictures, self.language), block)
            case Equation(formula=formula, number=number):
                self._show((Display(formula, number),), block)
            case Figure():
                self._show((shown_figure(block, self.pictures, self.language),), block)
            case Table():
                self._show((grid_of(block, self.language),), block)
            case Listing():
                self._listing(block)
            case Box():
                self._box(block)
            case Exercise():
                self._exercise(block)
            case Quotation():
                self._quotation(block)
            case SourceNote():
                self.flush()
                self._add(source_draft(block, self.pictures, self.language))
            case Slide(title=title, children=children, layout=layout):
                self.flush()
                notes = [child for child in children if isinstance(child, SpeakerNotes)]
                shown = tuple(child for child in children if not isinstance(child, SpeakerNotes))
                said = (*footnote_lines(title, self.language), *note_lines(tuple(notes), self.language))
                self._own_slide(words(title, self.language) or self.title, shown, said, layout)
            case SpeakerNotes(children=children):
                self._speak(note_lines(children, self.language))
            case Columns():
                self._columns(block)
            case Incremental(children=children):
                self._show(revealed(pieces_of(children, self.pictures, self.language)), block)
            case Rule():
                self.flush()
            case Conditional():
                raise AssertionError("unresolved condition")
            case _:
                assert_never(block)

    def _heading(self, heading: Heading) -> None:
        self.flush()
        self._say_heading()
        self.off = "no-slide" in heading.classes
        self.layout = heading.layout
        title = words(heading.children, self.language)
        called = footnote_lines(heading.children, self.language)
        if self.off:
            self.notes += (NoteHeading(title), *called)
        else:
            self.title, self.unsaid, self.called = title, NoteHeading(title), called

    def _say_heading(self) -> None:
        """Put a heading that nothing came after into the notes of the last slide."""
        if self.unsaid:
            last = self.done.pop()
            self.done.append(replace(last, notes=(*last.notes, self.unsaid, *self.called)))
            self.unsaid, self.called = "", ()

    def _show(self, pieces: tuple[Piece, ...], block: Block) -> None:
        """Put pieces on the slide, or into the notes where the author wants no slide."""
        if self.off:
            self.notes += note_lines((block,), self.language)
            return
        self.pieces += pieces
        self.notes += footnote_lines(block, self.language)

    def _listing(self, listing: Listing) -> None:
        """Show code; what its caption says is read in the notes."""
        if not self.off and listing.caption:
            self.notes.append(words(listing.caption, self.language))
        self._show((listing_piece(listing),), listing)

    def _speak(self, lines: tuple[str, ...]) -> None:
        """Add to the notes of the slide that is being gathered, or of the last one if there is none."""
        if self.pieces or self.lead or self.notes or not self.done:
            self.notes += lines
            return
        last = self.done.pop()
        self.done.append(replace(last, notes=(*last.notes, *lines)))

    def _columns(self, block: Columns) -> None:
        """Put columns on a slide under the lead; what was gathered before them has a slide before."""
        if self.off:
            self.notes += note_lines((block,), self.language)
            return
        if self.pieces:
            self.flush()
        above, notes = self._gathered(), (*self.notes, *footnote_lines(block, self.language))
        self.lead, self.notes, self.unsaid = (), [], ""
        sides = tuple(self._side(column) for column in block.columns)
        self._add(Draft(self.title, above, notes, self.layout, columns=sides))

    def _side(self, column: Column) -> Side:
        first, *rest = column.children or (None,)
        head = Para(runs_of(first.children, self.language)) if isinstance(first, Heading) else None
        shown = tuple(rest) if head else column.children
        return Side(pieces_of(shown, self.pictures, self.language), column.width, head)

    def _own_slide(
        self, title: str, blocks: tuple[Block, ...], notes: tuple[str, ...] = (), layout: Layout = ""
    ) -> None:
        """Put blocks on a slide of their own; the first columns among them stand side by side."""
        at = next((at for at, block in enumerate(blocks) if isinstance(block, Columns)), len(blocks))
        columns = tuple(blocks[at : at + 1])
        sides = tuple(self._side(one) for block in columns if isinstance(block, Columns) for one in block.columns)
        above, below = (pieces_of(part, self.pictures, self.language) for part in (blocks[:at], blocks[at + 1 :]))
        # a heading without a slide of its own is said with the first slide under it
        heading = (self.unsaid,) if self.unsaid else ()
        self.unsaid = ""
        said = (*heading, *notes, *footnote_lines(blocks, self.language))
        plain = "" if sides else "Title and Content"
        self._add(Draft(title, above, said, layout or plain, None, sides, below, bool(layout)))

    def _box(self, box: Box) -> None:
        kind = BOX_KINDS[box.kind]
        name = words(box.title, self.language)
        label = " ".join(filter(None, (say(kind.title, self.language), box.number)))
        title = ": ".join(filter(None, (label, name)))
        match kind.deck:
            case "own":
                self.flush()
                if kind.family == "proof" and not name and self.proves:
                    title = say("Proof of {0}", self.language, self.proves)
                self._own_slide(title, box.children, footnote_lines(box.title, self.language))
                self.proves = label if box.number else self.proves
            case "closing":
                pieces = pieces_of(box.children, self.pictures, self.language)
                notes = footnote_lines((box.title, box.children), self.language)
                # a book's deck has one for each example, and their titles should tell them apart
                told = title if name else f"{title}: {self.name}"
                self.closing.append(Draft(told, pieces, notes, "Quote", blocks=(self.at, self.at + 1)))
            case "callout":
                self._show(callout(box, self.pictures, self.language), box)
            case _:
                assert_never(kind.deck)

    def _exercise(self, exercise: Exercise) -> None:
        """Put the question on a slide, the hint into its notes, and the solution, if it is here, on the next slide."""
        self.flush()
        label = f"{say(LABEL_KINDS['exr'].title, self.language)} {exercise.number}"
        name = words(exercise.title, self.language)
        hint = note_lines(exercise.hint, self.language)
        self._own_slide(
            ": ".join(filter(None, (label, name))),
            exercise.children,
            (
                *footnote_lines(exercise.title, self.language),
                *((f"{say('Hint', self.language)}:", *hint) if hint else ()),
            ),
        )
        if exercise.solution:
            self._own_slide(say("Solution of {0}", self.language, label), exercise.solution)
            self.done[-1] = replace(self.done[-1], blocks=(self.at, self.at + 1), answers=True)

    def _quotation(self, quotation: Quotation) -> None:
        self.flush()
        pieces = pieces_of(quotation.children, self.pictures, self.language)
        said = words(quotation.attribution, self.language)
        by = (Words((Para((Run(f"— {said}"),), quiet=True),)),) if said else ()
        layout = self.layout or "Quote"
        self._add(Draft(self.title, joined((*pieces, *by)), footnote_lines(quotation, self.language), layout))


def _first_sentence(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the first sentence, if it is short enough to be read from a wall."""
    said = "".join(_shown(run) for run in runs)
    end = next((at for at in _ends(said)), len(said))
    taken: list[Run] = []
    for run in runs:
        if end > 0:
            whole = len(_shown(run)) <= end
            taken.append(run if whole else replace(run, text=run.text[:end]))
        end -= len(_shown(run))
    length = sum(len(run.text) for run in taken)
    return tuple(taken) if length <= LONGEST_LEAD else ()


def _shown(run: Run) -> str:
    """Return the run's words; signs of formulas and of code end no sentence."""
    return "x" * len(run.text) if run.formula is not None or run.code else run.text


def _ends(said: str) -> Iterator[int]:
    """Yield where sentences may end: at no stop in brackets ("pp. 3"), and at none before a small letter or a bracket
    ("et al. (1978)"). A colon ends one only where what it announces comes after the paragraph.
    """
    for match in re.finditer(r"[.?!…](?=\s|$)|:(?=\s*$)", said):
        before, after = said[: match.end()], said[match.end() :].lstrip()[:1]
        closed = before.count("(") <= before.count(")") and before.count("[") <= before.count("]")
        if closed and not (match[0] == "." and (after.islower() or (after in "([" and after))):
            yield match.end()

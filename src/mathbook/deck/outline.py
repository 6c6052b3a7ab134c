"""A unit's blocks as drafts of slides: one idea a slide, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

from mathbook.deck.notes import footnote_lines, note_lines
from mathbook.deck.pieces import grid_of, listing_piece, pieces_of, shown_figure, source_draft
from mathbook.deck.runs import runs_of, words
from mathbook.deck.slides import Display, Draft, Para, Piece, Run, Words
from mathbook.document.book import Example, Picture, Unit
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


def outline(unit: Unit, language: str) -> tuple[Draft, ...]:
    """Return the drafts of the unit's slides. All that no rule puts on a slide stands in the notes of its slide."""
    outliner = _Outliner({picture.source: picture for picture in unit.pictures}, language)
    outliner.begin(unit)
    for block in unit.blocks:
        outliner.take(block)
    return _with_own_titles(outliner.finish())


@dataclass(slots=True)
class _Outliner:
    """Gathers pieces and notes until the next slide begins."""

    pictures: dict[str, Picture]
    language: str
    done: list[Draft] = field(default_factory=list)
    closing: list[Draft] = field(default_factory=list)
    title: str = ""
    lead: tuple[Run, ...] = ()
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    off: bool = False
    unsaid: str = ""

    def begin(self, unit: Unit) -> None:
        """Put the unit's own slide first."""
        self.title = words(unit.title, self.language)
        if not isinstance(unit, Example):
            self.done.append(Draft(self.title, layout="Section Header"))
            return
        facts = [f"{say(LABEL_KINDS['ex'].title, self.language)} {unit.number}", unit.summary]
        facts_said = [("Talk time", say("{0} minutes", self.language, unit.minutes) if unit.minutes else "")]
        facts_said.append(("You should know", ", ".join(unit.prerequisites)))
        said = [f"{say(name, self.language)}: {value}." for name, value in facts_said if value]
        shown = Words(tuple(Para((Run(fact),)) for fact in facts if fact))
        self.done.append(Draft(self.title, (shown,), tuple(said), "Section Header"))

    def finish(self) -> list[Draft]:
        """Return all drafts, the takeaways last."""
        self.flush()
        self._say_heading()
        return [*self.done, *self.closing]

    def flush(self) -> None:
        """End the slide that is being gathered. Notes without anything to show go to the slide before."""
        pieces = list(self.pieces)
        if self.lead and not self.off:
            pieces.insert(0, Words((Para(self.lead),)))
        if pieces:
            self.done.append(Draft(self.title, tuple(pieces), tuple(self.notes)))
            self.unsaid = ""
        elif self.notes:
            last = self.done.pop()
            self.done.append(replace(last, notes=(*last.notes, *self.notes)))
        self.lead, self.pieces, self.notes = (), [], []

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
                self._show((listing_piece(block),), block)
                self.notes += note_lines((Paragraph(block.caption),), self.language) if block.caption else ()
            case Box():
                self._box(block)
            case Exercise():
                self._exercise(block)
            case Quotation():
                self._quotation(block)
            case SourceNote():
                self.flush()
                self.done.append(source_draft(block, self.pictures, self.language))
            case Slide(title=title, children=children):
                self.flush()
                notes = [child for child in children if isinstance(child, SpeakerNotes)]
                shown = tuple(child for child in children if not isinstance(child, SpeakerNotes))
                self._own_slide(words(title, self.language), shown, note_lines(tuple(notes), self.language))
            case SpeakerNotes(children=children):
                self._speak(note_lines(children, self.language))
            case Columns(columns=columns):
                for column in columns:
                    for child in column.children:
                        self.take(child)
            case Incremental(children=children):
                for child in children:
                    self.take(child)
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
        title = words(heading.children, self.language)
        if self.off:
            self.notes.append(title)
        else:
            self.title = self.unsaid = title

    def _say_heading(self) -> None:
        """Put a heading that nothing came after into the notes of the last slide."""
        if self.unsaid:
            last = self.done.pop()
            self.done.append(replace(last, notes=(*last.notes, self.unsaid)))
            self.unsaid = ""

    def _show(self, pieces: tuple[Piece, ...], block: Block) -> None:
        """Put pieces on the slide, or into the notes where the author wants no slide."""
        if self.off:
            self.notes += note_lines((block,), self.language)
            return
        self.pieces += pieces
        self.notes += footnote_lines(block, self.language)

    def _speak(self, lines: tuple[str, ...]) -> None:
        """Add to the notes of the slide that is being gathered, or of the last one if there is none."""
        if self.pieces or self.lead or self.notes or not self.done:
            self.notes += lines
            return
        last = self.done.pop()
        self.done.append(replace(last, notes=(*last.notes, *lines)))

    def _own_slide(self, title: str, blocks: tuple[Block, ...], notes: tuple[str, ...] = ()) -> None:
        pieces = pieces_of(blocks, self.pictures, self.language)
        # a heading without a slide of its own is said with the first slide under it
        heading = (self.unsaid,) if self.unsaid else ()
        self.unsaid = ""
        self.done.append(Draft(title, pieces, (*heading, *notes, *footnote_lines(blocks, self.language))))

    def _box(self, box: Box) -> None:
        kind = BOX_KINDS[box.kind]
        name = words(box.title, self.language)
        title = ": ".join(filter(None, (" ".join(filter(None, (say(kind.title, self.language), box.number))), name)))
        match kind.deck:
            case "own":
                self.flush()
                self._own_slide(title, box.children)
            case "closing":
                pieces = pieces_of(box.children, self.pictures, self.language)
                notes = footnote_lines(box.children, self.language)
                self.closing.append(Draft(title, pieces, notes, "Quote"))
            case "callout":
                label = Words((Para((Run(title, bold=True),)),), boxed=True)
                inside = pieces_of(box.children, self.pictures, self.language)
                self._show((label, *inside), box)
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
            (f"{say('Hint', self.language)}:", *hint) if hint else (),
        )
        if exercise.solution:
            self._own_slide(say("Solution of {0}", self.language, label), exercise.solution)

    def _quotation(self, quotation: Quotation) -> None:
        self.flush()
        pieces = pieces_of(quotation.children, self.pictures, self.language)
        said = words(quotation.attribution, self.language)
        by = (Words((Para((Run(f"— {said}"),), quiet=True),)),) if said else ()
        self.done.append(Draft(self.title, (*pieces, *by), footnote_lines(quotation, self.language), "Quote"))


def _first_sentence(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Return the first sentence, if it is short enough to be read from a wall."""
    taken: list[Run] = []
    for run in runs:
        end = re.search(r"[.?!:…](?=\s|$)", run.text) if run.formula is None and not run.code else None
        if end:
            taken.append(_cut(run, end.end()))
            break
        taken.append(run)
    length = sum(len(run.text) for run in taken)
    return tuple(taken) if length <= LONGEST_LEAD else ()


def _cut(run: Run, end: int) -> Run:
    return replace(run, text=run.text[:end])


def _with_own_titles(drafts: list[Draft]) -> tuple[Draft, ...]:
    """Return the drafts, a title that occurs again told apart by its count."""
    seen: dict[str, int] = {}
    return tuple(_renamed(drafts, seen))


def _renamed(drafts: list[Draft], seen: dict[str, int]) -> Iterator[Draft]:
    for draft in drafts:
        seen[draft.title] = seen.get(draft.title, 0) + 1
        count = seen[draft.title]
        title = draft.title if count == 1 else f"{draft.title} · {count}"
        yield Draft(title, draft.pieces, draft.notes, draft.layout, draft.aside)

"""The document tree: inlines and blocks.

Frozen data classes; children are tuples; there are no parent pointers. A node's `span` says where its author wrote it
and is left out of equality and of fingerprints. The shape follows Pandoc's types, with the blocks of a book of
examples added. Fields that only `edition/` fills (`number`, `unit`) are empty in a Book and full in an Edition.
"""

from __future__ import annotations

from dataclasses import field
from typing import Literal, TypeAlias

from mathbook.diagnostics import NOWHERE, Span
from mathbook.document.seeds import Seed
from mathbook.frozen import frozen

# -- inlines ----------------------------------------------------------------------------------------------------------


@frozen
class Text:
    """A run of words; line ends of the source are single spaces."""

    text: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Emph:
    """Emphasis."""

    children: tuple[Inline, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Strong:
    """Strong emphasis."""

    children: tuple[Inline, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Sub:
    """Subscript text (`H~2~O`)."""

    children: tuple[Inline, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Sup:
    """Superscript text (`x^2^`)."""

    children: tuple[Inline, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Quoted:
    """Text in quotation marks; which marks is the language's matter (`document.quotes`)."""

    kind: Literal["single", "double"]
    children: tuple[Inline, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Styled:
    """A bracketed span of one of the known looks: strikeout, smallcaps, underline, mark, kbd."""

    style: Literal["strikeout", "smallcaps", "underline", "mark", "kbd"]
    children: tuple[Inline, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Term:
    """A word for the index or the glossary: `[eigenvalue]{.index}`, `[logit]{.term}`. `entry` is what is looked up."""

    kind: Literal["index", "glossary"]
    children: tuple[Inline, ...]
    entry: str
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Anchor:
    """A place that `edition/` made for links to lead to: a word of the index, an entry of glossary or bibliography."""

    id: str
    children: tuple[Inline, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Code:
    """Code in a line."""

    text: str
    language: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Formula:
    """LaTeX as its author wrote it. `definitions` are the book's macros that it uses, as \\newcommand lines."""

    latex: str
    definitions: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Link:
    """A link to a URL, or to `#label`; then `unit` is the id of the unit that holds the label (once resolved)."""

    children: tuple[Inline, ...]
    target: str
    title: str = ""
    unit: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Image:
    """A picture: `source` is its path from the project's root, `digest` its bytes' hash, `width` such as `60%`.

    `alt` says in a sentence what there is to see, a `description` all of it, for those who want to know.
    """

    source: str
    digest: str
    alt: str
    width: str = ""
    title: str = ""
    description: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Footnote:
    """A footnote, standing where its mark stands. `number` counts within the unit."""

    children: tuple[Block, ...]
    number: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class LineBreak:
    """A line break that the author asked for."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Ref:
    """Unresolved: `@eq:normal`. `label` is normalised to the form with a colon; `bare` asks for the number alone."""

    label: str
    bare: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class CiteItem:
    """One work of a citation: `[see @knuth, p. 7]`."""

    key: str
    prefix: str = ""
    locator: str = ""
    suppress_author: bool = False


@frozen
class Cite:
    """Unresolved: a citation; `in_text` for `@knuth says`."""

    items: tuple[CiteItem, ...]
    in_text: bool = False
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Inline: TypeAlias = (
    Text
    | Emph
    | Strong
    | Sub
    | Sup
    | Quoted
    | Styled
    | Term
    | Anchor
    | Code
    | Formula
    | Link
    | Image
    | Footnote
    | LineBreak
    | Ref
    | Cite
)

# -- blocks -----------------------------------------------------------------------------------------------------------


@frozen
class Paragraph:
    """A paragraph."""

    children: tuple[Inline, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Heading:
    """A heading inside a unit; level 2 to 6 (level 1 is the unit's own title)."""

    level: int
    children: tuple[Inline, ...]
    id: str = ""
    classes: tuple[str, ...] = ()
    layout: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class BulletList:
    """Items, each a tuple of blocks. In a `tight` list the items' paragraphs stand close together."""

    items: tuple[tuple[Block, ...], ...]
    tight: bool = True
    span: Span = field(default=NOWHERE, compare=False, repr=False)


ListStyle: TypeAlias = Literal["decimal", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman"]


@frozen
class OrderedList:
    """Items, each a tuple of blocks, counted from `start`."""

    items: tuple[tuple[Block, ...], ...]
    start: int = 1
    style: ListStyle = "decimal"
    tight: bool = True
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class DefinitionItem:
    """A term and what it means, once or more than once."""

    term: tuple[Inline, ...]
    definitions: tuple[tuple[Block, ...], ...]


@frozen
class DefinitionList:
    """Terms with their definitions."""

    items: tuple[DefinitionItem, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Quotation:
    """A block quotation and who said it (empty if nobody is named)."""

    children: tuple[Block, ...]
    attribution: tuple[Inline, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Listing:
    """A block of code, or with `classes` ("output",) of what a program printed."""

    text: str
    language: str = ""
    caption: tuple[Inline, ...] = ()
    id: str = ""
    number: str = ""
    classes: tuple[str, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Equation:
    """A display formula. It is numbered if it has an id."""

    formula: Formula
    id: str = ""
    number: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Figure:
    """A picture that stands alone, with its caption."""

    image: Image
    caption: tuple[Inline, ...]
    id: str = ""
    number: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Cell:
    """A table's cell."""

    children: tuple[Inline, ...]
    colspan: int = 1
    rowspan: int = 1


Alignment: TypeAlias = Literal["left", "center", "right", "default"]


@frozen
class Table:
    """A table. `alignments` has a member a column; `widths` are fractions of the line, or empty: content decides."""

    head: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    alignments: tuple[Alignment, ...]
    widths: tuple[float, ...] = ()
    caption: tuple[Inline, ...] = ()
    id: str = ""
    number: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Box:
    """A theorem, a definition, a takeaway, a tip: `kind` is a row in `document.kinds`."""

    kind: str
    children: tuple[Block, ...]
    title: tuple[Inline, ...] = ()
    id: str = ""
    number: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Exercise:
    """A task with its hint and its solution; either may be empty, and the solution is, once taken out for students."""

    children: tuple[Block, ...]
    hint: tuple[Block, ...] = ()
    solution: tuple[Block, ...] = ()
    title: tuple[Inline, ...] = ()
    id: str = ""
    number: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class SourceNote:
    """Where an example comes from: its seed record, and what the author says about it."""

    seed: Seed
    children: tuple[Block, ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Slide:
    """Exactly this slide; in the handout only if `in_handout`."""

    title: tuple[Inline, ...]
    children: tuple[Block, ...]
    in_handout: bool = False
    layout: str = ""
    id: str = ""
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class SpeakerNotes:
    """What the speaker says; in print only in the instructor's edition, in a box."""

    children: tuple[Block, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Column:
    """A column; `width` is a fraction of the line, 0 for an equal share."""

    children: tuple[Block, ...]
    width: float = 0.0


@frozen
class Columns:
    """Columns side by side."""

    columns: tuple[Column, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Incremental:
    """Blocks that a deck reveals click by click."""

    children: tuple[Block, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Rule:
    """A thematic break."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen
class Conditional:
    """Shown (or with `shown` false: hidden) in these formats and for these audiences; an empty tuple means any.

    `edition/` takes the audience out, `document.select` the format: no writer ever sees one.
    """

    shown: bool
    formats: tuple[str, ...]
    audiences: tuple[str, ...]
    children: tuple[Block, ...]
    span: Span = field(default=NOWHERE, compare=False, repr=False)


Block: TypeAlias = (
    Paragraph
    | Heading
    | BulletList
    | OrderedList
    | DefinitionList
    | Quotation
    | Listing
    | Equation
    | Figure
    | Table
    | Box
    | Exercise
    | SourceNote
    | Slide
    | SpeakerNotes
    | Columns
    | Incremental
    | Rule
    | Conditional
)

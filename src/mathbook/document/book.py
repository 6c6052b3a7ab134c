"""The book as it is read: its record, its units and its pictures."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Literal, TypeAlias

from mathbook.diagnostics import Span
from mathbook.document.nodes import Block, DefinitionItem, Inline
from mathbook.document.past import PastEdition
from mathbook.document.picture_file import PictureFile
from mathbook.document.seeds import Seed
from mathbook.document.works import Work
from mathbook.frozen import frozen

Audience: TypeAlias = Literal["student", "instructor"]
FormatName: TypeAlias = Literal["pdf", "epub", "deck"]
"""What an author can tell apart: each shows content of its own."""
OutputName: TypeAlias = Literal["pdf", "epub", "deck", "slides-handout"]
"""What can be built: a handout of the slides shows what the deck shows."""


@frozen
class TemplateFile:
    """A PowerPoint file whose layouts the deck uses: as book.yaml names it, the hash of its bytes, where it is."""

    source: str
    digest: str
    path: Path = field(compare=False)


@frozen
class DeckMeta:
    """The deck's own settings. With `compatible` math every program shows every formula, and none can be edited."""

    ratio: Literal["16:9", "4:3"] = "16:9"
    math: Literal["native", "compatible"] = "native"
    template: TemplateFile | None = None


@frozen
class EpubMeta:
    """The e-book's own settings."""

    math: Literal["mathml", "svg", "both"] = "mathml"


@frozen
class PdfMeta:
    """The PDF's own settings: for one or both sides of the paper; the standard that it keeps."""

    sides: Literal["single", "double"] = "single"
    standard: Literal["ua-1", "ua-2", "a-3a"] = "ua-1"


@frozen
class Meta:
    """What book.yaml says."""

    title: str
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    language: str = "en"
    edition: str = "1"
    date: str = "1980-01-01"
    licence: str = ""
    identifier: str = ""
    theme: str = "lecture"
    paper: Literal["A4", "Letter"] = "A4"
    outputs: tuple[OutputName, ...] = ("pdf", "epub", "deck")
    audiences: tuple[Audience, ...] = ("student", "instructor")
    solutions: Literal["instructor", "everyone"] = "instructor"
    numbering: Literal["identity", "position"] = "identity"
    bibliography: tuple[str, ...] = ()
    csl: str = ""
    macros: tuple[tuple[str, str], ...] = ()
    deck: DeckMeta = DeckMeta()
    epub: EpubMeta = EpubMeta()
    pdf: PdfMeta = PdfMeta()


@frozen
class Picture:
    """A picture's bytes, or the file that they are in. `width` and `height` are in CSS pixels (1/96 inch); `media_type`
    such as image/svg+xml.

    `on_screens` is the same picture in a size fit for reading devices; it is empty where `data` already is.
    """

    source: str
    digest: str
    media_type: str
    width: float
    height: float
    content: bytes | PictureFile = field(compare=False, repr=False)  # the digest stands for it
    on_screens: bytes = b""

    @property
    def data(self) -> bytes:
        """The bytes. Raises Stop if their file was changed since it was looked at."""
        return self.content if isinstance(self.content, bytes) else self.content.read()


@frozen
class Example:
    """An example: the unit that is compiled, numbered and handed out. `minutes` is talk time (0 if not said),
    `revision` what its author says of the last revision, `terms` what the glossary says of the words that it uses.
    """

    id: str
    number: str
    slug: str
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    span: Span
    seed: str = ""
    topics: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    added: str = ""
    revised: str = ""
    revision: str = ""
    minutes: int = 0
    summary: str = ""
    pictures: tuple[Picture, ...] = ()
    terms: tuple[DefinitionItem, ...] = ()


MatterKind: TypeAlias = Literal["", "news", "glossary", "bibliography", "index"]


@frozen
class Matter:
    """A piece of front or back matter. `kind` says what `edition/` puts into it, if it does."""

    id: str
    slug: str
    place: Literal["front", "back"]
    title: tuple[Inline, ...]
    blocks: tuple[Block, ...]
    span: Span
    pictures: tuple[Picture, ...] = ()
    kind: MatterKind = ""
    terms: tuple[DefinitionItem, ...] = ()


Unit: TypeAlias = Example | Matter


@frozen
class Book:
    """Everything that was read, in reading order: front matter, examples, back matter.

    `citation_style` is a CSL style as text; empty for the one that mathbook brings. `past` is the edition before this.
    """

    meta: Meta
    units: tuple[Unit, ...]
    seeds: tuple[Seed, ...]
    works: tuple[Work, ...] = ()
    citation_style: str = ""
    past: PastEdition | None = None

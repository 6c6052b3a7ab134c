"""The smallest things that are expected: a line of words with its formulas, links and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from typing import Any, assert_never

from mathbook.document.addresses import clock, short_url, timed_url
from mathbook.document.book import FormatName, Matter, Picture, Unit
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
    Text,
)
from mathbook.document.passage import FORMULA_MARK, NOTE_MARK, PAGES_MARK, Passage, Role
from mathbook.document.plain import plain
from mathbook.document.seeds import Seed
from mathbook.document.walk import Spread, map_tree
from mathbook.document.words import say
from mathbook.formula.parse import parse
from mathbook.formula.plain_line import plain_line
from mathbook.formula.readable import readable_runs
from mathbook.formula.symbols import symbols
from mathbook.frozen import frozen


@frozen
class Lines:
    """Makes passages of lines for one unit in one format; `block` is the identity of the block that they are in."""

    unit: str
    language: str
    format: FormatName
    pictures: tuple[Picture, ...] = ()
    block: str = ""

    def passage(
        self,
        role: Role,
        inlines: tuple[Inline, ...],
        label: str = "",
        level: int = 0,
        cell: tuple[int, int] = (0, 0),
    ) -> Passage:
        """Return the passage of one run of inlines."""
        outside = tuple(_outside_footnotes(inlines))
        formulas = [node for node in outside if isinstance(node, Formula)]
        readings = tuple(self.readings(formula, False) for formula in formulas)
        marked = self._as_printed(inlines)
        return Passage(
            role,
            words=_spaced(plain(marked, self.language, say_formula=lambda _: FORMULA_MARK)),
            formulas=tuple(reading[0] for reading in readings),
            links=tuple(node.target for node in outside if isinstance(node, Link)),
            pictures=tuple(self._picture(node, node.alt) for node in outside if isinstance(node, Image)),
            unit=self.unit,
            level=level,
            block=self.block,
            label=label,
            readings=readings,
            cell=cell,
        )

    def plain(self, role: Role, text: str, label: str = "") -> Iterator[Passage]:
        """Yield the passage of plain text, if there is any."""
        if words := _spaced(text):
            yield Passage(role, words, unit=self.unit, block=self.block, label=label)

    def address(self, seed: Seed, *, from_start: bool) -> Iterator[Passage]:
        """Yield where a source is found, and `from_start` from which time of it on; a page leaves the scheme out."""
        shown = seed.link if self.format == "deck" else short_url(seed.link)
        since = f" {say('from {0}', self.language, clock(seed.start))}" if seed.start and from_start else ""
        for passage in self.plain("paragraph", f"{shown}{since}" if seed.link else ""):
            yield replace(passage, links=(timed_url(seed.link, seed.start),) if from_start else ())

    def listing(self, text: str) -> Iterator[Passage]:
        """Yield a listing: in a deck each of its lines is a paragraph."""
        for part in text.splitlines() if self.format == "deck" else (text,):
            yield from self.plain("listing", part)

    def equation(self, block: Equation) -> Passage:
        """Return a display formula with its number."""
        readings = self.readings(block.formula, True)
        label = f"({block.number})" if block.number else ""
        one = (readings,)
        return Passage("equation", "", readings[:1], unit=self.unit, block=self.block, label=label, readings=one)

    def figure(self, block: Figure) -> Passage:
        """Return a figure without its caption. Only an e-book has a place of its own for a long description."""
        alt = block.image.alt or plain_line(block.caption, self.language)
        if self.format != "epub":
            alt = f"{alt} {block.image.description}"
        picture = self._picture(block.image, alt)
        is_decoration = self.format == "pdf" and not picture
        return Passage("figure", "", pictures=(picture,), unit=self.unit, block=self.block, loose=is_decoration)

    def decorations(self, inlines: tuple[Inline, ...]) -> Iterator[Passage]:
        """Yield the pictures among words of which nobody has to hear: in a PDF these stand apart from the words."""
        for node in _outside_footnotes(self._as_printed(inlines)) if self.format == "pdf" else ():
            if isinstance(node, Image) and not self._picture(node, node.alt):
                yield Passage("figure", "", pictures=("",), unit=self.unit, block=self.block, loose=True)

    def _worded(self, node: Any) -> Any:
        return replace(node, alt=say("Picture", self.language)) if isinstance(node, Image) else node

    def unseen(self, block: Figure) -> Iterator[Passage]:
        """Yield the words that stand for a figure's picture where a deck says it in notes, if the caption isn't all."""
        told = " ".join(filter(None, (block.image.alt, block.image.description)))
        return self.plain("notes", "" if told == plain_line(block.caption, self.language) else told)

    def description(self, block: Figure) -> Iterator[Passage]:
        """Yield the long description that an e-book opens below a figure."""
        if self.format == "epub":
            for passage in self.plain("paragraph", block.image.description):
                yield replace(passage, loose=True)

    def readings(self, formula: Formula, display: bool) -> tuple[str, ...]:
        """Return in which forms the format may show the formula, the usual one first."""
        return _readings(formula.latex, formula.definitions, display, self.language, self.format)

    def _picture(self, image: Image, alt: str) -> str:
        """Return what tells the picture: the bytes that the format has, or in a PDF, which redraws it, its words."""
        if self.format == "pdf":
            return _spaced(alt)
        smaller = (picture.on_screens for picture in self.pictures if picture.digest == image.digest)
        data = next(smaller, b"") if self.format == "epub" else b""
        return blake2b(data, digest_size=16).hexdigest() if data else image.digest

    def _as_printed(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Return the inlines with a mark where print may put a footnote's number: behind links that lead out, too; and
        with a word for a picture that is all of a link.
        """
        if self.format != "pdf":
            return inlines

        def marked(node: Any) -> Any:
            if isinstance(node, Footnote):
                return Text(NOTE_MARK)
            if isinstance(node, Link):
                node = node if plain(node.children, self.language) else map_tree(node, self._worded)
                return node if node.target.startswith("#") else Spread((node, Text(NOTE_MARK)))
            return node

        return map_tree(inlines, marked)


@lru_cache(maxsize=65536)
def _readings(latex: str, definitions: str, display: bool, language: str, format_name: FormatName) -> tuple[str, ...]:
    parsed = parse(latex, display=display, definitions=definitions, language=language)
    signs = "".join(symbols(parsed.tree))
    match format_name:
        case "pdf":
            return (f"{' '.join(parsed.linear.split())} ({' '.join(parsed.speech.split())})",)
        case "epub":
            return (signs,)
        case "deck":
            runs = "".join(run.text for run in readable_runs(parsed))
            return tuple(dict.fromkeys(filter(None, (signs, parsed.linear, runs, parsed.speech)))) or ("",)


def with_pages(unit: Unit) -> Unit:
    """Return the unit as print has it: the lines of an index have pages in the place of what their links say."""
    if not isinstance(unit, Matter) or unit.kind != "index":
        return unit

    def paged(node: Any) -> Any:
        places = (
            [at for at, part in enumerate(node.children) if _leads_inside(part)] if isinstance(node, Paragraph) else []
        )
        return replace(node, children=(*node.children[: places[0] - 1], Text(PAGES_MARK))) if places else node

    return replace(unit, blocks=map_tree(unit.blocks, paged))


def _leads_inside(inline: Inline) -> bool:
    return isinstance(inline, Link) and bool(inline.unit)


def own_words(block: Block) -> Iterator[tuple[Inline, ...]]:
    """Yield the lines of a block that are no blocks themselves: what a footnote of its own may hang on."""
    match block:
        case Paragraph() | Heading():
            yield block.children
        case Box() | Exercise() | Slide():
            yield block.title
        case Listing() | Figure():
            yield block.caption
        case Quotation():
            yield block.attribution
        case Table():
            yield block.caption
            yield from (cell.children for row in (*block.head, *block.body) for cell in row)
        case DefinitionList():
            yield from (entry.term for entry in block.items)
        case (
            BulletList()
            | OrderedList()
            | Equation()
            | SourceNote()
            | SpeakerNotes()
            | Columns()
            | Incremental()
            | Rule()
            | Conditional()
        ):
            return  # all of its words are in blocks inside it, if it has any
        case _:
            assert_never(block)


def _outside_footnotes(inlines: tuple[Inline, ...]) -> Iterator[object]:
    for inline in inlines:
        if not isinstance(inline, Footnote):
            yield inline
            yield from _outside_footnotes(getattr(inline, "children", ()))


def _spaced(text: str) -> str:
    return " ".join(text.split())

"""Markdown text to blocks: Python-Markdown up to its tree, then lowered to our nodes.

Python-Markdown's class, its preprocessors, its registries of processors and its stages are used as they are; its
processors are replaced by those of the dialect (docs/decisions/0002), and no HTML is ever written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import Pattern
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import Treeprocessor
from markdown.util import Registry

from mathbook.diagnostics import Collector, Span
from mathbook.document.nodes import Block, Image
from mathbook.document.seeds import Seed
from mathbook.frozen import frozen
from mathbook.source.dialect.code import CodeSpans
from mathbook.source.dialect.definitions import DefinitionLists, LinkDefinitions, NoteDefinitions
from mathbook.source.dialect.divs import FencedDivs
from mathbook.source.dialect.emphasis import Emphasis
from mathbook.source.dialect.fences import FencedCode, IndentedCode
from mathbook.source.dialect.formulas import Formulas
from mathbook.source.dialect.headings import Headings, Rules
from mathbook.source.dialect.html_blocks import HtmlBlocks
from mathbook.source.dialect.html_inlines import HtmlInlines
from mathbook.source.dialect.links import AutoLinks, Brackets
from mathbook.source.dialect.lists import Lists
from mathbook.source.dialect.notes import InlineNotes, NoteMarks
from mathbook.source.dialect.parser import LineParser, LineProcessor
from mathbook.source.dialect.quotes import BlockQuotes, LineBlocks, Paragraphs
from mathbook.source.dialect.references import Citations, References
from mathbook.source.dialect.scan import Context, InlineSyntax, scan_text
from mathbook.source.dialect.scripts import Scripts
from mathbook.source.dialect.smart import Dashes, Entities, Escapes, LineEnds, Quotes
from mathbook.source.dialect.tables import PipeTables
from mathbook.source.lower import Lowering
from mathbook.source.positions import split_places

_BLOCKS: tuple[type[LineProcessor], ...] = (
    FencedCode,
    FencedDivs,
    Lists,
    Headings,
    HtmlBlocks,
    PipeTables,
    IndentedCode,
    LineBlocks,
    BlockQuotes,
    Rules,
    DefinitionLists,
    NoteDefinitions,
    LinkDefinitions,
    Paragraphs,
)
_INLINES: tuple[type[InlineSyntax], ...] = (
    Escapes,
    LineEnds,
    CodeSpans,
    Formulas,
    InlineNotes,
    NoteMarks,
    Citations,
    Brackets,
    References,
    Emphasis,
    Scripts,
    AutoLinks,
    HtmlInlines,
    Quotes,
    Dashes,
    Entities,
)
_WITH_INLINES = frozenset({"p", "h", "dt", "td", "caption", "title", "by", "source"})


@frozen
class Surroundings:
    """What the dialect needs from outside a text: `file` as shown in diagnostics, the book's macros as pairs of name
    and body, the example's seed, and what turns a picture's path into an Image (None after it reported why not). If
    `seed_told`, why there is no seed was reported.
    """

    file: str
    macros: tuple[tuple[str, str], ...]
    seed: Seed | None
    picture: Callable[[str, Span], Image | None]
    language: str
    seed_told: bool = False


def read_markdown(
    text: str, surroundings: Surroundings, collector: Collector, first_line: int = 1
) -> tuple[Block, ...]:
    """Return the blocks of a text without front matter, whose first line is `first_line` of its file."""
    dialect = Dialect(surroundings.file, collector, first_line)
    root = dialect.tree(text)
    return Lowering(surroundings, collector, dialect.parser.notes).document(root)


class Dialect(Markdown):
    """Python-Markdown with the dialect's processors and no serialiser."""

    parser: LineParser

    def __init__(self, file: str, collector: Collector, first_line: int) -> None:
        self.origin = (file, collector, first_line)
        super().__init__()

    def build_parser(self) -> Dialect:
        """Register the dialect's processors in the order in which they are asked."""
        self.preprocessors = Registry()
        self.preprocessors.register(NormalizeWhitespace(self), "whitespace", 10)
        self.parser = LineParser(self, *self.origin)
        for priority, block in enumerate(reversed(_BLOCKS)):
            self.parser.blockprocessors.register(block(self.parser), block.__name__, priority)
        self.inlinePatterns = _inline_patterns()
        self.treeprocessors = Registry()
        self.treeprocessors.register(InlineScan(self), "inline", 10)
        self.postprocessors = Registry()
        return self

    def tree(self, text: str) -> Element:
        """Return the tree of the text, with its inlines in it."""
        lines = text.split("\n")
        for preprocessor in self.preprocessors:
            lines = preprocessor.run(lines)
        self.parser.parseDocument(lines)
        root = self.parser.root
        for processor in self.treeprocessors:
            processor.run(root)
        return root


class InlineScan(Treeprocessor):
    """Reads the text of paragraphs, headings, cells and captions for inline syntax."""

    md: Dialect

    def run(self, root: Element) -> None:
        """Put the inlines into the elements that hold text."""
        file, collector, _ = self.md.origin
        context = Context(file, collector, _inline_table(), self.md.parser.notes, self.md.references)
        for element in list(root.iter()):
            if element.tag in _WITH_INLINES and "plain" not in element.attrib:
                text, element.text = element.text or "", None
                element.extend(scan_text(context, text, split_places(element.attrib["at"])))


@cache
def _inline_patterns() -> Registry[Pattern]:
    """Return the inline syntaxes in the order in which they are asked. They know nothing of the text that they read."""
    patterns: Registry[Pattern] = Registry()
    for priority, inline in enumerate(reversed(_INLINES)):
        patterns.register(inline(), inline.__name__, priority)
    return patterns


@cache
def _inline_table() -> dict[str, tuple[InlineSyntax, ...]]:
    """Return by each character the syntaxes that may begin with it."""
    table: dict[str, tuple[InlineSyntax, ...]] = {}
    for syntax in _inline_patterns():
        assert isinstance(syntax, InlineSyntax)
        for mark in syntax.marks:
            table[mark] = (*table.get(mark, ()), syntax)
    return table

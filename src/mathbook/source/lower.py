"""Lowering: Python-Markdown's tree to our nodes.

Law of this module and its `lower_*` companions: every element becomes a node or is reported; none is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.nodes import (
    Alignment,
    Block,
    BulletList,
    Cell,
    DefinitionItem,
    DefinitionList,
    Heading,
    Inline,
    ListStyle,
    OrderedList,
    Quotation,
    Rule,
    Table,
)
from mathbook.source.lower_attributes import check_keys
from mathbook.source.lower_divs import lower_div
from mathbook.source.lower_exercises import adopt_answers
from mathbook.source.lower_formulas import FormulaChecker
from mathbook.source.lower_inlines import lower_inlines
from mathbook.source.lower_listings import lower_listing
from mathbook.source.lower_paragraphs import lower_paragraph
from mathbook.source.positions import span_of

if TYPE_CHECKING:
    from mathbook.source.markdown import Surroundings


class Lowering:
    """What all lowering functions share: where they are, whom to tell, and the footnotes."""

    def __init__(self, surroundings: Surroundings, collector: Collector, notes: Mapping[str, Element]) -> None:
        self.surroundings = surroundings
        self.collector = collector
        self.notes = notes
        self.formulas = FormulaChecker(surroundings.macros, surroundings.language, collector)
        self.used_notes: set[str] = set()
        self.in_note = False

    def document(self, root: Element) -> tuple[Block, ...]:
        """Return the blocks of a document; footnotes that nothing refers to are told, and kept at its end."""
        adopt_answers(root)
        blocks = self.blocks(child for child in root if child.tag != "notetext")
        self._check_levels(blocks)
        return (*blocks, *self._unused_notes())

    def _check_levels(self, blocks: Iterable[Block]) -> None:
        """Tell of each heading that is more than one level below the one before it: neither PDF/UA nor readers' tools
        allow that.
        """
        level = 1
        for heading in (block for block in blocks if isinstance(block, Heading)):
            if heading.level > level + 1:
                message = f"a heading of level {heading.level} follows one of level {level}"
                self.collector.error(Code.HEADING_SKIPPED, heading.span, message, f"make it {'#' * (level + 1)}")
            level = heading.level

    def _unused_notes(self) -> Iterator[Block]:
        for name, note in self.notes.items():
            if name not in self.used_notes:
                message = f"nothing refers to the footnote [^{name}]; it stands at the end"
                self.warning(Code.FOOTNOTE_UNUSED, note, message, f"put [^{name}] where its mark belongs")
                yield from self.blocks(note)

    def blocks(self, elements: Iterable[Element]) -> tuple[Block, ...]:
        """Return the nodes of block elements."""
        return tuple(block for element in elements for block in self._block(element))

    def inlines(self, elements: Iterable[Element]) -> tuple[Inline, ...]:
        """Return the nodes of inline elements."""
        return lower_inlines(elements, self)

    def child_inlines(self, element: Element, tag: str) -> tuple[Inline, ...]:
        """Return the inlines of the child that holds a caption or a title; nothing if there is none."""
        child = element.find(tag)
        return () if child is None else self.inlines(child)

    def span(self, element: Element) -> Span:
        """Return where the element begins."""
        return span_of(element, self.surroundings.file)

    def error(self, code: Code, element: Element, message: str, hint: str = "") -> None:
        """Note an error at the element."""
        self.collector.error(code, self.span(element), message, hint)

    def warning(self, code: Code, element: Element, message: str, hint: str = "") -> None:
        """Note a warning at the element."""
        self.collector.warning(code, self.span(element), message, hint)

    def check_keys(self, element: Element, known: Iterable[str], classes: Iterable[str] | None = None) -> None:
        """Tell of the author's keys and classes that this kind of thing doesn't have."""
        check_keys(self, element, tuple(known), classes)

    def _block(self, element: Element) -> tuple[Block, ...]:
        lower = _BLOCKS.get(element.tag)
        assert lower is not None, f"no block is called {element.tag}"
        return lower(self, element)


def _lower_heading(low: Lowering, element: Element) -> tuple[Block, ...]:
    low.check_keys(element, ("layout",))
    level = int(element.attrib["level"])
    classes = tuple(element.get("class", "").split())
    identity = (element.get("id", ""), classes, element.get("@layout", ""))
    return (Heading(level, low.inlines(element), *identity, span=low.span(element)),)


def _lower_bullets(low: Lowering, element: Element) -> tuple[Block, ...]:
    items = tuple(low.blocks(item) for item in element)
    return (BulletList(items, tight=bool(element.get("tight")), span=low.span(element)),)


def _lower_numbers(low: Lowering, element: Element) -> tuple[Block, ...]:
    items = tuple(low.blocks(item) for item in element)
    start, style = int(element.attrib["start"]), cast("ListStyle", element.attrib["style"])
    node = OrderedList(items, start, style, bool(element.get("tight")), span=low.span(element))
    return (node,)


def _lower_definitions(low: Lowering, element: Element) -> tuple[Block, ...]:
    items: list[DefinitionItem] = []
    for child in element:
        if child.tag == "dt":
            items.append(DefinitionItem(low.inlines(child), ()))
        else:
            last = items.pop()
            items.append(DefinitionItem(last.term, (*last.definitions, low.blocks(child))))
    return (DefinitionList(tuple(items), span=low.span(element)),)


def _lower_quotation(low: Lowering, element: Element) -> tuple[Block, ...]:
    children = low.blocks(child for child in element if child.tag != "by")
    return (Quotation(children, low.child_inlines(element, "by"), span=low.span(element)),)


def _lower_rule(low: Lowering, element: Element) -> tuple[Block, ...]:
    return (Rule(span=low.span(element)),)


def _lower_plain(low: Lowering, element: Element) -> tuple[Block, ...]:
    return lower_paragraph(element, low)


def _lower_code(low: Lowering, element: Element) -> tuple[Block, ...]:
    return (lower_listing(element, low),)


def _lower_table(low: Lowering, element: Element) -> tuple[Block, ...]:
    low.check_keys(element, ("tbl-colwidths",), ())
    head, body = element.find("thead"), element.find("tbody")
    rows = [tuple(_lower_row(low, row) for row in part) if part is not None else () for part in (head, body)]
    alignments = tuple(cast("Alignment", each) for each in element.attrib["alignments"].split())
    widths = _widths(low, element, len(alignments))
    caption = low.child_inlines(element, "caption")
    return (Table(rows[0], rows[1], alignments, widths, caption, element.get("id", ""), span=low.span(element)),)


def _lower_row(low: Lowering, row: Element) -> tuple[Cell, ...]:
    return tuple(Cell(low.inlines(cell)) for cell in row)


def _widths(low: Lowering, element: Element, count: int) -> tuple[float, ...]:
    """Return the columns' shares of the line, from Quarto's `tbl-colwidths="[60,40]"`."""
    written = element.get("@tbl-colwidths", "").strip("[] ")
    if not written:
        return ()
    parts = written.split(",")
    if len(parts) != count or not all(part.strip().isdigit() for part in parts) or not sum(map(int, parts)):
        low.error(Code.ATTRIBUTE_SYNTAX, element, f"tbl-colwidths wants {count} whole numbers, as in [60,40]")
        return ()
    return tuple(int(part) / sum(map(int, parts)) for part in parts)


def _lower_div(low: Lowering, element: Element) -> tuple[Block, ...]:
    return lower_div(element, low)


_BLOCKS: Mapping[str, Callable[[Lowering, Element], tuple[Block, ...]]] = {
    "p": _lower_plain,
    "h": _lower_heading,
    "ul": _lower_bullets,
    "ol": _lower_numbers,
    "dl": _lower_definitions,
    "blockquote": _lower_quotation,
    "hr": _lower_rule,
    "pre": _lower_code,
    "table": _lower_table,
    "div": _lower_div,
}

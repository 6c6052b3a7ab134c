"""A unit as one section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mathbook.document.book import Example, Matter, Unit
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.labels import id_of
from mathbook.document.nodes import Block, Footnote, Inline
from mathbook.html.blocks import block_elements
from mathbook.html.elements import Content, Element, element, fill, span
from mathbook.html.inlines import line_content
from mathbook.html.notes import notes_section, terms_section
from mathbook.html.target import Context, Target

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write_unit(unit: Unit, target: Target) -> Element:
    """Return the unit as a section; the room's docstring has its shape. Conditionals must have been taken out."""
    return write_counted(unit, target)[0]


def write_counted(unit: Unit, target: Target) -> tuple[Element, tuple[int, ...]]:
    """Return the section, and how many elements stand in it before each block, the last count for its end."""
    writer = _Writer(target)
    language = {"lang": target.language, _XML_LANG: target.language}
    section = element("section", {"class": _class_of(unit), "id": id_of(unit.id), **language})
    section.append(_title(unit, writer))
    if isinstance(unit, Example):
        fill(section, _facts(unit, target))
    counts = []
    for block in unit.blocks:
        counts.append(len(section))
        fill(section, writer.blocks((block,)))
    counts.append(len(section))
    fill(section, writer.put_off())
    if unit.terms and target.footnotes == "aside":
        section.append(terms_section(unit.terms, writer))
    return section, tuple(counts)


def _class_of(unit: Unit) -> str:
    if isinstance(unit, Example):
        return "unit example"
    return f"unit matter matter-{unit.place}" + (f" matter-{unit.kind}" if unit.kind else "")


def _title(unit: Unit, writer: Context) -> Element:
    words = span("unit-title", *writer.without_url_notes().inlines(unit.title))
    match unit:
        case Example(number=number) if number:
            name = writer.target.say(LABEL_KINDS["ex"].title)
            label = span("unit-label", f"{name}\N{NO-BREAK SPACE}{number}")
            return element("h1", {}, [label, " ", words])
        case Example() | Matter():
            return element("h1", {}, [words])


def _facts(example: Example, target: Target) -> Iterator[Element]:
    """Yield what the front matter says to readers; how many minutes it takes is for those who speak."""
    if example.summary:
        yield element("p", {"class": "unit-summary"}, [example.summary])
    facts = [("Topics", ", ".join(example.topics)), ("You should know", ", ".join(example.prerequisites))]
    if target.audience == "instructor" and example.minutes:
        facts.append(("Talk time", target.say("{0} minutes", example.minutes).replace(" ", "\N{NO-BREAK SPACE}")))
    items = [_fact(target.say(label), value) for label, value in facts if value]
    if items:
        yield element("ul", {"class": "unit-facts"}, items)


def _fact(label: str, value: str) -> Element:
    return element("li", {"class": "fact"}, [span("fact-label", label), " ", span("fact-value", value)])


@dataclass(slots=True)
class _Writer:
    """Writes the parts of one unit, and keeps what belongs to its end."""

    target: Target
    notes: list[Footnote] = field(default_factory=list)
    solutions: list[Element] = field(default_factory=list)

    def inlines(self, inlines: tuple[Inline, ...]) -> list[Content]:
        return line_content(inlines, self)

    def blocks(self, blocks: tuple[Block, ...]) -> list[Element]:
        return [made for block in blocks for made in block_elements(block, self)]

    def without_url_notes(self) -> Context:
        """Return a writer that shares what is kept, for titles, captions and footnotes."""
        return replace(self, target=replace(self.target, print_urls=False))

    def put_off_note(self, note: Footnote) -> None:
        self.notes.append(note)

    def put_off_solution(self, solution: Element) -> None:
        self.solutions.append(solution)

    def put_off(self) -> Iterator[Element]:
        """Yield what stands at the end of the unit."""
        if self.solutions:
            yield element(
                "section",
                {"class": "solutions"},
                [element("h2", {}, [self.target.say("Solutions")]), *self.solutions],
            )
        if self.notes:
            yield notes_section(self.notes, self)

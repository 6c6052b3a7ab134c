"""On which pages of the handout stands what a slide shows: "handout p. 3".

A page number is known when the handout is linked, a slide is written before. So a slide keeps where it stands in the
unit's running text, as every format counts it (`html.running`), and the linker completes its footer.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TypeAlias

from lxml import etree

from mathbook.deck.slides import Slide
from mathbook.deck.xml import text
from mathbook.document.book import Unit
from mathbook.document.edition import Options
from mathbook.document.nodes import Formula, Image
from mathbook.document.pagination import Flow, PageStart, PrintPage
from mathbook.document.words import TABLE, say
from mathbook.frozen import frozen
from mathbook.html.running import found, pieces, signs
from mathbook.html.target import Target
from mathbook.html.unit import write_counted

Stretches: TypeAlias = tuple[tuple[Flow, str], ...]
"""The running text, in the order of print: stretches of one flow."""
Range: TypeAlias = tuple[int, int]
"""From and to, counted in signs of the whole running text."""

ONE_PAGE, SOME_PAGES = "handout p. {0}", "handout pp. {0}–{1}"
PAGE = "\ue000page\ue000"
"""Stands in a footer for what the linker knows."""


@frozen
class Running:
    """A unit's running text: where each block begins in it (the last number is the end), and its solutions."""

    stretches: Stretches
    blocks: tuple[int, ...]
    solutions: tuple[int, ...]

    def range_of(self, slide: Slide) -> Range:
        """Return where the slide's blocks stand; of an exercise without its solution the question."""
        first, beyond = slide.blocks
        start, end = self.blocks[first] if beyond else 0, self.blocks[beyond] if beyond else 0
        if beyond - first == 1:
            answer = self.solutions[first]
            return (answer, end) if slide.answers else (start, max(min(end, answer), start))
        return start, end


def running_of(unit: Unit, options: Options) -> Running:
    """Return the running text of the unit as print has it."""
    section, counts = write_counted(unit, _target(options))
    stretches: list[tuple[Flow, str]] = []
    ends, answers, total = [0], [], 0
    for child in section:
        answer = None
        for piece in pieces(child):
            words = signs(piece.words)
            if piece.flow == "solutions" and answer is None:
                answer = total
            stretches.append((piece.flow, words))
            total += len(words)
        answers.append(total if answer is None else answer)
        ends.append(total)
    blocks = tuple(ends[count] for count in counts)
    solutions = tuple(
        next((answers[at] for at in range(start, end) if answers[at] < ends[at + 1]), ends[end])
        for start, end in pairwise(counts)
    )
    return Running(_joined(stretches), blocks, solutions)


def _joined(stretches: Sequence[tuple[Flow, str]]) -> Stretches:
    """Return the stretches with neighbours of one flow in one."""
    done: list[tuple[Flow, list[str]]] = []
    for flow, words in stretches:
        if not done or done[-1][0] != flow:
            done.append((flow, []))
        done[-1][1].append(words)
    return tuple((flow, "".join(words)) for flow, words in done)


def _target(options: Options) -> Target:
    """Return a target of which only the words count."""

    def formula(formula: Formula, display: bool) -> etree._Element:
        return etree.Element("img")

    def picture(image: Image) -> str:
        return ""

    def link(target: str, unit: str) -> str:
        return "#"

    return Target("pdf", options.meta.language, options.audience, formula, picture, link, footnotes="float")


@frozen
class Pages:
    """The pages on which a unit stands in print: where each begins in the running text, and its number."""

    starts: tuple[int, ...]
    labels: tuple[str, ...]

    def label(self, where: Range, language: str) -> str:
        """Return what a footer says of the pages, nothing if there are none."""
        if not self.labels:
            return ""
        first, last = (max(bisect_right(self.starts, sign) - 1, 0) for sign in (where[0], max(where[1] - 1, where[0])))
        if first == last:
            return say(ONE_PAGE, language, self.labels[first])
        return say(SOME_PAGES, language, self.labels[first], self.labels[last])


NOWHERE = Pages((), ())


def pages_of(stretches: Stretches, pages: Sequence[PrintPage]) -> Pages:
    """Return where a unit's pages begin in its running text."""
    flows: dict[Flow, str] = {
        flow: "".join(words for other, words in stretches if other == flow) for flow in ("text", "solutions")
    }
    starts = accumulate((_place(page.start, stretches, flows) for page in pages), max)
    return Pages(tuple(starts), tuple(page.label for page in pages))


def _place(start: PageStart, stretches: Stretches, flows: dict[Flow, str]) -> int:
    """Return where in the whole running text the page begins."""
    flow: Flow = start.flow if flows[start.flow] else "text"
    offset, passed = found(start, flows[flow]), 0
    for other, words in stretches:
        if other == flow and offset < len(words):
            return passed + offset
        passed += len(words)
        offset -= len(words) if other == flow else 0
    return passed


def _said_pages() -> re.Pattern[str]:
    """Return how footers say their pages, in every language."""
    said = {words for english in (ONE_PAGE, SOME_PAGES) for words in (english, *TABLE[english].values())}
    ways = "|".join(re.sub(r"\\{\d\\}", r"[^\\s–]+", re.escape(words)) for words in sorted(said))
    return re.compile(rf" · (?:{ways})$")


_SAID_PAGES = _said_pages()


def without_pages(footer: str) -> str:
    """Return what a footer says apart from the pages, which come and go with the handout."""
    return _SAID_PAGES.sub("", footer)


def footer_end(label: str) -> bytes:
    """Return what the linker puts into a footer: its pages, or nothing if there are none."""
    return text(f" · {label}").encode("utf-8") if label else b""

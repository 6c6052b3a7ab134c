"""The inline scan: one pass from left to right, in which each syntax is asked at the characters that it begins with."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor

from mathbook.diagnostics import Code, Collector, Span
from mathbook.frozen import frozen

DEPTH_LIMIT = 40
"""How deep inline syntax may be nested; deeper marks are text."""
_PLAIN = re.compile(r"(?:[^\\`*_~^\[\]!<>&$@'\".\-\n ]+| (?![ \n]))+")
_TICKS = re.compile(r"`+")
_SINGLE_END = re.compile(r"(?<!\s)'(?!\w)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>")
_BRACKET = re.compile(r"\\[\s\S]|[\[\]]|`+|\$(?!\s)(?:\\[\s\S]|[^\\$\s]|\s++(?!\$))+\$(?!\d)")

Stop: TypeAlias = Callable[["Scan"], bool]


@frozen
class Context:
    """What all scans of a document share. `notes` and `references` are what blocks have defined."""

    file: str
    collector: Collector
    syntaxes: Mapping[str, tuple[InlineSyntax, ...]]
    notes: Mapping[str, Element]
    references: Mapping[str, tuple[str, str]]


class Marks:
    """What is looked up in a text again and again, found once: line starts, partners of brackets and of HTML's tags,
    runs of backticks.
    """

    __slots__ = ("_ticks", "brackets", "last_single", "places", "starts", "tags")

    def __init__(self, text: str, places: tuple[tuple[int, int], ...]) -> None:
        self.places = places
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.last_single = max((match.start() for match in _SINGLE_END.finditer(text)), default=-1)
        self._ticks: dict[int, list[int]] = {}
        for match in _TICKS.finditer(text):
            self._ticks.setdefault(len(match[0]), []).append(match.start())
        self.brackets = self._matched_brackets(text)
        self.tags = _matched_tags(text) if "</" in text else {}

    def _matched_brackets(self, text: str) -> dict[int, int]:
        """Return for each opening bracket where its partner is; those in code, formulas and escapes don't count."""
        pairs: dict[int, int] = {}
        stack: list[int] = []
        position = 0
        while found := _BRACKET.search(text, position):
            position = found.end()
            if found[0] == "[":
                stack.append(found.start())
            elif found[0] == "]" and stack:
                pairs[stack.pop()] = found.start()
            elif found[0].startswith("`"):
                closing = self.closing_ticks(len(found[0]), position)
                position = closing + len(found[0]) if closing >= 0 else position
        return pairs

    def place(self, offset: int) -> str:
        """Return the place of a character, as the `at` attribute has it."""
        row = min(bisect_right(self.starts, offset), len(self.places)) - 1
        line, column = self.places[row]
        return f"{line}:{column + offset - self.starts[row]}"

    def rows(self, start: int, end: int) -> str:
        """Return the places of the lines that a part of the text lies on."""
        first, last = (min(bisect_right(self.starts, at), len(self.places)) - 1 for at in (start, end))
        return " ".join(f"{line}:{column}" for line, column in self.places[first : last + 1])

    def closing_ticks(self, count: int, after: int) -> int:
        """Return where the next run of just so many backticks is, or -1."""
        runs = self._ticks.get(count, [])
        index = bisect_right(runs, after - 1)
        return runs[index] if index < len(runs) else -1


def _matched_tags(text: str) -> dict[int, tuple[int, int]]:
    """Return for each start tag where the end tag begins and ends that fits it."""
    pairs: dict[int, tuple[int, int]] = {}
    open_: dict[str, list[int]] = {}
    for tag in _TAG.finditer(text):
        waiting = open_.setdefault(tag[2].lower(), [])
        if not tag[1]:
            waiting.append(tag.start())
        elif waiting:
            pairs[waiting.pop()] = tag.span()
    return pairs


@dataclass(slots=True)
class Scan:
    """A moving position in a run of text, which ends at `end`."""

    context: Context
    text: str
    marks: Marks
    position: int
    end: int
    depth: int = 0
    quotes: frozenset[str] = field(default_factory=frozenset)
    in_link: bool = False

    def read(self, stop: Stop | None = None) -> list[Element]:
        """Return the inlines up to where `stop` says so, or to the end."""
        found: list[Element] = []
        while self.position < self.end and not (stop and stop(self)):
            found.extend(self._step())
        return joined(found)

    def until(self, stop: Stop) -> list[Element]:
        """Return the inlines up to where `stop` says so, one level deeper."""
        self.depth += 1
        found = self.read(stop)
        self.depth -= 1
        return found

    def inside(self, start: int, end: int) -> list[Element]:
        """Return the inlines of a part of the text, one level deeper; the position stays."""
        inner = Scan(self.context, self.text, self.marks, start, end, self.depth + 1, self.quotes, self.in_link)
        return inner.read()

    def _step(self) -> Iterable[Element]:
        start = self.position
        plain = _PLAIN.match(self.text, start, self.end)
        if plain:
            self.position = plain.end()
            return (self.words(plain[0], start),)
        if self.depth < DEPTH_LIMIT:
            for syntax in self.context.syntaxes.get(self.text[start], ()):
                found = syntax.read(self)
                if found is not None:
                    assert self.position > start, "a syntax that took something has moved on"
                    return found
                self.position = start
        self.position = start + 1
        return (self.words(self.text[start], start),)

    def words(self, text: str, start: int) -> Element:
        """Return plain text as an element."""
        element = self.element("text", start)
        element.text = text
        return element

    def element(self, tag: str, start: int, children: Iterable[Element] = (), **attributes: str) -> Element:
        """Return a new element that begins at `start` in the text."""
        element = Element(tag, {"at": self.marks.place(start), **attributes})
        element.extend(children)
        return element

    def starts(self, mark: str) -> bool:
        """Return whether the text goes on with this mark."""
        return self.text.startswith(mark, self.position, self.end)

    def match(self, pattern: re.Pattern[str], at: int | None = None) -> re.Match[str] | None:
        """Return the match of a pattern here, or at another place."""
        return pattern.match(self.text, self.position if at is None else at, self.end)

    def before(self) -> str:
        """Return the character before the position, or nothing."""
        return self.text[self.position - 1] if self.position else ""

    def after(self, width: int) -> str:
        """Return the character that is `width` behind the position, or nothing."""
        index = self.position + width
        return self.text[index] if index < self.end else ""

    def span(self, start: int) -> Span:
        """Return the place of a character as a span."""
        line, _, column = self.marks.place(start).partition(":")
        return Span(self.context.file, int(line), int(column))

    def error(self, code: Code, start: int, message: str, hint: str = "") -> None:
        """Note an error about what begins at `start`."""
        self.context.collector.error(code, self.span(start), message, hint)

    def warning(self, code: Code, start: int, message: str, hint: str = "") -> None:
        """Note a warning about what begins at `start`."""
        self.context.collector.warning(code, self.span(start), message, hint)


class InlineSyntax(InlineProcessor):
    """An inline syntax. `marks` are the characters that it may begin with."""

    marks: str = ""

    def __init__(self) -> None:
        super().__init__("")

    def read(self, scan: Scan) -> list[Element] | None:
        """Return what stands here and move the scan behind it; None if it is not of this syntax."""
        raise AssertionError("each syntax has its own")


def scan_text(context: Context, text: str, places: tuple[tuple[int, int], ...]) -> list[Element]:
    """Return the inlines of a text."""
    return Scan(context, text, Marks(text, places), 0, len(text)).read()


def joined(elements: list[Element]) -> list[Element]:
    """Return the elements with neighbouring runs of text made one."""
    result: list[Element] = []
    for element in elements:
        if element.tag == "text" and result and result[-1].tag == "text":
            result[-1].text = (result[-1].text or "") + (element.text or "")
        else:
            result.append(element)
    return result

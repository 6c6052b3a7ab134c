"""Works rendered in a citation style. citeproc-py does what CSL says; what it leaves out is added here.

Each work of a citation is rendered alone, so that each can be a link; the style's brackets and delimiters are put
around them afterwards. "Ibid." is never said: a unit has to read the same wherever it stands.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from citeproc import VARIABLES, CitationStylesBibliography, CitationStylesStyle
from citeproc.source import Citation, CitationItem, Date, DateRange, LiteralDate, Locator, Name, Reference
from citeproc.source.json import CiteProcJSON

from mathbook.document.nodes import CiteItem
from mathbook.document.works import Person, When, Work
from mathbook.edition.csl_marks import END, Marks, marked
from mathbook.edition.labels_of_works import family_names, labels_of, letter
from mathbook.edition.locators import split_locator

DEFAULT_STYLE = "harvard-cite-them-right"
"""The style that comes with citeproc-py: author and year."""

_STRINGS: Any = CiteProcJSON([])
"""Makes the strings whose case citeproc-py can change."""

_SOMEBODY = "\ue00f"
"""An author who stands in for all authors where a style is asked what it says beside them."""


@lru_cache(maxsize=4)
def styled_works(style: str, language: str, works: tuple[Work, ...], keys: tuple[str, ...]) -> StyledWorks:
    """Return the works; the same ones for the same book, since to render them is slow."""
    return StyledWorks(style, language, works, keys)


class StyledWorks:
    """The works of an edition in one style and language. `keys` are those that are cited, in order of appearance."""

    def __init__(self, style: str, language: str, works: Iterable[Work], keys: Sequence[str]) -> None:
        self._said: dict[CiteItem, str] = {}
        self._entries: dict[str, str] = {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of kinds of things that CSL 1.0.2 doesn't know
            source = io.BytesIO(style.encode()) if style else DEFAULT_STYLE
            self._style: Any = CitationStylesStyle(source, locale=language, validate=False)
            self._works = {work.key: work for work in works}
            self._names = {key: f"w{at}" for at, key in enumerate(keys)}
            labels = labels_of([self._works[key] for key in keys])
            references = {self._names[key]: _reference(self._names[key], self._works[key], labels) for key in keys}
            self._bibliography: Any = CitationStylesBibliography(self._style, references, Marks)
            layout = self._style.root.citation.layout
            self.opening, self.closing, self.delimiter = (
                str(layout.attrib.pop(name, "")) for name in ("prefix", "suffix", "delimiter")
            )
            self._bibliography.register(Citation([CitationItem(name) for name in references]))
            self._bibliography.sort()
        self._tell_apart()

    @property
    def keys(self) -> tuple[str, ...]:
        """The cited works' keys in the order of the bibliography."""
        by_name = {name: key for key, name in self._names.items()}
        return tuple(by_name[name] for name in self._bibliography.keys)

    def cited(self, item: CiteItem) -> str:
        """Return what the style says of one work of a citation, between the brackets, as marked text."""
        says = (self._without_authors(item) if item.suppress_author else self._rendered(item)) or item.key
        return f"{item.prefix} {says}" if item.prefix else says

    def in_text(self, item: CiteItem) -> tuple[str, str]:
        """Return the authors as they stand in a sentence, and what stands in brackets behind them."""
        alone = CiteItem(item.key)
        whole, rest = self._rendered(alone), self._without_authors(alone)
        authors = whole.removesuffix(rest).rstrip(" ,;:") if whole.endswith(rest) and whole != rest else ""
        work = self._works[item.key]
        return authors or family_names(work), self._without_authors(item) if authors else self._rendered(item)

    def entries(self) -> dict[str, str]:
        """Return the bibliography: each work's entry by its key, in order."""
        if not self._entries:
            pairs = zip(self.keys, self._bibliography.items, strict=True)
            self._entries = {key: self._entry(key, item) for key, item in pairs}
        return self._entries

    def _entry(self, key: str, item: Any) -> str:
        """Return what the style says of the work, or its key if that is nothing."""
        texts = self._style.render_bibliography([item])
        return _label_apart(str(texts[0])) if texts else key

    def _rendered(self, item: CiteItem) -> str:
        alone = replace(item, prefix="", suppress_author=False)
        if alone not in self._said:
            self._said[alone] = self._render(alone)
        return self._said[alone]

    def _render(self, item: CiteItem) -> str:
        label, number, rest = split_locator(item.locator)
        place = {"locator": Locator(label, number)} if label else {}
        one = CitationItem(self._names[item.key], **place)
        citation = Citation([one])
        citation.bibliography = self._bibliography
        return str(self._style.render_citation(citation, [], lambda _: "")) + rest

    def _without_authors(self, item: CiteItem) -> str:
        """Return what the style says beside the authors."""
        alone = replace(item, prefix="", suppress_author=True)
        if alone not in self._said:
            self._said[alone] = self._render_without_authors(alone)
        return self._said[alone]

    def _render_without_authors(self, item: CiteItem) -> str:
        """Return the same: with somebody in the authors' place, who is then taken out."""
        reference = self._bibliography.source[self._names[item.key]]
        before = dict(reference)
        for role in ("author", "editor", "translator"):
            reference.pop(role, None)
        reference["author"] = [Name(literal=_SOMEBODY)]
        says = self._render(item)
        reference.clear()
        reference.update(before)
        return says.partition(_SOMEBODY)[2].lstrip(f"{END} ,.;:") if _SOMEBODY in says else says

    def _tell_apart(self) -> None:
        """Give works that are cited in the same words the letters a, b, … behind the year, if the style wants it."""
        if self._style.root.citation.get("disambiguate-add-year-suffix") != "true":
            return
        groups: dict[str, list[str]] = {}
        for key in self.keys:
            groups.setdefault(self._rendered(CiteItem(key)), []).append(key)
        for group in groups.values():
            for at, key in enumerate(group if len(group) > 1 else ()):
                self._said.clear()
                self._bibliography.source[self._names[key]]["year_suffix"] = letter(at)


def _reference(name: str, work: Work, labels: Mapping[str, str]) -> Any:
    fields: dict[str, Any] = {
        "citation-label": labels[work.key],
        **{role: [_name(person) for person in people] for role, people in work.people},
        **{role: _date(when) for role, when in work.dates},
        **{variable: _STRINGS.parse_string(marked(text)) for variable, text in work.words},
    }
    known = {variable.replace("-", "_"): value for variable, value in fields.items()}
    return Reference(name, work.kind, **{variable: known[variable] for variable in known if variable in VARIABLES})


def _name(person: Person) -> Any:
    if person.literal:
        return Name(literal=person.literal)
    parts = {
        "family": person.family,
        "given": person.given,
        "non-dropping-particle": person.particle,
        "suffix": person.suffix,
    }
    return Name(**{part: text for part, text in parts.items() if text})


def _date(when: When) -> Any:
    if not when.parts:
        return LiteralDate(when.literal, circa=when.circa)
    begin, *end = (Date(**dict(zip(("year", "month", "day"), part, strict=False))) for part in when.parts)
    return DateRange(begin=begin, end=end[0], circa=when.circa) if end else _with_circa(begin, when.circa)


def _with_circa(date: Any, circa: bool) -> Any:
    date["circa"] = circa
    return date


def _label_apart(text: str) -> str:
    """Return the entry with a space behind its number: with `second-field-align` a style leaves it to the page."""
    return re.sub(r"^(\[\d+\]|\(\d+\)|\d+\.)(?=\S)", "\\1\N{NO-BREAK SPACE}", text)

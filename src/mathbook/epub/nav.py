"""Contents, and the lists of figures and tables."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from mathbook.document.book import Example, Unit
from mathbook.document.edition import Edition, Label
from mathbook.document.labels import id_of
from mathbook.epub.bundle import Bundle
from mathbook.epub.names import page_name


class NavEntry(NamedTuple):
    """An entry of the contents, all of it as XML writes it: it stands in several lists."""

    href: str
    words: str
    number: str = ""
    children: tuple[NavEntry, ...] = ()


def unit_entry(unit: Unit, page: str, bundle: Bundle) -> NavEntry:
    """Return the entry of a unit and its page, with its headings of the second level below it."""
    href = escape(page)
    children = tuple(NavEntry(f"{href}#{escape(id)}", escape(words or "…")) for id, words in bundle.outline)
    number = unit.number if isinstance(unit, Example) else ""
    return NavEntry(href, escape(bundle.title or unit.id), escape(number), children)


def label_entries(edition: Edition, captions: Mapping[tuple[str, str], str]) -> dict[str, tuple[NavEntry, ...]]:
    """Return the entries of all figures and tables in the file; `captions` has theirs by unit and label."""
    there = [label for label in edition.labels if (label.unit, label.name) in captions]
    return {
        name: tuple(_label_entry(label, captions[label.unit, label.name]) for label in there if label.kind == kind)
        for name, kind in (("figures", "fig"), ("tables", "tbl"))
    }


def _label_entry(label: Label, caption: str) -> NavEntry:
    words = f"{label.text}: {caption}" if caption else label.text
    return NavEntry(escape(f"{page_name(label.unit)}#{id_of(label.name)}"), escape(words))

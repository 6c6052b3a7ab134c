"""Contents, and the lists of figures and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mathbook.document.book import Example, Unit
from mathbook.document.edition import Edition, Label
from mathbook.document.labels import id_of
from mathbook.document.nodes import Figure, Table
from mathbook.document.plain import plain
from mathbook.document.walk import walk
from mathbook.epub.bundle import Bundle
from mathbook.epub.formulas import linear
from mathbook.epub.names import page_name


@dataclass(frozen=True, slots=True)
class NavEntry:
    """An entry of the contents. `key` and `order` are for the NCX, which wants them."""

    href: str
    words: str
    number: str = ""
    children: tuple[NavEntry, ...] = ()
    key: str = ""
    order: int = 0


def unit_entry(unit: Unit, bundle: Bundle) -> NavEntry:
    """Return a unit's entry, with its headings of the second level below it."""
    page = page_name(unit.id)
    children = tuple(NavEntry(f"{page}#{heading.id}", heading.words or "…") for heading in bundle.outline)
    number = unit.number if isinstance(unit, Example) else ""
    return NavEntry(page, bundle.title or unit.id, number, children)


def label_entries(edition: Edition, places: set[tuple[str, str]]) -> dict[str, tuple[NavEntry, ...]]:
    """Return the entries of all figures and all tables that are in the file."""
    captions = dict(_captions(edition))
    there = [label for label in edition.labels if (label.unit, label.name) in places]
    return {
        name: tuple(_label_entry(label, captions.get(label.name, "")) for label in there if label.kind == kind)
        for name, kind in (("figures", "fig"), ("tables", "tbl"))
    }


def _captions(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield each label's caption in words; formulas read like in plain text."""
    for unit in edition.units:
        for node in walk(unit.blocks):
            if isinstance(node, Figure | Table) and node.id:
                yield node.id, plain(node.caption, edition.meta.language, linear)


def _label_entry(label: Label, caption: str) -> NavEntry:
    words = f"{label.text}: {caption}" if caption else label.text
    return NavEntry(f"{page_name(label.unit)}#{id_of(label.name)}", words)


def numbered(entries: Iterable[NavEntry]) -> tuple[NavEntry, ...]:
    """Return the entries with keys and in playing order, depth first."""
    found: list[NavEntry] = []
    order = 1
    for entry in entries:
        children = tuple(
            replace(child, key=f"nav-{order + count}", order=order + count)
            for count, child in enumerate(entry.children, start=1)
        )
        found.append(replace(entry, children=children, key=f"nav-{order}", order=order))
        order += 1 + len(children)
    return tuple(found)

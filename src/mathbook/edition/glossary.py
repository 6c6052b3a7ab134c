"""The glossary: the definition lists of the unit of that name, with links from each use to its entry and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mathbook.diagnostics import Code, Collector, did_you_mean
from mathbook.document.book import Matter, Unit
from mathbook.document.nodes import (
    Anchor,
    Conditional,
    DefinitionItem,
    DefinitionList,
    Figure,
    Footnote,
    Image,
    Inline,
    Link,
    Paragraph,
    Term,
    Text,
)
from mathbook.document.plain import plain
from mathbook.document.walk import found_in, map_tree, walk
from mathbook.edition.terms import uses, with_places
from mathbook.frozen import frozen


@frozen
class Glossary:
    """A book's glossary: its unit, its terms as they are written there, and the entries that can be told anywhere, by
    the form in which they are looked up.
    """

    unit: Matter
    language: str
    entries: Mapping[str, str]
    told: Mapping[str, DefinitionItem]

    def linked(self, unit: Unit, collector: Collector) -> Unit:
        """Return the unit with each of its terms at a place, and leading to its entry; one that has none is told."""
        return _linked(with_places(unit, "glossary"), self.unit.id, self.entries, collector)

    def told_of(self, keys: Iterable[str]) -> tuple[DefinitionItem, ...]:
        """Return what can be told of these terms."""
        return tuple(self.told[key] for key in keys if key in self.told)

    def completed(self, found: Mapping[str, Mapping[str, str]], names: Mapping[str, str]) -> Matter:
        """Return the glossary's unit with links to where its terms are used: `found` has the place in each unit by the
        form in which the term is looked up, `names` says what each unit is called.
        """
        return _completed(self.unit, found, names, self.language)


def glossary_of(unit: Matter, language: str, collector: Collector) -> Glossary:
    """Return the glossary that is in this unit."""
    return Glossary(unit, language, _entries(unit, language, collector), _told(unit, language))


def terms_in(unit: Unit) -> tuple[str, ...]:
    """Return the unit's terms in the form in which they are looked up, each once."""
    terms = (term for term in found_in(unit.blocks, Term) if term.kind == "glossary")
    return tuple(dict.fromkeys(_key(term.entry) for term in terms))


def places_in(unit: Unit) -> dict[str, str]:
    """Return the first place at which every reader of the unit finds each term, once it has places."""
    places: dict[str, str] = {}
    for use in uses(with_places(unit, "glossary"), "glossary"):
        places.setdefault(_key(use.term.entry), use.anchor)
    return places


def _entries(glossary: Matter, language: str, collector: Collector) -> dict[str, str]:
    """Return the terms as they are written in the glossary, by the form in which they are looked up."""
    entries: dict[str, str] = {}
    for block in glossary.blocks:
        for item in block.items if isinstance(block, DefinitionList) else ():
            written = plain(item.term, language)
            if _key(written) in entries:
                span = item.term[0].span if item.term else block.span
                collector.error(Code.ID_DUPLICATE, span, f"the glossary defines {written!r} twice")
            entries[_key(written)] = written
    return entries


def _told(glossary: Matter, language: str) -> dict[str, DefinitionItem]:
    """Return the entries that can be told anywhere, each term leading home: without notes, pictures and labels."""
    told: dict[str, DefinitionItem] = {}
    for block in glossary.blocks:
        for item in block.items if isinstance(block, DefinitionList) else ():
            if not any(_is_bound(node) for node in walk((item.term, item.definitions))):
                key = _key(plain(item.term, language))
                told[key] = replace(item, term=(Link(item.term, f"#{_anchor(key)}", unit=glossary.id),))
    return told


def _is_bound(node: object) -> bool:
    """Return whether the node has its place where it stands: it has an id, a number or a file, or leads to its unit."""
    if isinstance(node, Link):
        return node.target.startswith("#") and not node.unit
    return isinstance(node, Footnote | Image | Figure | Conditional | Term) or bool(getattr(node, "id", ""))


def _key(term: str) -> str:
    return " ".join(term.casefold().split())


def _anchor(key: str) -> str:
    return f"term:{key}"


def _linked(unit: Unit, glossary: str, entries: Mapping[str, str], collector: Collector) -> Unit:
    """Return the unit with each term leading to its entry; a term without one is told."""

    def link(node: object) -> object:
        if not isinstance(node, Term) or node.kind != "glossary":
            return node
        if _key(node.entry) not in entries:
            hint = did_you_mean(node.entry, entries.values(), "define it there, or name its entry: {.term entry=…}")
            collector.error(Code.TERM_MISSING, node.span, f"the glossary has no entry {node.entry!r}", hint)
            return node
        target = f"#{_anchor(_key(node.entry))}"
        return replace(node, children=(Link(node.children, target, unit=glossary, span=node.span),))

    return replace(unit, blocks=map_tree(unit.blocks, link))


def _completed(
    glossary: Matter, found: Mapping[str, Mapping[str, str]], names: Mapping[str, str], language: str
) -> Matter:
    """Return the glossary with a place for each entry, and behind each the units that use it."""

    def complete(item: DefinitionItem) -> DefinitionItem:
        key = _key(plain(item.term, language))
        places = found.get(key, {})
        back: list[Inline] = []
        for unit, anchor in places.items():
            back += [Text(", ")] if back else []
            back.append(Link((Text(names[unit]),), f"#{anchor}", unit=unit))
        definitions = item.definitions
        if back and definitions:
            definitions = (*definitions[:-1], (*definitions[-1], Paragraph(tuple(back))))
        return DefinitionItem((Anchor(_anchor(key), item.term),), definitions)

    blocks = tuple(
        replace(block, items=tuple(complete(item) for item in block.items))
        if isinstance(block, DefinitionList)
        else block
        for block in glossary.blocks
    )
    return replace(glossary, blocks=blocks)

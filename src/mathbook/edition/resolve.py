"""The whole of `resolve`: one book, one audience, one edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from mathbook.diagnostics import Collector
from mathbook.document.book import Audience, Book, Unit
from mathbook.document.edition import Edition, Label
from mathbook.document.nodes import Link
from mathbook.document.walk import walk
from mathbook.edition.audience import for_audience
from mathbook.edition.changes import news_blocks
from mathbook.edition.citations import citations_of, with_notes
from mathbook.edition.glossary import with_glossary
from mathbook.edition.index import index_blocks
from mathbook.edition.labels import collect_labels
from mathbook.edition.matter import unit_of, with_index_last, with_kinds, with_matter
from mathbook.edition.numbering import number_unit
from mathbook.edition.references import resolve_references
from mathbook.edition.terms import with_places


def resolve(book: Book, audience: Audience, collector: Collector) -> Edition:
    """Return the edition for this audience. What can't be resolved is told to the collector and stays readable."""
    written = book
    book = with_notes(replace(book, units=with_kinds(book.units)))
    language = book.meta.language
    numbered = tuple(number_unit(unit, book.meta) for unit in book.units)
    shown = tuple(for_audience(unit, audience, book.meta) for unit in numbered)
    citations = citations_of(book, unit_of(book.units, "bibliography"))
    entries = citations.entries(shown)
    labels = collect_labels(shown, language, collector)
    by_name = {label.name: label for label in labels}
    units = tuple(resolve_references(unit, by_name, collector) for unit in shown)
    units = tuple(citations.resolved(unit, collector) for unit in units)
    names = unit_names(labels)
    units = with_glossary(units, names, language, collector)
    units = tuple(with_places(unit, "index") for unit in units)
    index = index_blocks(units, names, language)
    units = with_matter(units, "bibliography", entries, language)
    units = with_matter(units, "index", index, language)
    units = with_matter(units, "news", news_blocks(written, names), language)
    return Edition(audience, book.meta, with_index_last(units), labels)


def unit_names(labels: tuple[Label, ...]) -> dict[str, str]:
    """Return what each unit is called where it is referred to."""
    return {label.unit: label.text for label in labels if label.anchor == label.unit}


def standing_alone(edition: Edition, unit: Unit) -> Edition:
    """Return the edition of one unit, a handout or a deck of its own, with the labels that it has or refers to."""
    alone = replace(edition, units=(unit,), scope="unit")
    return replace(alone, labels=labels_alone(alone)[unit.id])


def labels_alone(edition: Edition) -> dict[str, tuple[Label, ...]]:
    """Return for each unit the labels that it has or refers to, in the order of all."""
    own: dict[str, set[int]] = defaultdict(set)
    places: dict[tuple[str, str], set[int]] = defaultdict(set)
    for at, label in enumerate(edition.labels):
        own[label.unit].add(at)
        places[label.unit, f"#{label.anchor}"].add(at)
    return {
        unit.id: tuple(edition.labels[at] for at in sorted(own[unit.id].union(*_referred(unit, places))))
        for unit in edition.units
    }


def _referred(unit: Unit, places: Mapping[tuple[str, str], set[int]]) -> Iterator[set[int]]:
    for node in walk((unit.title, unit.blocks)):
        if isinstance(node, Link) and (node.unit, node.target) in places:
            yield places[node.unit, node.target]

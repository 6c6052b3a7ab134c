"""The whole of `resolve`: one book, one audience, one edition."""

from __future__ import annotations

from dataclasses import replace

from mathbook.diagnostics import Collector
from mathbook.document.book import Audience, Book, Unit
from mathbook.document.edition import Edition
from mathbook.document.nodes import Link
from mathbook.document.walk import walk
from mathbook.edition.audience import for_audience
from mathbook.edition.labels import collect_labels
from mathbook.edition.numbering import number_unit
from mathbook.edition.references import resolve_references


def resolve(book: Book, audience: Audience, collector: Collector) -> Edition:
    """Return the edition for this audience. What can't be resolved is told to the collector and stays readable."""
    numbered = tuple(number_unit(unit, book.meta) for unit in book.units)
    shown = tuple(for_audience(unit, audience, book.meta) for unit in numbered)
    labels = collect_labels(shown, book.meta.language, collector)
    by_name = {label.name: label for label in labels}
    units = tuple(resolve_references(unit, by_name, collector) for unit in shown)
    return Edition(audience, book.meta, units, labels)


def standing_alone(edition: Edition, unit: Unit) -> Edition:
    """Return the edition of one unit, a handout or a deck of its own, with the labels that it has or refers to."""
    links = {(node.unit, node.target) for node in walk((unit.title, unit.blocks)) if isinstance(node, Link)}
    labels = tuple(
        label for label in edition.labels if label.unit == unit.id or (label.unit, f"#{label.anchor}") in links
    )
    return replace(edition, units=(unit,), labels=labels, scope="unit")

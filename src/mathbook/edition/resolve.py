"""The whole of `resolve`: one book, one audience, one edition."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from mathbook.diagnostics import Collector
from mathbook.document.book import Audience, Book, Matter, Unit
from mathbook.document.edition import Edition, Label
from mathbook.edition.changes import news_blocks
from mathbook.edition.citations import citations_of, keys_of, wants_notes
from mathbook.edition.finish import Answers, Finished
from mathbook.edition.glossary import glossary_of
from mathbook.edition.index import index_blocks
from mathbook.edition.labels import collect_labels
from mathbook.edition.matter import unit_of, with_index_last, with_kinds, with_matter
from mathbook.edition.memory import Remembered, Started
from mathbook.edition.outline import Ground
from mathbook.edition.sketch import Sketch, leads_of, sketch_of
from mathbook.edition.withheld import Withheld
from mathbook.frozen import frozen


@frozen
class Resolution:
    """An edition, and the sketches of its units by their ids."""

    edition: Edition
    sketches: Mapping[str, Sketch]

    @property
    def prints(self) -> tuple[str, ...]:
        """The fingerprints of the edition's units, in their order."""
        return tuple(self.sketches[unit.id].print for unit in self.edition.units)


def resolve(book: Book, audience: Audience, collector: Collector) -> Edition:
    """Return the edition for this audience. What can't be resolved is told to the collector and stays readable."""
    return _resolved(book, audience, collector, Remembered())[0]


def resolve_again(book: Book, audience: Audience, collector: Collector, memory: Remembered) -> Resolution:
    """Return the same, with its sketches: of units that are in the memory, and get the answers that they got before,
    nothing is done again.
    """
    edition, finished = _resolved(book, audience, collector, memory)
    known = {id(unit): sketch for unit, sketch in finished}
    return Resolution(edition, {unit.id: known.get(id(unit)) or sketch_of(unit) for unit in edition.units})


def _resolved(
    book: Book, audience: Audience, collector: Collector, memory: Remembered
) -> tuple[Edition, list[tuple[Unit, Sketch | None]]]:
    """Return the edition, and the units that memory gave or took with their sketches."""
    units, language = with_kinds(book.units), book.meta.language
    glossary = next((unit.id for unit in units if isinstance(unit, Matter) and unit.kind == "glossary"), "")
    bibliography = unit_of(units, "bibliography")
    ground = Ground(audience, book.meta, wants_notes(book.citation_style), bibliography, glossary)
    started = memory.started(units, ground)
    labels = collect_labels((one.outline.labels for one in started), collector)
    answers = _answers(book, started, ground, labels, terms := Collector())
    finished = [memory.finished(one, answers) for one in started]
    _tell([one.finished for one in finished], terms, collector)
    resolved = tuple(one.finished.unit for one in finished)
    cited = set(keys_of(cite for one in started for cite in one.outline.cites))
    index = index_blocks(chain.from_iterable(one.finished.index for one in finished), answers.names, language)
    resolved = with_matter(resolved, "bibliography", answers.citations.entries(cited), language)
    resolved = with_matter(resolved, "index", index, language)
    resolved = with_matter(resolved, "news", news_blocks(book, answers.names, memory.past_unit), language)
    edition = Edition(audience, book.meta, with_index_last(resolved), labels)
    return edition, [(one.finished.unit, one.sketch) for one in finished]


def _answers(
    book: Book, started: Sequence[Started], ground: Ground, labels: Sequence[Label], told: Collector
) -> Answers:
    """Return what the units answer each other; what is wrong with the glossary itself is told."""
    cited = chain.from_iterable(one.outline.cited for one in started)
    citations = citations_of(book, cited, ground.bibliography)
    withheld = Withheld(ground.audience, book.units)
    answers = Answers({label.name: label for label in labels}, citations, unit_names(labels), withheld)
    home = next((one for one in started if one.unit.id == ground.glossary), None)
    if home is None:
        return answers
    unit, _ = answers.without_terms(home.shown)
    assert isinstance(unit, Matter), "a glossary is matter"
    used: dict[str, dict[str, str]] = {}
    for one in started:
        for key, place in one.outline.places:
            used.setdefault(key, {})[one.unit.id] = place
    return replace(answers, glossary=glossary_of(unit, book.meta.language, told), used=used)


def _tell(finished: Sequence[Finished], terms: Collector, collector: Collector) -> None:
    """Tell all that was told, in turns: of references, of citations, of the glossary, of its terms."""
    turns = (
        *(one.told.references for one in finished),
        *(one.told.citations for one in finished),
        terms.diagnostics,
        *(one.told.terms for one in finished),
    )
    for diagnostic in chain.from_iterable(turns):
        collector.add(diagnostic)


def unit_names(labels: Iterable[Label]) -> dict[str, str]:
    """Return what each unit is called where it is referred to."""
    return {label.unit: label.text for label in labels if label.anchor == label.unit}


def standing_alone(edition: Edition, unit: Unit) -> Edition:
    """Return the edition of one unit, a handout or a deck of its own, with the labels that it has or refers to."""
    alone = replace(edition, units=(unit,), scope="unit")
    return replace(alone, labels=labels_alone(alone, {unit.id: leads_of(unit)})[unit.id])


def labels_alone(edition: Edition, leads: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, tuple[Label, ...]]:
    """Return for each unit the labels that it has or refers to, in the order of all; `leads` are its links."""
    own: dict[str, set[int]] = defaultdict(set)
    places: dict[tuple[str, str], set[int]] = defaultdict(set)
    for at, label in enumerate(edition.labels):
        own[label.unit].add(at)
        places[label.unit, f"#{label.anchor}"].add(at)
    found = {unit.id: own[unit.id].union(*_referred(leads[unit.id], places)) for unit in edition.units}
    return {name: tuple(edition.labels[at] for at in sorted(those)) for name, those in found.items()}


def _referred(leads: Iterable[tuple[str, str]], places: Mapping[tuple[str, str], set[int]]) -> Iterator[set[int]]:
    return (places[lead] for lead in leads if lead in places)

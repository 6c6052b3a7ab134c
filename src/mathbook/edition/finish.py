"""A unit gets its answers: references become links, citations words, terms lead to the glossary."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field, replace

from mathbook.diagnostics import Collector, Diagnostic
from mathbook.document.book import Unit
from mathbook.document.edition import Label
from mathbook.document.fingerprint import fingerprint
from mathbook.document.kept_nodes import KeptNodes
from mathbook.edition.citations import Citations
from mathbook.edition.glossary import Glossary
from mathbook.edition.outline import Outline
from mathbook.edition.references import label_for, resolve_references
from mathbook.edition.terms import Use, uses, with_places
from mathbook.edition.withheld import Withheld
from mathbook.frozen import frozen

NOTHING_ASKED = "-"
"""Stands for the answers to no questions."""


@frozen
class Told:
    """What was told of a unit, by those who told it: these have their turns, each with all units."""

    references: tuple[Diagnostic, ...] = ()
    citations: tuple[Diagnostic, ...] = ()
    terms: tuple[Diagnostic, ...] = ()


@frozen
class Finished:
    """A resolved unit, its words for the index, and what was told of it."""

    unit: Unit
    index: tuple[Use, ...]
    told: Told


@frozen
class Answers:
    """What the units of an edition answer each other. `used` are the glossary's terms in the order in which the book
    first uses them, each with its place in each unit that uses it; `names` says what each unit is called, `withheld`
    what the edition leaves out.
    """

    labels: Mapping[str, Label]
    citations: Citations
    names: Mapping[str, str]
    withheld: Withheld
    glossary: Glossary | None = None
    used: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def given(self, outline: Outline) -> str:
        """Return a hash of all answers that a unit with this outline gets; nothing if there is no answer to one of its
        questions: what is told then depends on all that is there.
        """
        if not (outline.asked or outline.cites or self.glossary):
            return NOTHING_ASKED
        labels = [label_for(name, self.labels) for name in outline.asked]
        words = [self.citations.said(cite) for cite in outline.cites]
        known = self.glossary.entries if self.glossary else ()
        if None in labels or None in words or any(term not in known for term in outline.terms):
            return ""
        told = KeptNodes.of(self.glossary.told_of(self._used_by(outline)), "").digest if self.glossary else b""
        return fingerprint((labels, words, told))

    def finished(self, unit: Unit, outline: Outline) -> Finished:
        """Return the unit with all answers in it."""
        terms = Collector()
        bare, told = self.without_terms(unit)
        if self.glossary and self.glossary.unit.id == unit.id:
            linked: Unit = self.glossary.completed(self.used, self.names)
        elif self.glossary:
            linked = self.glossary.linked(bare, terms)
            linked = replace(linked, terms=self.glossary.told_of(self._used_by(outline)))
        else:
            linked = bare
        done = with_places(linked, "index")
        return Finished(done, tuple(uses(done, "index")), replace(told, terms=tuple(terms.diagnostics)))

    def without_terms(self, unit: Unit) -> tuple[Unit, Told]:
        """Return the unit with its references and citations resolved, and what was told of these."""
        references, citations = Collector(), Collector()
        linked = resolve_references(unit, self.labels, self.withheld, references)
        resolved = self.citations.resolved(linked, citations)
        return resolved, Told(tuple(references.diagnostics), tuple(citations.diagnostics))

    def _used_by(self, outline: Outline) -> Collection[str]:
        """Return the terms that the unit uses, in the order of the whole book."""
        own = {key for key, _ in outline.places}
        return [key for key in self.used if key in own] if own else []

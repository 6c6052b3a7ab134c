"""Which labels the e-book holds. What is left out of print takes its labels along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from mathbook.document.book import Audience, Unit
from mathbook.document.edition import Edition
from mathbook.document.nodes import Slide, SpeakerNotes
from mathbook.document.select import for_format
from mathbook.document.walk import children_of
from mathbook.epub.names import page_file, unit_href


@dataclass(slots=True)
class Presence:
    """Knows what links from page to page may lead to. A unit is looked through when the first link to it is met."""

    edition: Edition
    _units: dict[str, Unit] = field(default_factory=dict)
    _found: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._units = {page_file(unit.id): unit for unit in self.edition.units}

    def __contains__(self, href: object) -> bool:
        """Return whether the place is in the file; `href` as `names.unit_href` makes it."""
        assert isinstance(href, str)
        file = href.partition("#")[0]
        if file not in self._found:
            self._found[file] = self._hrefs(self._units.get(file))
        return href in self._found[file]

    def _hrefs(self, unit: Unit | None) -> frozenset[str]:
        if unit is None:
            return frozenset()
        labels = (unit.id, *_labels(for_format(unit, "epub").blocks, self.edition.audience))
        return frozenset(unit_href(label, unit.id) for label in labels)


def _labels(node: object, audience: Audience) -> Iterator[str]:
    match node:
        case Slide(in_handout=False):
            return  # it is only in the deck
        case SpeakerNotes() if audience == "student":
            return  # only instructors see them in print
    label = getattr(node, "id", "")
    if isinstance(label, str) and label:
        yield label
    for child in children_of(node):
        yield from _labels(child, audience)

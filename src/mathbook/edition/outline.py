"""A unit on its way into an edition: what the others need of it, and what it asks of them."""

from __future__ import annotations

from mathbook.document.book import Audience, Meta, Unit
from mathbook.document.nodes import Cite
from mathbook.edition.audience import for_audience
from mathbook.edition.citations import cites_in, in_notes, keys_of
from mathbook.edition.glossary import places_in, terms_in
from mathbook.edition.labels import Placed, labels_of
from mathbook.edition.numbering import number_unit
from mathbook.edition.references import asked_labels
from mathbook.frozen import frozen


@frozen
class Ground:
    """What all units stand on: whom they are for, what the book says of itself, whether citations stand in notes, and
    the ids of the units that hold the bibliography and the glossary (empty if there is none).
    """

    audience: Audience
    meta: Meta
    in_notes: bool
    bibliography: str
    glossary: str


@frozen
class Outline:
    """What a unit has and asks for. All audiences see the works `cited` counted; `cites` are what this one sees.

    `labels` are its own, `asked` those that it refers to, `terms` are looked up in the glossary, and `places` are where
    each is used first, for the glossary to lead there.
    """

    labels: tuple[Placed, ...]
    cited: tuple[str, ...]
    cites: tuple[Cite, ...]
    asked: tuple[str, ...]
    terms: tuple[str, ...]
    places: tuple[tuple[str, str], ...]


def outlined(unit: Unit, ground: Ground) -> tuple[Unit, Outline]:
    """Return the unit with its numbers, as its audience sees it, and its outline."""
    written = in_notes(unit) if ground.in_notes else unit
    shown = for_audience(number_unit(written, ground.meta), ground.audience, ground.meta)
    has_glossary = ground.glossary not in ("", unit.id)
    return shown, Outline(
        labels=tuple(labels_of(shown, ground.meta.language)),
        cited=keys_of(cites_in(written)),
        cites=tuple(dict.fromkeys(cites_in(shown))),
        asked=asked_labels(shown),
        terms=terms_in(shown) if has_glossary else (),
        places=tuple(places_in(shown).items()) if has_glossary else (),
    )

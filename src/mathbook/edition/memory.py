"""What is remembered of units that were resolved: a unit that is as it was read, and gets the answers that it got, is
resolved as it was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from operator import attrgetter

from mathbook.document.book import Example, Matter, Meta, Unit
from mathbook.document.fingerprint import fingerprint
from mathbook.document.kept_nodes import KeptNodes
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.past import PastUnit
from mathbook.edition.changes import past_unit
from mathbook.edition.finish import Answers, Finished
from mathbook.edition.kept import Known, packed, packed_past, unpacked, unpacked_past, with_kept_nodes
from mathbook.edition.outline import Ground, Outline, outlined
from mathbook.edition.sketch import Sketch, sketch_of
from mathbook.frozen import frozen

_KEPT = ("title", "blocks", "terms", "span", "pictures")
"""Fields of a unit that are part of its key in another way."""
_SAID = {
    kind: attrgetter(*(part.name for part in fields(kind) if part.name not in _KEPT)) for kind in (Example, Matter)
}


class Started:
    """A unit on its way: its outline is known, or is made once it is asked for."""

    def __init__(self, unit: Unit, ground: Ground, key: str, known: Known | None) -> None:
        self.unit, self.ground, self.key, self.known = unit, ground, key, known
        self._outlined: tuple[Unit, Outline] | None = None

    @property
    def shown(self) -> Unit:
        """The unit with its numbers, as its audience sees it."""
        if self._outlined is None:
            self._outlined = outlined(self.unit, self.ground)
        return self._outlined[0]

    @property
    def outline(self) -> Outline:
        """What it has and what it asks for."""
        if self.known:
            return self.known.outline
        if self._outlined is None:
            self._outlined = outlined(self.unit, self.ground)
        return self._outlined[1]


@frozen
class Done:
    """A finished unit, and its sketch if it was looked up or is to be remembered."""

    finished: Finished
    sketch: Sketch | None = None


@dataclass(slots=True)
class Remembered:
    """Units that were resolved for one audience, by a hash of all that they were made of, and of what they stand on.
    Those of this process are held as they are, by their ids; what the next is to know is kept as bytes.
    """

    kept: Memo = FORGETFUL
    _held: dict[str, tuple[str, Known]] = field(default_factory=dict)

    def joined_with(self, kept: Memo) -> Remembered:
        """Return this memory with another place to keep what the next process is to know."""
        return Remembered(kept, self._held)

    def started(self, units: Iterable[Unit], ground: Ground) -> list[Started]:
        """Return the units with what is known of them."""
        if self.kept is FORGETFUL:
            return [Started(unit, ground, "", None) for unit in units]
        base = fingerprint(ground)
        keys = ((unit, _key(unit, base)) for unit in units)
        return [Started(unit, ground, key, self._known(unit, key) if key else None) for unit, key in keys]

    def finished(self, one: Started, answers: Answers) -> Done:
        """Return the unit with its answers. The glossary itself is always made anew: all units have a part in it."""
        asks = one.outline
        given = answers.given(asks) if one.key and one.unit.id != one.ground.glossary else ""
        if one.known and given and one.known.given == given:
            return Done(one.known.finished, one.known.sketch)
        finished = answers.finished(one.shown, asks)
        if not given:
            return Done(finished)
        finished = with_kept_nodes(finished)
        known = Known(asks, given, finished, sketch_of(finished.unit))
        self._keep(one.unit, one.key, known)
        return Done(finished, known.sketch)

    def past_unit(self, unit: Unit, meta: Meta) -> PastUnit:
        """Return what can be compared of a unit that was read with that of an earlier edition."""
        key = "" if self.kept is FORGETFUL else _key(unit, fingerprint(("past", meta)))
        data = self.kept.recall(key) if key else None
        known = unpacked_past(data) if data is not None else None
        made = known or past_unit(unit, meta)
        if key and not known:
            self.kept.keep(key, packed_past(made))
        return made

    def _known(self, unit: Unit, key: str) -> Known | None:
        data = self.kept.recall(key)
        held, known = self._held.get(unit.id, ("", None))
        if known is None or held != key:
            known = unpacked(data, unit) if data is not None else None
            if known:
                self._held[unit.id] = (key, known)
        elif data is None:
            self.kept.keep(key, packed(known, unit))
        return known

    def _keep(self, unit: Unit, key: str, known: Known) -> None:
        self._held[unit.id] = (key, known)
        self.kept.keep(key, packed(known, unit))


def _key(unit: Unit, ground: str) -> str:
    """Return the key of a unit that was read: of all that it is, and where; nothing of one that can't be kept."""
    if not (isinstance(unit.title, KeptNodes) and isinstance(unit.blocks, KeptNodes)):
        return ""
    said = _SAID[type(unit)](unit)
    place = (unit.span.file, unit.span.line, unit.span.column)
    pictures = [(picture.source, picture.digest) for picture in unit.pictures]
    # strings and numbers in tuples are written in a way that tells each from all others
    told = repr((ground, type(unit).__name__, said, place, pictures)).encode("utf-8", "surrogatepass")
    return blake2b(told + unit.title.digest + unit.blocks.digest, digest_size=16).hexdigest()

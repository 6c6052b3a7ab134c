"""The slides around those of the units: title and agenda, which lead to them, and the end."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

from mathbook.deck.bundle import Bundle, pack, unpack
from mathbook.deck.compile import fitted, fitter
from mathbook.deck.finish import written
from mathbook.deck.fitter import Fitter
from mathbook.deck.headers import closing_drafts, opening_drafts
from mathbook.deck.slides import Draft, Slide
from mathbook.diagnostics import Collector, Span
from mathbook.document.edition import Edition, Options
from mathbook.document.fingerprint import fingerprint
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.theme import Theme
from mathbook.frozen import frozen

Places = tuple[tuple[str, int], ...]
"""The number of each unit's first slide."""


@frozen
class Opening:
    """Title and agenda: how many slides they are is known before it is known where these lead. Those of a book, whose
    agenda is long, are remembered.
    """

    drafts: tuple[Draft, ...]
    theme: Theme
    options: Options
    memo: Memo
    key: str

    @property
    def slides(self) -> int:
        """How many there are."""
        if self.key and (kept := self.memo.recall(self.key)) is not None:
            return int(kept)
        slides = len(_placed(self.drafts, self.theme, self.options))
        if self.key:
            self.memo.keep(self.key, b"%d" % slides)
        return slides

    def bundle(self, places: Places) -> Bundle:
        """Return the finished slides."""
        key = f"{self.key}-{_hash_of(places)}"
        if self.key and (kept := self.memo.recall(key)) is not None:
            return unpack(kept)
        if not self.key:
            return _finished(self.drafts, self.options.meta.title, self.theme, self.options)
        made = _written(self.drafts, self.options.meta.title, self.theme, self.options, dict(places), self.memo)
        self.memo.keep(key, pack(made))
        return made


def opening_of(edition: Edition, theme: Theme, memo: Memo) -> Opening:
    """Return what the deck opens with."""
    drafts, options = tuple(opening_drafts(edition)), Options(edition.audience, edition.meta)
    ground = fingerprint((theme.name, theme.digest, options))
    key = f"opening-{_hash_of((drafts, ground))}" if edition.scope == "book" else ""
    return Opening(drafts, theme, options, memo, key)


def _hash_of(made_of: object) -> str:
    """Return a hash of plain values: a fingerprint of 1,000 lines takes as long as to measure them."""
    return blake2b(repr(made_of).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def closing_of(edition: Edition, title: str, theme: Theme) -> Bundle:
    """Return what stays on the wall at the end."""
    return _finished(tuple(closing_drafts(edition)), title, theme, Options(edition.audience, edition.meta))


@lru_cache(maxsize=8)
def _placed(drafts: tuple[Draft, ...], theme: Theme, options: Options) -> tuple[Slide, ...]:
    """Return slides that no unit has; those of the decks of all examples are the same."""
    return fitted(drafts, _sizer(theme, options))


@lru_cache(maxsize=8)
def _finished(drafts: tuple[Draft, ...], title: str, theme: Theme, options: Options) -> Bundle:
    """Return the same slides as finished parts; they lead nowhere."""
    return _written(drafts, title, theme, options, {}, FORGETFUL)


def _written(
    drafts: tuple[Draft, ...], title: str, theme: Theme, options: Options, places: Mapping[str, int], memo: Memo
) -> Bundle:
    """Return the slides as finished parts; `places` are the numbers of the slides that they lead to."""
    slides = _placed(drafts, theme, options)
    return written(slides, title, theme, options, _sizer(theme, options), places=places, memo=memo)


def _sizer(theme: Theme, options: Options) -> Fitter:
    return fitter(theme, options, Span(""), Collector())

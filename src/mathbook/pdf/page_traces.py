"""Hashes of pages that are known before they are made: of a page nothing has changed if all that was looked at for its
hash is written in this file as it was in the last one, byte for byte and under the same numbers.

A linker numbers a book's units as before when one more stands behind them. To look at a page's bytes takes a tenth of
the time of making its hash.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from mathbook.document.memo import Memo
from mathbook.frozen import frozen
from mathbook.pdf.looked_at import LookedAt
from mathbook.pdf.page_digest import LONG, PageDigests, kind_of, outer_of
from mathbook.pdf.raw_file import NotKnown

_KEY = "pages-looked-at"
_MANY = 6
"""Objects of one object stream from which on its bytes are compared, and not those of each object in it."""


@frozen
class Trace:
    """What was looked at for a page, by how it is compared: `alone` are objects that stand alone, `held` object streams
    with the first and the last number of what was looked at in them, `texts` single objects of such streams.
    """

    alone: tuple[int, ...]
    held: tuple[tuple[int, int, int], ...]
    texts: tuple[int, ...]
    pages: tuple[int, ...]
    keys: tuple[int, ...]
    orders: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass(slots=True)
class PageTraces:
    """The pages of one file, beside those of the last, which the memo knows."""

    digests: PageDigests
    memo: Memo
    _before: dict[int, list[Any]] = field(default_factory=dict)
    _now: dict[int, list[Any]] = field(default_factory=dict)
    _written: dict[int, bytes] = field(default_factory=dict)
    _texts: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kept = self.memo.recall(_KEY)
        self._before = {record[0]: record for record in json.loads(kept)} if kept else {}

    def all(self) -> list[str]:
        """Return the hashes of all pages in their order, nothing for one that has to be read; and remember them."""
        found = [self._of(at, number) for at, number in enumerate(self.digests.pages)]
        self.memo.keep(_KEY, json.dumps(list(self._now.values()), separators=(",", ":")).encode("ascii"))
        return found

    def _of(self, at: int, number: int) -> str:
        if record := self._before.get(number):
            _, digest, state, *trace = record
            if self._state(Trace(*trace)) == state:
                self._now[number] = record
                return str(digest)
        digest, looked = self.digests.of(at)
        if digest:
            made = self._trace(looked)
            parts = (made.alone, made.held, made.texts, made.pages, made.keys, made.orders)
            self._now[number] = [number, digest, self._state(made), *parts]
        return digest

    def _trace(self, looked: LookedAt) -> Trace:
        """Return how what was looked at is compared."""
        holders: dict[int, list[int]] = {}
        for number in sorted(looked.objects):
            holders.setdefault(self.digests.file.holder(number), []).append(number)
        alone = [holder for holder, numbers in holders.items() if numbers == [holder]]
        inside = {holder: numbers for holder, numbers in holders.items() if holder not in alone}
        held = [(holder, numbers[0], numbers[-1]) for holder, numbers in inside.items() if len(numbers) >= _MANY]
        texts = [number for numbers in inside.values() if len(numbers) < _MANY for number in numbers]
        return Trace(
            *(tuple(alone), tuple(held), tuple(texts)),
            tuple(sorted(looked.pages)),
            tuple(sorted(looked.keys)),
            tuple(sorted(looked.orders.items())),
        )

    def _state(self, trace: Trace) -> str:
        """Return a hash of all that was looked at, as it is in this file; nothing if some of it isn't there."""
        file, digests = self.digests.file, self.digests
        try:
            parts = [b"%d" % digests.root]
            parts += [self._stored(number) for number in trace.alone]
            for holder, first, last in trace.held:
                parts += [self._stored(holder), file.places.within(holder, first, last)]
            parts += [self._text(number) for number in trace.texts]
            parts += [b"%d" % digests.numbers[number] for number in trace.pages]
            parts += [b"%d" % digests.parents[key] for key in trace.keys]
            parts += [self._order(number, kids) for number, kids in trace.orders]
        except (NotKnown, LookupError, ValueError):
            return ""
        return blake2b(b"|".join(parts), digest_size=16).hexdigest()

    def _stored(self, number: int) -> bytes:
        """Return the number of an object that stands alone, and a hash of the bytes that it is written as."""
        if number not in self._written:
            self._written[number] = (
                b"%d " % number + blake2b(self.digests.file.written(number), digest_size=16).digest()
            )
        return self._written[number]

    def _text(self, number: int) -> bytes:
        """Return the number of an object, and its text."""
        if number not in self._texts:
            self._texts[number] = b"%d %b" % (number, self.digests.file.text(number))
        return self._texts[number]

    def _order(self, number: int, kids: Sequence[int]) -> bytes:
        """Return what is told of an element that holds many. Raises NotKnown if it doesn't hold many any more."""
        text = self.digests.file.text(number)
        outer = outer_of(text)
        if len(text) <= LONG and outer != self.digests.root:
            raise NotKnown("an element of which all has to be looked at")
        order = self.digests.order(number, text)
        inside = b" ".join(b"%d" % kid for kid in sorted(kids, key=order.__getitem__))
        return b"%d %d %b %b" % (number, outer, kind_of(text), inside)

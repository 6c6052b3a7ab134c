"""A stretch of a finished file, which its reader reads in one go: a page, a document of an e-book, some slides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from mathbook.document.passage import Passage
from mathbook.frozen import frozen


@frozen
class Stretch:
    """What can be known of a stretch before it is read.

    `key` is a hash of all in the file that decides what `read` finds, but for `places` and `unit`: stretches of one key
    say the same. It is empty if nothing but reading can tell. The places of the passages begin with one of `places`
    ("page 3", "slide 12"). `unit` is what the file has in the place of a unit's id ("section 3"), or empty if it
    doesn't say. `read` may be called while the file is open.
    """

    key: str
    places: tuple[str, ...]
    unit: str
    read: Callable[[], Sequence[Passage]]

    def place_of(self, passage: Passage) -> tuple[int, str]:
        """Return in which of the places a passage of the stretch stands, and what its own place has behind it."""
        here = passage.place
        begun = [(len(place), at) for at, place in enumerate(self.places) if here.startswith(place)]
        assert begun, f"{here} is no place of {self.places}"
        length, at = max(begun)
        return at, here[length:]


def passages_of(stretches: Iterable[Stretch], *, titled: bool = False) -> Iterator[Passage]:
    """Yield the passages of all stretches. In a file that names no units a part begins with each title, if it is
    `titled`: "part 1", "part 2", and before the first of them "part 0".
    """
    parts = 0
    for stretch in stretches:
        for passage in stretch.read():
            parts += passage.role == "title"
            unit = f"part {parts}" if titled else passage.unit or stretch.unit
            yield passage if passage.unit == unit else replace(passage, unit=unit)

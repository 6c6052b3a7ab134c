"""The table of formats. A new one is one row here, or an entry point `mathbook.formats` in another distribution."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Any, cast

from mathbook.document.book import Audience, FormatName, OutputName
from mathbook.frozen import frozen


@frozen
class FormatRow:
    """A format: its room, and the files that are made of an edition. `{slug}` is `03-quant`, `{mark}` the audience's.

    `shows` names the format whose content it shows, if that isn't its own, and `stands_on` the rooms that it uses.
    A room is imported when one of its doors is opened, so that nobody waits for a library that isn't used.
    """

    name: OutputName
    room: str
    book: str
    unit: str = ""
    unit_audiences: tuple[Audience, ...] = ()
    pages_of: str = ""
    """The format whose page numbers it shows: its `link` takes that one's Pagination too, None if it isn't built."""
    links_again: bool = False
    """Whether its `link` takes a Memo (as `memo`), so that a build makes only what it hasn't made before."""
    tells_book: bool = False
    """Whether what a file of one unit refers to elsewhere is said to be of the book; else it is as in the book."""
    shows: FormatName | None = None
    stands_on: tuple[str, ...] = ()
    copies: bool = False
    """Whether its `link` takes a Before (as `before`) and a sequence of fragments, each of which is read when it is
    asked for, so that a build copies what it has made before.
    """

    @property
    def content(self) -> FormatName:
        """The format for which the units' content is chosen."""
        return self.shows or cast("FormatName", self.name)

    @property
    def rooms(self) -> tuple[str, ...]:
        """The rooms whose code decides what the files are."""
        return (self.room, *self.stands_on)

    def made(self, name: str) -> bool:
        """Return whether this format makes files of that name, for some audience and some unit."""
        return any(_names(pattern).fullmatch(name) for pattern in (self.book, self.unit) if pattern)

    def door(self, name: str) -> Any:
        """Return the room's function of that name: compile, link, seal, unseal or read_back."""
        return getattr(import_module(f"{self.room}.{name}"), name)

    def has_door(self, name: str) -> bool:
        """Return whether the room has a function of that name."""
        return find_spec(f"{self.room}.{name}") is not None


@cache
def _names(pattern: str) -> re.Pattern[str]:
    """Return what the names match that a row's pattern gives."""
    plain = re.escape(pattern)
    return re.compile(plain.replace(r"\{mark\}", "(-[a-z]+)?").replace(r"\{slug\}", "[^/]+"))


SHIPPED = (
    FormatRow(
        "pdf",
        "mathbook.pdf",
        "book{mark}.pdf",
        "handouts/{slug}{mark}.pdf",
        ("student", "instructor"),
        links_again=True,
        tells_book=True,
    ),
    FormatRow("epub", "mathbook.epub", "book{mark}.epub", pages_of="pdf", links_again=True),
    FormatRow("deck", "mathbook.deck", "deck{mark}.pptx", "decks/{slug}.pptx", ("student",), "pdf", copies=True),
    FormatRow(
        "slides-handout",
        "mathbook.slides_handout",
        "slides-handout{mark}.pdf",
        shows="deck",
        stands_on=("mathbook.deck", "mathbook.pdf"),
    ),
)


def formats() -> dict[str, FormatRow]:
    """Return the formats by name; an entry point is a FormatRow."""
    return {**{row.name: row for row in SHIPPED}, **dict(_from_elsewhere())}


@cache
def _from_elsewhere() -> tuple[tuple[str, FormatRow], ...]:
    """Return the formats of other distributions: looking through all that is installed takes milliseconds."""
    return tuple((entry.name, entry.load()) for entry in entry_points(group="mathbook.formats"))

"""The table of formats. A new one is one row here, or an entry point `mathbook.formats` in another distribution."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from mathbook.document.book import Audience, FormatName


@dataclass(frozen=True, slots=True)
class FormatRow:
    """A format: its room, and the files that are made of an edition. `{slug}` is `03-quant`, `{mark}` the audience's.

    A room is imported when one of its doors is opened, so that nobody waits for a library that isn't used.
    """

    name: FormatName
    room: str
    book: str
    unit: str = ""
    unit_audiences: tuple[Audience, ...] = ()
    pages_of: str = ""
    """The format whose page numbers it shows: its `link` takes that one's Pagination too, None if it isn't built."""

    def door(self, name: str) -> Any:
        """Return the room's function of that name: compile, link or read_back."""
        return getattr(import_module(f"{self.room}.{name}"), name)


SHIPPED = (
    FormatRow("pdf", "mathbook.pdf", "book{mark}.pdf", "handouts/{slug}{mark}.pdf", ("student", "instructor")),
    FormatRow("epub", "mathbook.epub", "book{mark}.epub", pages_of="pdf"),
    FormatRow("deck", "mathbook.deck", "deck{mark}.pptx", "decks/{slug}.pptx", ("student",)),
)


def formats() -> dict[str, FormatRow]:
    """Return the formats by name; an entry point is a FormatRow."""
    found: dict[str, FormatRow] = {row.name: row for row in SHIPPED}
    found.update({entry.name: entry.load() for entry in entry_points(group="mathbook.formats")})
    return found

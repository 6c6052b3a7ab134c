"""An edition: a book resolved for one audience, with all numbers and references in it."""

from __future__ import annotations

from typing import Literal

from mathbook.document.book import Audience, Meta, Unit
from mathbook.frozen import frozen


@frozen
class Label:
    """Something that can be referred to: `name` as the author wrote it (eq:normal), `text` as readers read it."""

    name: str
    unit: str
    kind: str
    number: str
    text: str
    caption: str = ""

    @property
    def anchor(self) -> str:
        """What a link to it names: the label, or for a whole unit the unit's own id."""
        return self.unit if self.name in (f"ex:{self.unit}", f"sec:{self.unit}") else self.name


@frozen
class Edition:
    """What is compiled and linked. `scope` is "unit" when one unit stands alone, as a handout or a deck of its own.

    `labels` are in order of appearance and include one for each example and heading that has an id.
    """

    audience: Audience
    meta: Meta
    units: tuple[Unit, ...]
    labels: tuple[Label, ...]
    scope: Literal["book", "unit"] = "book"

    @property
    def alone_from(self) -> str:
        """The title of the book that the one unit is from, nothing if the book itself is here."""
        return self.meta.title if self.scope == "unit" else ""


@frozen
class Options:
    """What a compiler may know beside the unit and the theme: nothing that another unit could change. If it is `alone`
    the unit is for a file of its own, and says of which book the things are that it refers to.
    """

    audience: Audience
    meta: Meta
    alone: bool = False

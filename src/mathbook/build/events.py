"""What happens while a book is built: the build yields these, the command line shows them, the tests assert them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TypeAlias

from mathbook.diagnostics import Diagnostic
from mathbook.frozen import frozen


@frozen
class Waiting:
    """Another build of this project is running; this one goes on when that ends."""


@frozen
class Planned:
    """So many fragments are needed, and so many of them have to be compiled."""

    fragments: int
    to_compile: int


@frozen
class Compiled:
    """A unit was compiled; `smallest` is the size of its smallest type in points, 0 if the format chooses none."""

    unit: str
    format: str
    audience: str
    smallest: float = 0.0


@frozen
class Reused:
    """A unit came from the cache; `smallest` as in Compiled."""

    unit: str
    format: str
    audience: str
    smallest: float = 0.0


@frozen
class Healed:
    """A damaged entry of the cache was found and thrown away."""

    key: str


@frozen
class NotKept:
    """The disk didn't take a fragment into the cache: the next build compiles the unit again."""

    unit: str
    format: str
    audience: str


@frozen
class Linked:
    """A file was linked."""

    file: str


@frozen
class Unpaged:
    """A format was linked without the page numbers of the one that has them, since that isn't built with it."""

    format: str
    pages_of: str


@frozen
class Published:
    """A file stands in dist/; `changed` says whether it differs from the one that stood there."""

    file: str
    size: int
    changed: bool


@frozen
class Told:
    """Something to tell the author."""

    diagnostic: Diagnostic


Event: TypeAlias = Waiting | Planned | Compiled | Reused | Healed | NotKept | Linked | Unpaged | Published | Told


def as_record(event: Event) -> dict[str, Any]:
    """Return the event as a JSON-ready record."""
    if isinstance(event, Told):
        return {"event": "told", **event.diagnostic.as_record()}
    return {"event": type(event).__name__.lower(), **asdict(event)}

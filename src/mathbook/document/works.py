"""Works that a book cites: what CSL (Citation Style Language 1.0.2, appendix IV) knows of each."""

from __future__ import annotations

from dataclasses import field

from mathbook.diagnostics import NOWHERE, Span
from mathbook.frozen import frozen


@frozen
class Person:
    """Somebody's name in its parts, or (with `literal`) a name that has none, such as an institution's."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""


@frozen
class When:
    """A date: year, month and day as far as they are known; two of them for a span of time; or words."""

    parts: tuple[tuple[int, ...], ...] = ()
    literal: str = ""
    circa: bool = False


@frozen
class Work:
    """A record of a bibliography. `kind` is CSL's type; people, dates and words go by the names of CSL's variables."""

    key: str
    kind: str
    people: tuple[tuple[str, tuple[Person, ...]], ...] = ()
    dates: tuple[tuple[str, When], ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)


def anchor_of(key: str) -> str:
    """Return the name of the place at which a work stands in the bibliography."""
    return f"bib:{key}"

"""What is written in the book, and one audience doesn't get: whoever refers to it there is told so."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import get_args

from mathbook.document.book import Audience, Unit
from mathbook.document.nodes import Conditional, Exercise
from mathbook.document.walk import found_in
from mathbook.edition.labels import Labelled
from mathbook.frozen import frozen


@frozen
class Withheld:
    """The units as they are written, looked through only for what an audience has no label of."""

    audience: Audience
    units: Sequence[Unit]

    def told(self, names: Container[str]) -> tuple[str, str] | None:
        """Return why the audience has nothing of one of these names, and what to do; None if nobody has."""
        for unit in self.units:
            for node in found_in(unit.blocks, Exercise, Conditional):
                inside = node.solution if isinstance(node, Exercise) else node.children
                if any(one.id in names for one in found_in(inside, *get_args(Labelled))):
                    return self._why(node)
        return None

    def _why(self, place: Exercise | Conditional) -> tuple[str, str]:
        others = "instructor" if self.audience == "student" else "student"
        here, also = ("a solution", "in a solution or ") if isinstance(place, Exercise) else ("a block for others", "")
        return (
            f"stands in {here}, which the {self.audience}'s edition doesn't have",
            f"move it out of there, or refer to it only {also}in ::: {{.content-visible when-audience={others}}}",
        )

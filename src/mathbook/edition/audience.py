"""What one audience sees of a unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mathbook.document.book import Audience, Meta, Unit
from mathbook.document.kept_nodes import KeptNodes
from mathbook.document.nodes import Conditional, Exercise, Image
from mathbook.document.walk import Spread, found_in, map_tree


def for_audience(unit: Unit, audience: Audience, meta: Meta) -> Unit:
    """Return the unit without what this audience doesn't get: solutions, blocks for others, and pictures only there."""
    chosen = map_tree(unit.blocks, _chooser(audience, keep_solutions=shows_solutions(audience, meta)))
    blocks = KeptNodes.of(chosen, unit.span.file)
    used = {image.source for image in found_in((unit.title, blocks), Image)}
    return replace(unit, blocks=blocks, pictures=tuple(picture for picture in unit.pictures if picture.source in used))


def shows_solutions(audience: Audience, meta: Meta) -> bool:
    """True if this audience's files hold the solutions."""
    return audience == "instructor" or meta.solutions == "everyone"


def _chooser(audience: Audience, *, keep_solutions: bool) -> Callable[[object], object]:
    def choose(node: object) -> object:
        match node:
            case Exercise() if node.solution and not keep_solutions:
                return replace(node, solution=())
            case Conditional():
                return _for_audience(node, audience)
            case _:
                return node

    return choose


def _for_audience(node: Conditional, audience: Audience) -> object:
    """Return what is left of the condition: it holds only if both the audience and the format are among those named."""
    matches = not node.audiences or audience in node.audiences
    if matches and node.formats:
        return replace(node, audiences=())
    return Spread(node.children if matches == node.shown else ())

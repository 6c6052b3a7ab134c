"""A resolved unit as bytes, and back: a head that is looked at in each build, and lines of nodes that wait."""

from __future__ import annotations

from dataclasses import replace

from mathbook.diagnostics import Code, Diagnostic, Severity
from mathbook.document.book import Unit
from mathbook.document.edition import Label
from mathbook.document.kept_nodes import NODES, KeptNodes
from mathbook.document.packing import Packing
from mathbook.document.past import PastUnit
from mathbook.edition.finish import Finished, Told
from mathbook.edition.outline import Outline
from mathbook.edition.sketch import Sketch
from mathbook.edition.terms import Use
from mathbook.frozen import frozen

_PACKING = Packing((*NODES, Label, Outline, Use, Told, Sketch, PastUnit, Diagnostic, Code, Severity))


@frozen
class Known:
    """What a unit asked for, a hash of the answers that it got, what became of it with these, and that in short."""

    outline: Outline
    given: str
    finished: Finished
    sketch: Sketch


def with_kept_nodes(finished: Finished) -> Finished:
    """Return the same with a unit whose nodes can be kept."""
    unit = finished.unit
    file = unit.span.file
    title, blocks, terms = (KeptNodes.of(nodes, file) for nodes in (unit.title, unit.blocks, unit.terms))
    return replace(finished, unit=replace(unit, title=title, blocks=blocks, terms=terms))


def packed(known: Known, read: Unit) -> bytes:
    """Return as bytes what is known of the unit that was `read`, whose nodes are kept."""
    unit, finished = known.finished.unit, known.finished
    assert isinstance(unit.title, KeptNodes), "its nodes are kept"
    assert isinstance(unit.blocks, KeptNodes), "its nodes are kept"
    assert isinstance(unit.terms, KeptNodes), "its nodes are kept"
    lines = [unit.title, unit.blocks, unit.terms]
    pictures = tuple(picture.source for picture in unit.pictures)
    counts = tuple(len(nodes) for nodes in lines)
    head = (known.outline, known.given, finished.index, finished.told, known.sketch, pictures, counts)
    return b"\n".join([_PACKING.packed(head, read.span.file), *(nodes.data for nodes in lines)])


def unpacked(data: bytes, read: Unit) -> Known | None:
    """Return what is known of the unit that was `read`; None if the bytes are nothing of that kind."""
    head, *lines = data.split(b"\n")
    file = read.span.file
    try:
        outline, given, index, told, sketch, pictures, counts = _PACKING.unpacked(head, file)
        title, blocks, terms = zip(lines, map(int, counts), strict=True)
        shown = tuple(picture for picture in read.pictures if picture.source in pictures)
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    unit = replace(
        read,
        title=KeptNodes(file, *title),
        blocks=KeptNodes(file, *blocks),
        terms=KeptNodes(file, *terms),
        pictures=shown,
    )
    return Known(outline, given, Finished(unit, index, told), sketch)


def packed_past(unit: PastUnit) -> bytes:
    """Return as bytes what can be compared of a unit."""
    return _PACKING.packed(unit, "")


def unpacked_past(data: bytes) -> PastUnit | None:
    """Return what can be compared of a unit; None if the bytes are nothing of that kind."""
    try:
        unit = _PACKING.unpacked(data, "")
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return unit if isinstance(unit, PastUnit) else None

"""Lowering of `:::` blocks: which class means which node."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code, did_you_mean
from mathbook.document.kinds import BOX_KINDS
from mathbook.document.nodes import (
    Block,
    Box,
    Column,
    Columns,
    Incremental,
    Inline,
    Paragraph,
    Quotation,
    Slide,
    SourceNote,
    SpeakerNotes,
    Text,
)
from mathbook.source.lower_attributes import value
from mathbook.source.lower_captioned import CAPTIONED, lower_captioned
from mathbook.source.lower_conditions import lower_condition
from mathbook.source.lower_exercises import lower_exercise, lower_stray
from mathbook.source.lower_inlines import joined_inlines

if TYPE_CHECKING:
    from mathbook.source.lower import Lowering

_ALIASES = {
    **{f"callout-{name}": name for name in ("note", "tip", "warning", "important", "caution")},
    "worked-example": "worked",
    "example": "worked",
    "exr": "exercise",
    "quotation": "quote",
    "speaker-notes": "notes",
}
_BY_PREFIX = {kind.prefix: kind.name for kind in BOX_KINDS.values() if kind.prefix} | {"exr": "exercise"}
_INLINE_CHILDREN = frozenset({"title", "by", "source"})


def lower_div(element: Element, low: Lowering) -> tuple[Block, ...]:
    """Return the nodes that the block stands for; of an unknown block, what is in it."""
    classes = element.get("class", "").split()
    known = [name for name in classes if _ALIASES.get(name, name) in _DIVS]
    if not known and (kind := _BY_PREFIX.get(element.get("id", "").partition(":")[0])):
        known = [kind]
    if not known and element.get("id", "").partition(":")[0] in CAPTIONED and not classes:
        return lower_captioned(element, low)
    if not known:
        return _unknown(element, low, classes)
    name = _ALIASES.get(known[0], known[0])
    extra = [each for each in classes if each != known[0]]
    if extra and name not in _MORE_CLASSES:
        _tell_of_classes(element, low, extra, known[0])
    return _DIVS[name](element, low, name)


def _unknown(element: Element, low: Lowering, classes: Sequence[str]) -> tuple[Block, ...]:
    written = f".{classes[0]}" if classes else "without a class"
    hint = did_you_mean(classes[0], (*_DIVS, *_ALIASES)) if classes else ""
    hint = hint or "docs/dialect.md lists the blocks"
    low.error(Code.BLOCK_UNKNOWN, element, f"there is no block {written}; its text is kept", hint)
    heads = tuple(Paragraph(low.inlines(child), low.span(child)) for child in element if child.tag in _INLINE_CHILDREN)
    return (*heads, *_children(element, low))


def _tell_of_classes(element: Element, low: Lowering, extra: Sequence[str], known: str) -> None:
    for name in extra:
        message = f"the block .{known} has no class .{name}"
        low.error(Code.ATTRIBUTE_UNKNOWN, element, message, did_you_mean(name, sorted(_MORE_CLASSES)))


def _children(element: Element, low: Lowering, leave_out: Element | None = None) -> tuple[Block, ...]:
    inner = (child for child in element if child.tag not in _INLINE_CHILDREN and child is not leave_out)
    return low.blocks(inner)


def titled(element: Element, low: Lowering) -> tuple[tuple[Inline, ...], Element | None]:
    """Return a block's title and the element that it comes from: `title=`, or a first heading inside (as in Quarto)."""
    written = element.find("title")
    if written is not None:
        return low.inlines(written), None
    first = next((child for child in element if child.tag not in _INLINE_CHILDREN), None)
    if first is not None and first.tag == "h":
        return low.inlines(first), first
    return (), None


def _lower_box(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    low.check_keys(element, ("collapse", "appearance", "icon"))
    title, heading = titled(element, low)
    box = Box(name, _children(element, low, heading), title, _id(element, heading), span=low.span(element))
    return (box,)


def _id(element: Element, heading: Element | None) -> str:
    return element.get("id", "") or (heading.get("id", "") if heading is not None else "")


def _lower_exercise(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    low.check_keys(element, ())
    title, heading = titled(element, low)
    inner = [child for child in element if child.tag not in _INLINE_CHILDREN and child is not heading]
    return (lower_exercise(element, inner, title, low),)


def _lower_stray(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    return lower_stray(element, low, name)


def _lower_source(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    low.check_keys(element, ())
    children = _children(element, low)
    if low.surroundings.seed is None:
        if not low.surroundings.seed_told:
            message = "a source block stands here, but there is no seed record to fill it"
            low.error(Code.SEED_MISSING, element, message, "name the record with seed: in the front matter")
        return children
    return (SourceNote(low.surroundings.seed, children, low.span(element)),)


def _lower_slide(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    low.check_keys(element, ("also", "layout"))
    title, heading = titled(element, low)
    also = value(element, "also")
    if also not in ("", "handout"):
        message = f"also={also} is not known; a slide is in the deck and can be in the handout"
        low.error(Code.ATTRIBUTE_UNKNOWN, element, message, "write also=handout")
    children = _children(element, low, heading)
    layout = value(element, "layout")
    return (Slide(title, children, also == "handout", layout, _id(element, heading), low.span(element)),)


def _lower_notes(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    low.check_keys(element, ())
    return (SpeakerNotes(_children(element, low), low.span(element)),)


def _lower_columns(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    """Return the columns; what stands between them is a column of its own, and told."""
    low.check_keys(element, ())
    columns = []
    for child in element:
        if child.tag == "div" and "column" in child.get("class", "").split():
            low.check_keys(child, ("width",))
            columns.append(Column(_children(child, low), _width(child, low)))
        else:
            hint = "put it into a ::: column, or out of ::: columns"
            low.error(Code.BLOCK_MISPLACED, child, "only ::: column blocks may stand inside ::: columns", hint)
            columns.append(Column(low.blocks([child])))
    return (Columns(tuple(columns), low.span(element)),)


def _width(element: Element, low: Lowering) -> float:
    """Return the column's share of the line, from `60%` or `0.6`."""
    written = value(element, "width")
    number = written.removesuffix("%")
    try:
        share = float(number) / (100 if number != written else 1) if written else 0.0
    except ValueError:
        share = -1.0
    if 0 <= share <= 1:
        return share
    low.error(Code.ATTRIBUTE_SYNTAX, element, f"width={written} is not a share of the line", "write it as 60%")
    return 0.0


def _lower_column(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    hint = "put it into a ::: columns block"
    low.error(Code.BLOCK_MISPLACED, element, "a ::: column may only stand inside ::: columns", hint)
    return _children(element, low)


def _lower_incremental(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    low.check_keys(element, ())
    return (Incremental(_children(element, low), low.span(element)),)


def _lower_transparent(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    low.check_keys(element, ())
    return _children(element, low)


def _lower_quote(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    """Return the quotation; a block quote that is alone in the block is not nested once more."""
    low.check_keys(element, ())
    children = _children(element, low)
    said: tuple[Inline, ...] = ()
    for part in (low.child_inlines(element, "by"), low.child_inlines(element, "source")):
        said = (*said, *((Text(", "),) if said and part else ()), *part)
    if len(children) == 1 and isinstance(inner := children[0], Quotation):
        children, said = inner.children, said or inner.attribution
    return (Quotation(children, joined_inlines(said), low.span(element)),)


def _lower_condition(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    return (lower_condition(element, _children(element, low), low, shown=name == "content-visible"),)


_MORE_CLASSES = frozenset({"content-visible", "content-hidden"})
_DIVS: Mapping[str, Callable[[Element, Lowering, str], tuple[Block, ...]]] = {
    **dict.fromkeys(BOX_KINDS, _lower_box),
    "exercise": _lower_exercise,
    "hint": _lower_stray,
    "solution": _lower_stray,
    "source": _lower_source,
    "slide": _lower_slide,
    "notes": _lower_notes,
    "columns": _lower_columns,
    "column": _lower_column,
    "incremental": _lower_incremental,
    "nonincremental": _lower_transparent,
    "quote": _lower_quote,
    "content-visible": _lower_condition,
    "content-hidden": _lower_condition,
}

"""Lowering of Quarto's blocks around a figure, a table or a listing: `::: {#fig-gd}`, with the caption behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code
from mathbook.document.nodes import Block, Figure, Image, Inline, Listing, Paragraph, Table

if TYPE_CHECKING:
    from mathbook.source.lower import Lowering

CAPTIONED = {"fig": "one picture", "tbl": "one table", "lst": "one block of code"}
"""The prefixes of such blocks' ids, and what each holds."""


def lower_captioned(element: Element, low: Lowering) -> tuple[Block, ...]:
    """Return the figure, table or listing with the block's id and caption; what doesn't fit is told, and kept."""
    low.check_keys(element, ())
    label = element.get("id", "")
    blocks = low.blocks(element)
    made = _captioned(label.partition(":")[0], label, blocks)
    if made is None:
        message = f"the block #{label} holds something else than {CAPTIONED[label.partition(':')[0]]} and its caption"
        low.error(
            Code.BLOCK_MISPLACED, element, message, "docs/dialect.md shows how figures, tables and code are written"
        )
        return blocks
    return (made,)


def _captioned(prefix: str, label: str, blocks: Sequence[Block]) -> Block | None:
    caption: tuple[Inline, ...] = ()
    if len(blocks) == 2 and isinstance(last := blocks[1], Paragraph):
        caption, blocks = last.children, blocks[:1]
    if len(blocks) != 1:
        return None
    inner = blocks[0]
    if prefix == "fig" and isinstance(inner, Paragraph) and isinstance(image := inner.children[0], Image):
        return Figure(image, caption, label, span=inner.span) if len(inner.children) == 1 else None
    if isinstance(inner, _KINDS[prefix]):
        return replace(inner, caption=caption or inner.caption, id=label)
    return None


_KINDS: dict[str, type[Figure] | type[Table] | type[Listing]] = {"fig": Figure, "tbl": Table, "lst": Listing}

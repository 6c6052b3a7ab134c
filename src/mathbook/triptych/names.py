"""What people call a block: "Theorem 4.1", "Equation (4.2)", "Paragraph"."""

from __future__ import annotations

from mathbook.document.kinds import BOX_KINDS
from mathbook.document.nodes import Block, Box, Equation

_KINDS = {
    "bulletlist": "List",
    "orderedlist": "Numbered list",
    "definitionlist": "Definitions",
    "sourcenote": "Source",
    "speakernotes": "Speaker notes",
    "incremental": "List, step by step",
    "conditional": "For some formats",
}
"""Kinds of blocks that are called otherwise than their nodes."""


def name_of(block: Block) -> str:
    """Return the block's name, with its number if it has one."""
    if isinstance(block, Equation):
        return f"Equation ({block.number})" if block.number else "Equation"
    kind = type(block).__name__
    named = BOX_KINDS[block.kind].title if isinstance(block, Box) else _KINDS.get(kind.lower(), kind)
    return f"{named} {getattr(block, 'number', '')}".rstrip()

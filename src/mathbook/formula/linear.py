"""A formula in a line of text: mathra's, with room only where a reader wants it."""

from __future__ import annotations

import re

from mathbook.formula.tree import Function, Node
from mathbook.formula.walk import walk

_SCRIPT = r"(?:[_^](?:\([^()]*\)|\w))?"
_ONE_SIGN = r"(?:[_^]\w)*"


def in_a_line(text: str, tree: Node) -> str:
    """Return the text with no space between an operator's name and a bracket, and some around names of several words.

    A script in brackets is no argument: what follows it keeps its distance, as in lim_(x → 0) (x + 1).
    """
    for name in sorted({node.name for node in walk(tree) if isinstance(node, Function)}, key=len, reverse=True):
        written = re.escape(name)
        if " " in name:
            text = re.sub(rf"({written}{_SCRIPT})(?=\w)", r"\1 ", text)
            text = re.sub(rf"(?<=\w)(?={written})", " ", text)
        text = re.sub(rf"(?<!\w)({written}{_ONE_SIGN}) (?=[(\[{{⟨⌊⌈])", r"\1", text)
    return text

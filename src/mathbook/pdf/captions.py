"""What the lists of figures and tables call them: the number and the first sentence of the caption, as plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mathbook.document.book import Unit
from mathbook.document.fragment import Caption
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.labels import id_of
from mathbook.document.nodes import Figure, Table
from mathbook.document.walk import walk
from mathbook.document.words import say
from mathbook.formula.plain_line import plain_line

_SENTENCE = re.compile(r"(.+?[.!?])\s+(?=[^\W\d_])", re.DOTALL)
"""A sentence that another follows: one that begins with a letter, so that "0.90 of" stays whole."""


def captions_of(unit: Unit, language: str) -> Iterator[Caption]:
    """Yield what has a caption and an id, in the unit's order."""
    for node in walk(unit.blocks):
        if isinstance(node, Figure | Table) and node.id and node.caption:
            kind = "fig" if isinstance(node, Figure) else "tbl"
            name = say(LABEL_KINDS[kind].title, language)
            words = first_sentence(plain_line(node.caption, language))
            yield Caption(kind, id_of(node.id), f"{name}\N{NO-BREAK SPACE}{node.number}: {words}")


def first_sentence(caption: str) -> str:
    """Return the caption's first sentence without its full stop."""
    text = " ".join(caption.split())
    match = _SENTENCE.match(text)
    return (match.group(1) if match else text).removesuffix(".")

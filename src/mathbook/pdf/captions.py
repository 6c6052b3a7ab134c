"""What the lists of figures and tables call them: the number and the first sentence of the caption, as plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mathbook.document.edition import Edition
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.labels import id_of
from mathbook.document.nodes import Figure, Formula, Table
from mathbook.document.plain import plain
from mathbook.document.walk import walk
from mathbook.document.words import say
from mathbook.formula.parse import parse

_SENTENCE = re.compile(r"(.+?[.!?])\s+(?=[^\W\d_])", re.DOTALL)
"""A sentence that another follows: one that begins with a letter, so that "0.90 of" stays whole."""


def captioned(edition: Edition) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each list's title with the ids and words of what has a caption and an id, in the book's order."""
    language = edition.meta.language
    shown = [node for unit in edition.units for node in walk(unit.blocks) if isinstance(node, Figure | Table)]
    for title, kind, prefix in (("Figures", Figure, "fig"), ("Tables", Table, "tbl")):
        nodes = (node for node in shown if isinstance(node, kind))
        yield say(title, language), list(_entries(nodes, say(LABEL_KINDS[prefix].title, language), language))


def _entries(nodes: Iterable[Figure | Table], name: str, language: str) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if node.id and node.caption:
            words = first_sentence(plain(node.caption, language, lambda formula: _linear(formula, language)))
            yield id_of(node.id), f"{name}\N{NO-BREAK SPACE}{node.number}: {words}"


def first_sentence(caption: str) -> str:
    """Return the caption's first sentence without its full stop."""
    text = " ".join(caption.split())
    match = _SENTENCE.match(text)
    return (match.group(1) if match else text).removesuffix(".")


def _linear(formula: Formula, language: str) -> str:
    """Return the formula on one line: in a list of titles no drawing is needed."""
    parsed = parse(formula.latex, display=False, definitions=formula.definitions, language=language)
    return parsed.linear

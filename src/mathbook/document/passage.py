"""A passage: what a reader can find of one block, in the edition or in a finished file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Role: TypeAlias = Literal[
    "title",
    "heading",
    "paragraph",
    "item",
    "quotation",
    "listing",
    "equation",
    "figure",
    "caption",
    "cell",
    "box",
    "notes",
]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words, formulas, links and pictures of one block.

    `unit` is the id of its unit, or empty where the file doesn't say. `words` has single spaces, and U+FFFC where a
    formula stands; each of `formulas` is a formula's leaf symbols in order, joined. `place` is for people: "page 3",
    "slide 12, notes".
    """

    role: Role
    words: str
    formulas: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    unit: str = ""
    place: str = ""

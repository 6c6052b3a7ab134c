"""The kinds of boxes, one row each: a new theorem-like block is one new row."""

from __future__ import annotations

from typing import Literal

from mathbook.frozen import frozen


@frozen
class BoxKind:
    """How a kind of box is called, counted and treated.

    `title` is the word before the number ("Theorem"); `counter` the series that it counts in, empty if it has no
    number; `family` decides its look; `deck` says whether it gets a slide of its own, closes its example, or stands as
    a callout on the slide that it belongs to; `prefix` is what a label of this kind begins with (`thm:`).
    """

    name: str
    title: str
    counter: str
    family: Literal["theorem", "plain", "proof", "takeaway", "callout"]
    deck: Literal["own", "closing", "callout"]
    prefix: str = ""


BOX_KINDS: dict[str, BoxKind] = {
    kind.name: kind
    for kind in (
        BoxKind("definition", "Definition", "theorem", "theorem", "own", "def"),
        BoxKind("theorem", "Theorem", "theorem", "theorem", "own", "thm"),
        BoxKind("lemma", "Lemma", "theorem", "theorem", "own", "lem"),
        BoxKind("corollary", "Corollary", "theorem", "theorem", "own", "cor"),
        BoxKind("proposition", "Proposition", "theorem", "theorem", "own", "prp"),
        BoxKind("proof", "Proof", "", "proof", "own"),
        BoxKind("remark", "Remark", "theorem", "plain", "own", "rem"),
        BoxKind("worked", "Worked example", "theorem", "theorem", "own", "wrk"),
        BoxKind("algorithm", "Algorithm", "algorithm", "theorem", "own", "alg"),
        BoxKind("takeaway", "Takeaway", "", "takeaway", "closing"),
        BoxKind("note", "Note", "", "callout", "callout"),
        BoxKind("tip", "Tip", "", "callout", "callout"),
        BoxKind("warning", "Warning", "", "callout", "callout"),
        BoxKind("important", "Important", "", "callout", "callout"),
        BoxKind("caution", "Caution", "", "callout", "callout"),
    )
}


@frozen
class LabelKind:
    """What a label's prefix stands for: `eq:` labels an equation, called "Equation 4.2"."""

    prefix: str
    title: str


LABEL_KINDS: dict[str, LabelKind] = {
    kind.prefix: kind
    for kind in (
        LabelKind("eq", "Equation"),
        LabelKind("fig", "Figure"),
        LabelKind("tbl", "Table"),
        LabelKind("lst", "Listing"),
        LabelKind("ex", "Example"),
        LabelKind("sec", "Section"),
        LabelKind("exr", "Exercise"),
        *(LabelKind(kind.prefix, kind.title) for kind in BOX_KINDS.values() if kind.prefix),
    )
}

"""Generated units for the deck's laws."""

from __future__ import annotations

from hypothesis import strategies as st

from mathbook.diagnostics import Span
from mathbook.document.book import Example
from mathbook.document.nodes import (
    Block,
    Box,
    BulletList,
    Cell,
    Code,
    Column,
    Columns,
    Emph,
    Equation,
    Exercise,
    Footnote,
    Formula,
    Heading,
    Incremental,
    Inline,
    Listing,
    OrderedList,
    Paragraph,
    Quotation,
    Slide,
    SpeakerNotes,
    Strong,
    Table,
    Text,
)

WORDS = st.text(alphabet="abcdefghij kl.", min_size=3, max_size=80).map(lambda t: f"w{t.strip()}w ")
FORMULAS = st.sampled_from(
    ["x", "x_1^2", r"\frac{a}{b}", r"\sum_{i=1}^n i", r"\mathbb{R}^n", r"\left(\frac12\right)^k"]
)
LEAVES: st.SearchStrategy[Inline] = st.one_of(
    WORDS.map(Text), FORMULAS.map(Formula), WORDS.map(lambda w: Code(w.strip()))
)
INLINES = st.lists(
    st.one_of(
        LEAVES,
        WORDS.map(lambda w: Emph((Text(w),))),
        WORDS.map(lambda w: Strong((Text(w),))),
        WORDS.map(lambda w: Footnote((Paragraph((Text(w),)),), number="1")),
    ),
    min_size=1,
    max_size=6,
).map(tuple)
PARAGRAPHS = INLINES.map(Paragraph)


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, min_size=1, max_size=3).map(tuple)
    items = st.lists(blocks, min_size=1, max_size=4).map(tuple)
    title = WORDS.map(lambda w: (Text(w.strip()),))
    return st.one_of(
        items.map(BulletList),
        items.map(OrderedList),
        st.tuples(st.sampled_from(["theorem", "proof", "note", "takeaway", "worked"]), blocks).map(lambda p: Box(*p)),
        st.tuples(blocks, blocks, blocks).map(lambda p: Exercise(p[0], p[1], p[2], number="1.1")),
        blocks.map(Quotation),
        st.tuples(title, blocks).map(lambda p: Slide(*p)),
        blocks.map(SpeakerNotes),
        blocks.map(lambda b: Columns((Column(b), Column(b)))),
        blocks.map(Incremental),
    )


CELLS = st.lists(WORDS.map(lambda w: Cell((Text(w),))), min_size=3, max_size=3).map(tuple)
SIMPLE: st.SearchStrategy[Block] = st.one_of(
    PARAGRAPHS,
    FORMULAS.map(lambda latex: Equation(Formula(latex))),
    WORDS.map(lambda w: Heading(2, (Text(w.strip()),))),
    st.lists(WORDS, min_size=1, max_size=30).map(lambda lines: Listing("\n".join(lines), "python")),
    st.tuples(CELLS, st.lists(CELLS, min_size=1, max_size=14).map(tuple)).map(
        lambda p: Table((p[0],), p[1], ("left", "right", "center"))
    ),
)
BLOCKS = st.lists(st.recursive(SIMPLE, _containers, max_leaves=6), min_size=1, max_size=6).map(tuple)
UNITS = BLOCKS.map(lambda blocks: Example("e", "1", "e", (Text("A title"),), blocks, Span("e.md"), minutes=7))

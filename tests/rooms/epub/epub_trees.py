"""Trees of all kinds of nodes, made up by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from mathbook.diagnostics import NOWHERE
from mathbook.document.book import Example
from mathbook.document.kinds import BOX_KINDS
from mathbook.document.nodes import (
    Box,
    BulletList,
    Cell,
    Code,
    Column,
    Columns,
    Conditional,
    DefinitionItem,
    DefinitionList,
    Emph,
    Equation,
    Exercise,
    Footnote,
    Formula,
    Heading,
    Incremental,
    LineBreak,
    Link,
    Listing,
    OrderedList,
    Paragraph,
    Quotation,
    Quoted,
    Rule,
    Slide,
    SourceNote,
    SpeakerNotes,
    Strong,
    Styled,
    Sub,
    Sup,
    Table,
    Term,
    Text,
)
from mathbook.document.seeds import Seed

WORDS = st.text(st.sampled_from("abcXYZ019 .,<>&\"'é–ßΩЖ漢ا\u0301😀"), min_size=1, max_size=12)
FORMULAS = st.builds(Formula, st.sampled_from(["x", "x^2", r"\frac{a}{b}", r"\sum_{i=1}^n x_i", r"\text{if } a < b"]))


def _tuples(members: st.SearchStrategy, least: int = 1, most: int = 3) -> st.SearchStrategy:
    return st.lists(members, min_size=least, max_size=most).map(tuple)


_PLAIN = st.one_of(st.builds(Text, WORDS), st.builds(Code, WORDS), FORMULAS, st.just(LineBreak()))
_INLINE = st.recursive(
    _PLAIN,
    lambda inner: st.one_of(
        *(st.builds(kind, _tuples(inner)) for kind in (Emph, Strong, Sub, Sup)),
        st.builds(Quoted, st.sampled_from(["single", "double"]), _tuples(inner)),
        st.builds(Styled, st.sampled_from(["strikeout", "smallcaps", "underline", "mark", "kbd"]), _tuples(inner)),
        st.builds(Term, st.sampled_from(["index", "glossary"]), _tuples(inner), WORDS),
    ),
    max_leaves=4,
)
_NOTE = st.builds(lambda words: Footnote((Paragraph((Text(words),)),)), WORDS)
_LINE = _tuples(st.one_of(_INLINE, st.builds(Link, _tuples(_PLAIN), st.just("https://example.org/"))))
_NOTED = _tuples(st.one_of(_INLINE, _NOTE))
_MAYBE_LINE = st.one_of(st.just(()), _LINE)

_LEAF = st.one_of(
    st.builds(Paragraph, _NOTED),
    st.builds(Heading, st.integers(2, 6), _LINE),
    st.builds(Listing, WORDS, st.sampled_from(["", "python", "nonsense"]), _MAYBE_LINE),
    st.builds(Equation, FORMULAS),
    st.builds(
        lambda head, body, caption: Table((head,), (body, body), ("left", "center", "right"), (), caption),
        *(st.tuples(*[st.builds(Cell, _LINE)] * 3) for _ in range(2)),
        _MAYBE_LINE,
    ),
    st.just(Rule()),
)
_SEED = st.builds(Seed, st.just("s"), WORDS, WORDS, WORDS, WORDS)


def _nested(inner: st.SearchStrategy) -> st.SearchStrategy:
    blocks = _tuples(inner)
    items = _tuples(blocks)
    return st.one_of(
        st.builds(BulletList, items, st.booleans()),
        st.builds(OrderedList, items, st.integers(0, 9), st.sampled_from(["decimal", "upper-roman"]), st.booleans()),
        st.builds(DefinitionList, _tuples(st.builds(DefinitionItem, _LINE, items))),
        st.builds(Quotation, blocks, _MAYBE_LINE),
        st.builds(Box, st.sampled_from(sorted(BOX_KINDS)), blocks, _MAYBE_LINE),
        st.builds(SourceNote, _SEED, blocks),
        st.builds(Slide, _MAYBE_LINE, blocks, st.booleans()),
        st.builds(SpeakerNotes, blocks),
        st.builds(Columns, _tuples(st.builds(Column, blocks))),
        st.builds(Incremental, blocks),
        st.builds(Exercise, blocks, st.one_of(st.just(()), blocks), st.one_of(st.just(()), blocks), _MAYBE_LINE),
        st.builds(Conditional, st.booleans(), st.sampled_from([("epub",), ("deck", "pdf")]), st.just(()), blocks),
    )


EXAMPLES = st.builds(
    lambda title, blocks: Example("generated", "1", "generated", title, blocks, NOWHERE),
    _LINE,
    _tuples(st.recursive(_LEAF, _nested, max_leaves=6), 1, 4),
)
"""Resolved units without references; their exercises and footnotes have still to be numbered."""

"""Generated units that try a slide: long words and titles, deep lists, wide tables, code, formulas of all sizes."""

from __future__ import annotations

from hashlib import blake2b

from hypothesis import strategies as st

from mathbook.diagnostics import Span
from mathbook.document.book import Example, Picture
from mathbook.document.nodes import (
    Block,
    Box,
    BulletList,
    Cell,
    Code,
    Column,
    Columns,
    DefinitionItem,
    DefinitionList,
    Emph,
    Equation,
    Figure,
    Formula,
    Heading,
    Image,
    Incremental,
    Inline,
    LineBreak,
    Link,
    Listing,
    OrderedList,
    Paragraph,
    Quotation,
    Quoted,
    Slide,
    Strong,
    Sub,
    Sup,
    Table,
    Text,
)

LETTERS = "abcdefghijklmnopqrstuvwxyzABCMWQ0123456789äéñßøŁΔλж"
LONG = st.text(LETTERS, min_size=40, max_size=150)
WORD = st.one_of(*[st.text(LETTERS, min_size=1, max_size=12)] * 12, LONG, st.just("https://example.org/a/b-c/d_e?f=g"))
PHRASE = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
PROSE = st.lists(PHRASE, min_size=1, max_size=6).map(lambda parts: ", ".join(parts) + ". ")
SMALL = ["x", "x_1^2", r"\alpha+\beta", r"f(x)=y", "n"]
LARGE = [
    r"\frac{a+b}{c}",
    r"\sum_{i=1}^n i^2",
    r"\left(\frac{1}{1+\frac{1}{x}}\right)^k",
    r"\int_0^\infty e^{-x^2}\,dx=\frac{\sqrt{\pi}}{2}",
    r"\begin{pmatrix}a & b\\ c & d\\ e & f\end{pmatrix}",
    r"\sqrt{1+\sqrt{1+\sqrt{1+x}}}",
    r"\begin{aligned}a&=b+c\\&=d+e+f+g\\&=h\end{aligned}",
    r"a_1+a_2+a_3+a_4+a_5+a_6+a_7+a_8+a_9+a_{10}+a_{11}=0",
]
FORMULA = st.one_of(st.sampled_from(SMALL), st.sampled_from(LARGE)).map(Formula)
TEXT = PHRASE.map(lambda words: Text(f"{words} "))
INLINE: st.SearchStrategy[Inline] = st.one_of(
    TEXT,
    TEXT,
    PROSE.map(Text),
    FORMULA,
    PHRASE.map(Code),
    TEXT.map(lambda text: Emph((text,))),
    TEXT.map(lambda text: Strong((text,))),
    TEXT.map(lambda text: Strong((Emph((text,)),))),
    WORD.map(lambda word: Link((Text(word),), "https://example.org/")),
    TEXT.map(lambda text: Quoted("double", (text,))),
    WORD.map(lambda word: Sub((Text(word[:9]),))),
    WORD.map(lambda word: Sup((Text(word[:9]),))),
    st.just(LineBreak()),
)
INLINES = st.lists(INLINE, min_size=1, max_size=7).map(lambda parts: (Text("W "), *parts))
PARAGRAPH = INLINES.map(Paragraph)
TITLE = st.lists(st.text(LETTERS, min_size=1, max_size=14), min_size=1, max_size=14).map(
    lambda words: (Text(" ".join(words)[:140]),)
)
CODE_LINE = st.lists(st.text("abcdef_()=+ ", max_size=30), min_size=1, max_size=5).map(" ".join)
LISTING = st.lists(CODE_LINE, min_size=1, max_size=30).map(lambda lines: Listing("\n".join(lines), "python"))
CELL = st.one_of(WORD.map(Text), TEXT, FORMULA, PROSE.map(Text), WORD.map(Code)).map(lambda inline: Cell((inline,)))


def _picture(wide: int, high: int) -> Picture:
    data = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">'
        f'<rect x="2" y="2" width="{wide - 4}" height="{high - 4}" fill="none" stroke="black" stroke-width="3"/></svg>'
    ).encode()
    return Picture(f"{wide}x{high}.svg", blake2b(data, digest_size=16).hexdigest(), "image/svg+xml", wide, high, data)


PICTURES = tuple(_picture(*size) for size in ((400, 300), (1200, 90), (90, 1200), (30, 30)))
CAPTION = st.lists(INLINE, min_size=1, max_size=3).map(tuple)
FIGURE = st.tuples(st.sampled_from(PICTURES), CAPTION).map(
    lambda p: Figure(Image(p[0].source, p[0].digest, "a frame"), p[1], "fig:a", "1.1")
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns = draw(st.integers(1, 7))
    row = st.lists(CELL, min_size=columns, max_size=columns).map(tuple)
    body = draw(st.lists(row, min_size=1, max_size=18))
    head = draw(st.lists(row, min_size=0, max_size=1))
    caption = draw(st.one_of(st.just(()), CAPTION))
    return Table(tuple(head), tuple(body), ("left",) * columns, (), caption, "tbl:a", "1.2")


LEAF: st.SearchStrategy[Block] = st.one_of(
    PARAGRAPH,
    PARAGRAPH,
    FORMULA.map(Equation),
    FORMULA.map(lambda formula: Equation(formula, "eq:a", "12.34")),
    LISTING,
    FIGURE,
    tables(),
)


def _containers(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, min_size=1, max_size=3).map(tuple)
    items = st.lists(blocks, min_size=1, max_size=5).map(tuple)
    return st.one_of(
        items.map(BulletList),
        st.tuples(items, st.sampled_from([1, 9, 98, 1998])).map(lambda p: OrderedList(p[0], p[1])),
        st.tuples(INLINES, blocks).map(lambda p: DefinitionList((DefinitionItem(p[0], (p[1],)),))),
        st.tuples(st.sampled_from(["theorem", "proof", "note", "takeaway"]), blocks, TITLE).map(lambda p: Box(*p)),
        st.tuples(blocks, INLINES).map(lambda p: Quotation(*p)),
        st.tuples(TITLE, blocks).map(lambda p: Slide(*p)),
        blocks.map(lambda b: Columns((Column(b), Column(b)))),
        blocks.map(Incremental),
    )


HEADING = TITLE.map(lambda words: Heading(2, words))
BLOCK = st.one_of(st.recursive(LEAF, _containers, max_leaves=5), HEADING)
BLOCKS = st.lists(BLOCK, min_size=2, max_size=6).map(tuple)
UNITS = st.tuples(BLOCKS, TITLE, PROSE).map(
    lambda p: Example("e", "12", "e", p[1], p[0], Span("e.md"), minutes=7, summary=p[2], pictures=PICTURES)
)

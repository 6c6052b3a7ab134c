"""What a page of a finished PDF says, read by PDFium: tags tell what belongs together, painted text what is there.

A tag's words are those that are painted in its marked content (ISO 32000-1, 14.7.4): what is tagged but not painted is
not found, and what is painted but not tagged is told as furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2
from pypdfium2 import raw

from mathbook.document.passage import FORMULA_MARK, Passage, Role, Spot
from mathbook.pdf.content import Content
from mathbook.pdf.pdfium import (
    alternative_text,
    children,
    links_of,
    painted,
    structure,
    type_of,
)

_ROLES: dict[str, Role] = {
    **{f"H{level}": "heading" for level in range(2, 7)},
    **dict.fromkeys(("LI", "LBody", "Lbl"), "item"),
    **dict.fromkeys(("TD", "TH"), "cell"),
    "H1": "title",
    "Caption": "caption",
    "BlockQuote": "quotation",
    "Note": "footnote",
}
_LINE_END = re.compile("[\u00ad\u2010\x02\ufffe] ")
"""A hyphen at a line's end joins its two halves: as it is painted, and as PDFium tells of it."""
_INLINE = frozenset(("Span", "Link", "NonStruct", "Em", "Strong", "Quote", "Code", "Reference", "Formula", "Figure"))
_OF_BLOCKS = frozenset(("Document", "Part", "Sect", "NonStruct"))
"""In these an element without a meaning of its own is a block (a figure with its caption)."""
_WORDS_OF_PICTURES = frozenset(("P", "TD", "TH", "LI", "LBody", "Caption", *(f"H{level}" for level in range(1, 7))))
"""Where a picture stands among words: there its own words are words of the line."""


def passages_on(document: pypdfium2.PdfDocument, number: int, drawn: Content) -> Iterator[Passage]:
    """Yield the passages of a page in the order of its tags, then what no tag has: decorative pictures, words; at last
    where its links lead, and a hash of what is drawn.
    """
    page = document[number]
    texts = painted(page)
    with structure(page) as top:
        for element in top:
            yield from _Tags(texts, drawn.symbols, str(number)).block(element, "paragraph")
    for _ in range(drawn.decorations):
        yield Passage("figure", "", pictures=("",))
    for words in texts.values():
        if untold := " ".join("".join(words).split()):
            yield Passage("furniture", untold)
    yield Passage("furniture", "", links=tuple(links_of(document, page)), pictures=(drawn.digest,))
    page.close()


@dataclass(slots=True)
class _Run:
    """The words of a line or several, until a block ends them."""

    words: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Tags:
    """Reads the tags of one page; takes the painted texts out of `texts` as it meets their tags."""

    texts: dict[int, list[str]]
    symbols: dict[int, str]
    number: str

    def block(self, element: raw.FPDF_STRUCTELEMENT, around: Role) -> Iterator[Passage]:
        """Yield the passages in an element: its own lines, and the blocks between them."""
        kind = type_of(element)
        role = _ROLES.get(kind, around)
        run = _Run()
        for child, content in children(element):
            if child is None:
                run.words += self.texts.pop(content, ())
                run.contents.append(str(content))
            elif type_of(child) in _INLINE and not (type_of(child) == "NonStruct" and kind in _OF_BLOCKS):
                yield from self._inline(child, run, kind, role)
            else:
                yield from self._finished(run, role, kind)
                run = _Run()
                yield from self.block(child, role)
        yield from self._finished(run, role, kind, even_empty=kind in ("TD", "TH"))

    def _inline(self, element: raw.FPDF_STRUCTELEMENT, run: _Run, block: str, role: Role) -> Iterator[Passage]:
        """Gather what an inline element says; yield what stands in a block inside it (a footnote's paragraphs)."""
        kind = type_of(element)
        if kind == "Formula":
            run.words.append(FORMULA_MARK)
            run.formulas.append(self._formula(element))
        elif kind == "Figure":
            words = alternative_text(element)
            run.pictures.append(words)
            run.words += [words] if block in _WORDS_OF_PICTURES else []
        for child, content in children(element):
            if child is None:
                painted = self.texts.pop(content, ())  # a formula's glyphs are told by its words
                run.words += () if kind in ("Formula", "Figure") else painted
                run.contents.append(str(content))
            elif type_of(child) in _INLINE:
                yield from self._inline(child, run, block, role)
            else:
                yield from self._finished(run, role, block)
                run.words, run.formulas, run.pictures, run.contents = [], [], [], []
                yield from self.block(child, role)

    def _formula(self, element: raw.FPDF_STRUCTELEMENT) -> str:
        """Return a formula's symbols and the words that say it."""
        drawn = (self.symbols.get(content, "") for child, content in children(element) if child is None)
        return f"{''.join(drawn)} ({alternative_text(element)})"

    def _finished(self, run: _Run, role: Role, kind: str, even_empty: bool = False) -> Iterator[Passage]:
        words = _LINE_END.sub("", " ".join("".join(run.words).split()))
        if not (words or run.pictures or even_empty):
            return
        spot = Spot(self.number, tuple(run.contents))
        if words == FORMULA_MARK and role == "paragraph":
            yield Passage("equation", "", tuple(run.formulas), spot=spot)
        elif run.pictures and not words:
            yield Passage("figure", "", pictures=tuple(run.pictures), spot=spot)
        else:
            level = int(kind[1]) if kind[:1] == "H" and kind[1:].isdigit() else 0
            found = (tuple(run.formulas), (), tuple(run.pictures))
            yield Passage(role, words, *found, level=level, spot=spot)

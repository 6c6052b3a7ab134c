"""A fitted slide as HTML: every piece at its place, all lengths in one proportion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import groupby
from typing import assert_never

from lxml import etree
from lxml.builder import E

from mathbook.deck.fitter import CELL, PADDING, Fitter
from mathbook.deck.frame import Box
from mathbook.deck.measure import CODE_IN_TEXT, GAP
from mathbook.deck.slides import Code, Display, Grid, Para, Placed, Run, Shown, Slide, Words
from mathbook.deck.titles import BIG, LEADING
from mathbook.document.nodes import Formula
from mathbook.document.theme import Theme
from mathbook.formula.parse import parse
from mathbook.pdf.formula_font import formula_face
from mathbook.pdf.formula_image import FormulaImage
from mathbook.pdf.mend import FORMULA_SIGN

_GROUNDS = {"Title Slide": "dark", "Section Header": "dark", "Quote": "quote"}
"""The classes of layouts that have a ground of their own."""
_BESIDE = {"left": "left", "center": "center", "right": "right", "default": "left"}


@dataclass(slots=True)
class Drawer:
    """Draws slides `scale` times as large as they are, and gathers the formulas and pictures that they need."""

    fitter: Fitter
    theme: Theme
    scale: float
    formulas: dict[str, FormulaImage] = field(default_factory=dict)
    resources: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def slide(self, slide: Slide) -> etree._Element:
        """Return the slide as a block of its own size."""
        frame = self.fitter.frame
        drawn = E.div({"class": f"slide {_GROUNDS.get(slide.layout, '')}".strip()})
        drawn.set("style", f"width: {self._pt(frame.width)}; height: {self._pt(frame.height)}")
        drawn.append(self._title(slide))
        for placed in slide.placed:
            drawn.extend(self._piece(placed))
        return drawn

    def _pt(self, points: float) -> str:
        return f"{points * self.scale:.3f}pt"

    def _box(self, box: Box, *children: etree._Element, kind: str = "", style: str = "") -> etree._Element:
        place = f"left: {self._pt(box.left)}; top: {self._pt(box.top)}; width: {self._pt(box.width)}"
        return E.div({"class": f"box {kind}".strip(), "style": f"{place}; {style}"}, *children)

    def _title(self, slide: Slide) -> etree._Element:
        """Return the title, at the bottom of its box."""
        box = self.fitter.frame.title_of(slide.layout)
        large = slide.layout in _GROUNDS
        size = slide.title_size or self.fitter.tokens.title_size * (BIG if large else 1)
        line = size * 1.22 * LEADING
        lines = self.fitter.ruler.lines(Para((Run(slide.title, bold=True),)), box.width, size)
        top = box.top + max(box.height - lines * line, 0)
        style = f"font-size: {self._pt(size)}; line-height: {self._pt(line)}"
        return self._box(Box(box.left, top, box.width, box.height), E.h2(cleaned(slide.title)), style=style)

    def _piece(self, placed: Placed) -> Iterator[etree._Element]:
        box = Box(placed.left, placed.top, placed.width, placed.height)
        match placed.piece:
            case Words(paras=paras, boxed=boxed):
                kind, style = ("boxed", f"padding: {self._pt(PADDING)}") if boxed else ("", "")
                yield self._box(box, *(self._para(para, placed.size) for para in paras), kind=kind, style=style)
            case Display():
                yield self._display(placed, placed.piece)
            case Shown():
                yield from self._shown(box, placed.piece)
            case Grid():
                yield from self._grid(placed, placed.piece)
            case Code():
                yield self._code(placed, placed.piece)
            case _:
                assert_never(placed.piece)

    def _para(self, para: Para, size: float) -> etree._Element:
        ruler = self.fitter.ruler
        style = f"font-size: {self._pt(size)}; margin: 0 0 {self._pt(GAP * size)} {self._pt(ruler.indent(para, size))}"
        made = E.p({"style": style, "class": "quiet" if para.quiet else "plain"})
        if para.mark:
            hang = self._pt(ruler.hang(para, size))
            made.append(E.span({"class": "mark", "style": f"width: {hang}; margin-left: -{hang}"}, para.mark))
        _fill(made, (part for run in para.runs for part in self._run(run, size)))
        return made

    def _run(self, run: Run, size: float) -> Iterator[etree._Element | str]:
        if run.formula is not None:
            yield self._formula(run.formula, display=False)
            return
        for at, words in enumerate(run.text.split("\v")):
            if at:
                yield E.br()
            if words:
                yield self._looks(run, cleaned(words))

    def _looks(self, run: Run, words: str) -> etree._Element | str:
        """Return the words in the elements that their looks ask for."""
        made: etree._Element | str = words
        if run.small_caps:
            # the deck's fonts have no small capitals: programs show smaller ones, and so do we
            parts = ((low, "".join(letters)) for low, letters in groupby(words, str.islower))
            made = E.span(*(E.span({"class": "small"}, part) if low else part for low, part in parts))
        looks = {"s": run.strike, "u": run.underline, "em": run.italic, "strong": run.bold, "mark": run.marked}
        for tag, asked in looks.items():
            made = E(tag, made) if asked else made
        if run.code:
            made = E.code({"style": f"font-size: {CODE_IN_TEXT}em"}, made)
        if run.baseline:
            made = E("sup" if run.baseline > 0 else "sub", made)
        return E.a({"href": run.link}, made) if run.link else made

    def _formula(self, formula: Formula, *, display: bool) -> etree._Element:
        """Return an image that stands for the formula, as the handout's compiler does."""
        parsed = parse(
            formula.latex, display=display, definitions=formula.definitions, language=self.fitter.ruler.language
        )
        key = f"formula:{blake2b(parsed.svg.encode(), digest_size=12).hexdigest()}"
        self.formulas.setdefault(key, FormulaImage(parsed, formula_face(self.theme)))
        style = f"vertical-align: {-parsed.descent:.4f}em"
        return E.img({"class": "formula", "src": key, "alt": FORMULA_SIGN + parsed.speech, "style": style})

    def _display(self, placed: Placed, display: Display) -> etree._Element:
        _, height, size = self.fitter.display_size(display, placed.width, placed.size)
        top = placed.top + max(placed.height - height, 0) / 2 + 4
        line = E.p({"class": "display", "style": f"font-size: {self._pt(size)}"})
        line.append(self._formula(display.formula, display=True))
        if display.number:
            line.append(E.span({"class": "number"}, f"({display.number})"))
        return self._box(Box(placed.left, top, placed.width, height), line)

    def _shown(self, box: Box, shown: Shown) -> Iterator[etree._Element]:
        picture = shown.picture
        room = box.height - self.fitter.caption_height(shown.caption, box.width)
        scale = min(box.width / picture.width, room / picture.height)
        width, height = picture.width * scale, picture.height * scale
        address = f"mathbook:picture/{picture.digest}"
        self.resources[address] = (picture.media_type, picture.data)
        size = f"width: {self._pt(width)}; height: {self._pt(height)}"
        image = E.img({"src": address, "alt": cleaned(shown.alt), "style": size})
        yield self._box(Box(box.left + (box.width - width) / 2, box.top, width, height), image)
        if shown.caption:
            yield self._caption(shown.caption, Box(box.left, box.top + height + 4, box.width, 0))

    def _caption(self, caption: Para, box: Box) -> etree._Element:
        return self._box(box, self._para(caption, self.fitter.tokens.caption_size), kind="caption")

    def _grid(self, placed: Placed, grid: Grid) -> Iterator[etree._Element]:
        widths = self.fitter.column_widths(grid, placed.width, placed.size)
        table = E.table({"style": f"width: {self._pt(sum(widths))}; font-size: {self._pt(placed.size)}"})
        table.append(E.colgroup(*(E.col({"style": f"width: {self._pt(width)}"}) for width in widths)))
        for tag, cell, rows in (("thead", "th", grid.head), ("tbody", "td", grid.body)):
            if rows:
                table.append(E(tag, *(self._row(row, cell, grid, placed.size) for row in rows)))
        left = placed.left + max(placed.width - sum(widths), 0) / 2
        yield self._box(Box(left, placed.top, sum(widths), placed.height), table)
        if grid.caption:
            height = self.fitter.caption_height(grid.caption, placed.width)
            yield self._caption(
                grid.caption, Box(placed.left, placed.top + placed.height - height, placed.width, height)
            )

    def _row(self, row: tuple[tuple[Run, ...], ...], tag: str, grid: Grid, size: float) -> etree._Element:
        made = E.tr()
        for at, cell in enumerate(row):
            side = _BESIDE[grid.alignments[at]]
            held = E(tag, {"style": f"text-align: {side}; padding: {self._pt(4)} {self._pt(CELL)}"})
            _fill(held, (part for run in cell for part in self._run(run, size)))
            made.append(held)
        return made

    def _code(self, placed: Placed, code: Code) -> etree._Element:
        size = self.fitter.code_size(code, placed.width, placed.size)
        pre = E.pre({"style": f"font-size: {self._pt(size)}"})
        for at, line in enumerate(code.lines):
            _fill(pre, ("\n",) if at else ())
            _fill(pre, (E.span({"class": f"code-{kind}"}, cleaned(words)) for kind, words in line))
        box = Box(placed.left, placed.top, placed.width, placed.height)
        style = f"padding: {self._pt(PADDING)}; height: {self._pt(placed.height)}"
        return self._box(box, pre, kind="output" if code.output else "boxed", style=style)


def cleaned(words: str) -> str:
    """Return the words without what XML can't hold."""
    return "".join(char for char in words if char in "\t\n" or ord(char) >= 32)


def _fill(element: etree._Element, parts: Iterator[etree._Element | str] | tuple[str, ...]) -> None:
    """Append elements and text to an element, in their order."""
    for part in parts:
        if not isinstance(part, str):
            element.append(part)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + part
        else:
            element.text = (element.text or "") + part

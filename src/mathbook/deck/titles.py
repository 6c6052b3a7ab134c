"""How large a title is, and how long a footer."""

from __future__ import annotations

from dataclasses import replace

from mathbook.deck.fitter import Fitter
from mathbook.deck.measure import LINE
from mathbook.deck.printed import SOME_PAGES
from mathbook.deck.slides import Layout, Para, Run, Slide
from mathbook.diagnostics import Code
from mathbook.document.words import say

BIG = 1.33
"""The titles of title slides, sections and quotes are as many times as large as others."""
BIG_TITLES = ("Title Slide", "Section Header", "Quote")
STEPS = (1.0, 0.8, 0.67)
"""A long title is set smaller, in two steps at most."""
LEADING = 0.95
"""The master's line spacing for titles."""


def title_size(title: str, layout: Layout, fitter: Fitter) -> float | None:
    """Return the title's size in points, 0 if it is the layout's own; None if it fits at no size."""
    box = fitter.frame.title_of(layout)
    whole = fitter.tokens.title_size * (BIG if layout in BIG_TITLES else 1.0)
    para = Para((Run(title, bold=True),))
    for step in STEPS:
        size = round(whole * step * 2) / 2 if step < 1 else whole
        if fitter.ruler.lines(para, box.width, size) * size * LINE * LEADING <= box.height:
            return 0.0 if step == 1 else size
    return None


def titled(slide: Slide, fitter: Fitter) -> Slide:
    """Return the slide with its title's size; a title that fits at no size is told to the fitter's collector."""
    size = title_size(slide.title, slide.layout, fitter)
    if size is None:
        message = f"the title {slide.title[:60]!r} is too long for a slide"
        fitter.collector.error(Code.SLIDE_OVERFLOW, fitter.span, message, "say it in fewer words")
    return replace(slide, title_size=size or 0.0)


FOOTER_SIZE = 12.0
"""The size of footers, in points."""


def shortened(words: str, fitter: Fitter) -> str:
    """Return what fits of the words into the footer's one line, before the pages of the handout: all, or their
    beginning with an ellipsis.
    """
    pages = f" · {say(SOME_PAGES, fitter.ruler.language, '8888', '8888')}"
    room = fitter.frame.foot.width - 80 - fitter.ruler.run_width(pages, Run(""), FOOTER_SIZE)
    end = len(words)
    while end and fitter.ruler.run_width(_cut(words, end), Run(""), FOOTER_SIZE) > room:
        end -= 1
    return _cut(words, end)


def _cut(words: str, end: int) -> str:
    return words if end == len(words) else words[:end].rstrip() + "…"

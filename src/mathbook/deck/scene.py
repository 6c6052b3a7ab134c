"""What slides are made for: our own layouts, or a template's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mathbook.deck.frame import Frame, frame_of
from mathbook.deck.layouts import LAYOUTS, VERTICAL, SlideLayout, layout_of
from mathbook.deck.slides import Layout
from mathbook.deck.template import Template, TemplateFrame, lacks, slide_layout
from mathbook.deck.template_file import read_template
from mathbook.document.book import DeckMeta
from mathbook.document.theme import DeckTokens
from mathbook.frozen import frozen

METRIC_TWINS = frozenset({"Calibri", "Carlito", ""})
"""Fonts that have the widths by which a deck's text is measured."""


@frozen
class Scene:
    """The slide's regions and its layouts, by the names that drafts use."""

    frame: Frame
    template: Template | None = None

    def layout(self, name: Layout) -> SlideLayout:
        """Return the layout that a slide of this name uses."""
        return slide_layout(self.template, name) if self.template else layout_of(name, self.frame)

    def tokens(self, tokens: DeckTokens) -> DeckTokens:
        """Return the theme's sizes, the title no larger than the template has it."""
        if self.template is None:
            return tokens
        return replace(tokens, title_size=min(tokens.title_size, self.template.title_size))

    @property
    def known(self) -> tuple[Layout, ...]:
        """The names that an author may give."""
        ours = tuple(name for name in LAYOUTS if name not in VERTICAL)
        theirs = tuple(one.name for one in self.template.layouts) if self.template else ()
        return tuple(dict.fromkeys((*ours, *theirs)))

    def faults(self, used: Iterable[Layout]) -> Iterator[str]:
        """Yield what the template lacks of what is used, and what is done about it."""
        if self.template is None:
            return
        yield from filter(None, (lacks(self.template, name) for name in dict.fromkeys(used)))
        yield from self.template.faint()
        others = [name for name in self.template.fonts if name not in METRIC_TWINS and not name.startswith("+")]
        if others:
            named = " and ".join(repr(name) for name in others)
            yield f"the template's text is in {named}, and was measured in Calibri: look whether it fits"


def scene_of(deck: DeckMeta) -> Scene:
    """Return what the book's slides are made for. Raises UnsuitableTemplate."""
    if deck.template is None:
        return Scene(frame_of(deck.ratio))
    template = read_template(deck.template)
    return Scene(TemplateFrame(template.width, template.height, template), template)

"""A template as slides use it: which of its layouts stands for each of ours, and what it lacks."""

from __future__ import annotations

from collections.abc import Callable

from mathbook.deck.frame import Box, Frame
from mathbook.deck.layouts import KINDS, Holder, SlideLayout
from mathbook.deck.slides import Layout
from mathbook.frozen import frozen
from mathbook.theme.contrast import READABLE, contrast_ratio

CONTENT = frozenset({"", "obj", "body", "subTitle", "pic", "tbl", "chart", "dgm", "media", "clipArt"})
"""Types of placeholders that hold content (ECMA-376 part 1, 19.7.10); what has none is "obj"."""
_HEADLESS = "Title Only"
_FALLBACKS: dict[str, tuple[str, ...]] = {
    "Title Slide": ("Section Header", "Title Only", "Title and Content"),
    "Section Header": ("Title Slide", "Title Only", "Title and Content"),
    "Title and Content": ("Two Content", "Title Only"),
    "Two Content": ("Comparison", "Title Only", "Title and Content"),
    "Comparison": ("Two Content", "Title Only", "Title and Content"),
    "Content with Caption": ("Two Content", "Title Only", "Title and Content"),
    "Picture with Caption": ("Content with Caption", "Two Content", "Title Only", "Title and Content"),
    "Title Only": ("Title and Content",),
    "Blank": ("Title Only", "Title and Content"),
    "Quote": ("Title and Content", "Title Only"),
}


@frozen
class TemplateLayout:
    """A layout of a template: its name, its type in the file, its number from 1, and its placeholders."""

    name: str
    kind: str
    number: int
    holders: tuple[Holder, ...]

    @property
    def title(self) -> Holder | None:
        """The title's placeholder."""
        return next((one for one in self.holders if one.kind in ("title", "ctrTitle")), None)

    @property
    def contents(self) -> tuple[Holder, ...]:
        """The content's placeholders, from left to right and from top to bottom."""
        found = (one for one in self.holders if one.kind in CONTENT)
        return tuple(sorted(found, key=lambda one: (round(one.box.left / 40), one.box.top)))


@frozen
class Template:
    """What a template's master and layouts offer. Sizes in points; `parts` are (name, bytes), ready to be written.

    `relations` are (part, relationships as XML); `masters` are (id, number from 1) as the presentation lists them;
    `colours` are the first master's, as #rrggbb by the names that slides use (tx1, bg1, …).
    """

    width: float
    height: float
    layouts: tuple[TemplateLayout, ...]
    title_size: float
    fonts: tuple[str, ...]
    parts: tuple[tuple[str, bytes], ...]
    relations: tuple[tuple[str, str], ...]
    masters: tuple[tuple[int, int], ...]
    themes: int
    colours: tuple[tuple[str, str], ...] = ()

    def faint(self) -> tuple[str, ...]:
        """Return what is to be told of text that can't be read well on its ground."""
        known = dict(self.colours)
        pairs = [("tx1", "bg1"), ("tx1", "bg2"), ("tx2", "bg1")]
        ratios = [(*pair, contrast_ratio(known[pair[0]], known[pair[1]])) for pair in pairs if {*pair} <= known.keys()]
        return tuple(
            f"the template's {text} on {ground} has a contrast of {ratio:.1f}, and {READABLE} is needed to read it"
            for text, ground, ratio in ratios
            if ratio < READABLE
        )

    def find(self, name: Layout) -> TemplateLayout | None:
        """Return the layout of this name, or else of the type in the file that the name stands for."""
        wanted = name.casefold()
        by_name = next((one for one in self.layouts if one.name.casefold() == wanted), None)
        kind = KINDS.get(name, "")
        return by_name or next((one for one in self.layouts if kind and one.kind == kind), None)

    def choose(self, name: Layout) -> TemplateLayout:
        """Return the layout that stands for ours: itself, or one with the same placeholders, or the nearest other."""
        return self.find(name) or self._alike(name) or self._nearest(name)

    def _alike(self, name: Layout) -> TemplateLayout | None:
        fits = _SHAPES.get(name)
        return next((one for one in self.layouts if fits and fits(one)), None)

    def _nearest(self, name: Layout) -> TemplateLayout:
        known = (self.find(other) or self._alike(other) for other in _FALLBACKS.get(name, ()))
        return next((one for one in known if one), None) or self._any()

    def _any(self) -> TemplateLayout:
        return next((one for one in self.layouts if one.title), self.layouts[0])


_SHAPES: dict[str, Callable[[TemplateLayout], bool]] = {
    "Title and Content": lambda one: one.title is not None and len(one.contents) == 1 and one.kind != "title",
    "Two Content": lambda one: one.title is not None and len(one.contents) == 2,
    "Title Only": lambda one: one.title is not None and not one.contents,
    "Blank": lambda one: one.title is None and not one.contents,
}


def slide_layout(template: Template, name: Layout) -> SlideLayout:
    """Return the template's layout as a slide of ours uses it."""
    chosen = template.choose(name)
    contents = chosen.contents
    heads: tuple[Holder, ...] = ()
    if name == "Comparison" and len(contents) >= 4:
        heads = tuple(one for one in contents if one.kind == "body")[:2]
    columns = tuple(one for one in contents if one not in heads)
    feet = tuple(one for one in chosen.holders if one.kind in ("ftr", "sldNum"))
    return SlideLayout(chosen.name, chosen.title, columns, heads, feet, chosen.number)


@frozen
class TemplateFrame(Frame):
    """The regions of a template's layouts."""

    template: Template

    @property
    def title(self) -> Box:
        """Where titles stand."""
        return self.title_of("Title and Content")

    @property
    def body(self) -> Box:
        """Where content stands."""
        return self.content("Title and Content")

    @property
    def subtitle(self) -> Box:
        """Where a title slide's second text stands."""
        return self.content("Title Slide")

    @property
    def section(self) -> Box:
        """Where a section's text stands."""
        return self.content("Section Header")

    @property
    def foot(self) -> Box:
        """Where footers stand."""
        holders = [one for one in self.template.choose("Title and Content").holders if one.box.top > self.height * 0.8]
        words = next((one.box for one in holders if one.kind == "ftr"), None)
        if words is None:
            top = min((one.box.top for one in holders if one.kind == "sldNum"), default=self.height - 36)
            return Box(self.width * 0.05, top, self.width * 0.9, self.height - top)
        # a slide number's 80 points are taken off where a footer is shortened, and here it has a place of its own
        return Box(words.left, words.top, words.width - 14.4 + 80, words.height)

    def title_of(self, layout: Layout) -> Box:
        """Return where the layout's title stands, within PowerPoint's own insets."""
        holder = self.template.choose(layout).title
        if holder is None or holder.box.width < self.width * 0.2:
            return Box(self.width * 0.06, self.height * 0.05, self.width * 0.88, self.height * 0.14)
        box = holder.box
        return Box(box.left + 7.2, box.top + 3.6, box.width - 14.4, box.height - 7.2)

    def content(self, layout: Layout) -> Box:
        """Return where the layout's content stands: its placeholder if it is large enough, or all below the title."""
        chosen = self.template.choose(layout)
        below = self._below(layout)
        least = self.height * (0.12 if layout in ("Title Slide", "Section Header") else 0.35)
        fitting = [one.box for one in chosen.contents if one.box.width >= self.width * 0.45 and one.box.height >= least]
        return fitting[0] if fitting else below

    def beside(self, layout: Layout) -> Box:
        """Return where columns stand on a slide of the layout: as wide as content, and clear of its title."""
        body, title = self.body, self.title_of(layout)
        if self.template.choose(layout).title is None or title.top + title.height <= body.top:
            return body
        if title.top > self.height * 0.5:
            top = self.height * 0.08
            return Box(body.left, top, body.width, title.top - top - 6)
        top = title.top + title.height + 6
        return Box(body.left, top, body.width, body.top + body.height - top)

    def _below(self, layout: Layout) -> Box:
        title = self.title_of(layout)
        top = title.top + title.height + 12
        if top > self.height * 0.62:
            return Box(title.left, self.height * 0.08, title.width, max(title.top - self.height * 0.1, 60))
        return Box(title.left, top, max(title.width, self.width * 0.5), self.foot.top - top - 6)


def lacks(template: Template, name: Layout) -> str:
    """Return what is to be told of a layout that the template hasn't got, or nothing."""
    if template.find(name) is not None or name == "Quote":
        return ""
    used = template.choose(name).name
    alike = template._alike(name)
    how = "which has the same placeholders" if alike else "where text boxes stand in for what it lacks"
    return f"the template has no layout {name!r}; {used!r} is used, {how}"

"""The slide: its size and where title, body and footer stand, in points."""

from __future__ import annotations

from typing import Literal

from mathbook.frozen import frozen

EMU = 12700
"""English Metric Units in a point."""


@frozen
class Box:
    """A rectangle in points."""

    left: float
    top: float
    width: float
    height: float


@frozen
class Frame:
    """A slide's size and its regions."""

    width: float
    height: float

    @property
    def margin(self) -> float:
        """The margin at the sides."""
        return 48.0 if self.width > 800 else 40.0

    @property
    def title(self) -> Box:
        """Where the title stands: two lines fit."""
        return Box(self.margin, 26, self.width - 2 * self.margin, 76)

    def title_of(self, layout: str) -> Box:
        """Return where the layout's title stands."""
        wide = Box(self.section.left, 166, self.section.width, 100)
        boxes = {
            "Title Slide": Box(wide.left, 166, wide.width, 130),
            "Section Header": wide,
            "Quote": Box(wide.left, 120, wide.width, 130),
        }
        return boxes.get(layout, self.title)

    def content(self, layout: str) -> Box:
        """Return where the layout's content stands."""
        boxes = {"Title Slide": self.subtitle, "Section Header": self.section, "Quote": self.section}
        return boxes.get(layout, self.body)

    @property
    def body(self) -> Box:
        """Where the content stands."""
        return Box(self.margin, 116, self.width - 2 * self.margin, self.height - 116 - 48)

    def beside(self, _layout: str) -> Box:
        """Return where columns stand on a slide of the layout."""
        return self.body

    @property
    def foot(self) -> Box:
        """Where footer and slide number stand."""
        return Box(self.margin, self.height - 36, self.width - 2 * self.margin, 20)

    @property
    def subtitle(self) -> Box:
        """Where a title slide's second text stands."""
        return Box(self.margin * 1.6, 316, self.width - 3.2 * self.margin, 150)

    @property
    def section(self) -> Box:
        """Where a section's or a closing slide's text stands, below its title."""
        return Box(self.margin * 1.6, 274, self.width - 3.2 * self.margin, self.height - 274 - 60)


def frame_of(ratio: Literal["16:9", "4:3"]) -> Frame:
    """Return the frame for the ratio, in PowerPoint's own sizes (13.333 or 10 by 7.5 inches)."""
    return Frame(960, 540) if ratio == "16:9" else Frame(720, 540)

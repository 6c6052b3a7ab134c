"""The layouts: their names, and the placeholders that each has (ECMA-376 part 1, 19.7.15 and 19.7.10)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mathbook.deck.frame import Box, Frame
from mathbook.deck.slides import Layout
from mathbook.frozen import frozen

KINDS: dict[str, str] = {
    "Title Slide": "title",
    "Title and Content": "obj",
    "Section Header": "secHead",
    "Two Content": "twoObj",
    "Comparison": "twoTxTwoObj",
    "Title Only": "titleOnly",
    "Blank": "blank",
    "Content with Caption": "objTx",
    "Picture with Caption": "picTx",
    "Title and Vertical Text": "vertTx",
    "Vertical Title and Text": "vertTitleAndTx",
    "Quote": "",
}
"""Each layout's name, which is PowerPoint's (and Pandoc's), and its type in the file. The last one is ours: for
quotations and takeaways.
"""

LAYOUTS = tuple(KINDS)
VERTICAL = frozenset({"Title and Vertical Text", "Vertical Title and Text"})
"""There for speakers who write from top to bottom; text that runs so isn't measured, so no slide of ours uses them."""
DARK = ("Title Slide", "Section Header")
"""Layouts on the accent colour: what stands there is light."""
BESIDE = frozenset({"Two Content", "Comparison", "Content with Caption", "Picture with Caption"})
"""Layouts with two columns."""

GUTTER = 28.0
"""Points between columns."""
_HEAD = 40.0


@frozen
class Holder:
    """A placeholder: its type (empty for any content), its index, and its place in points."""

    kind: str
    index: int
    box: Box
    name: str = ""

    @property
    def role(self) -> str:
        """The attributes of its p:ph."""
        kind = f' type="{self.kind}"' if self.kind else ""
        size = ' sz="quarter"' if self.kind in ("ftr", "sldNum", "dt") else ""
        return kind + size + (f' idx="{self.index}"' if self.index else "")


@frozen
class SlideLayout:
    """A layout as a slide uses it: `name` and `number` (from 1) are the file's, `columns` are the content's placeholders
    from left to right.
    """

    name: str
    title: Holder | None
    columns: tuple[Holder, ...]
    heads: tuple[Holder, ...] = ()
    feet: tuple[Holder, ...] = ()
    number: int = 0


@lru_cache(maxsize=64)
def layout_of(name: Layout, frame: Frame) -> SlideLayout:
    """Return one of our own layouts."""
    holders = tuple(holders_of(name, frame))
    title = next((one for one in holders if one.kind in ("title", "ctrTitle")), None)
    feet = tuple(one for one in holders if one.kind in ("ftr", "sldNum"))
    rest = tuple(one for one in holders if one not in (title, *feet))
    heads = rest[0::2] if name == "Comparison" else ()
    columns = tuple(sorted((one for one in rest if one not in heads), key=lambda one: one.box.left))
    return SlideLayout(name, title, columns, heads, feet, LAYOUTS.index(name) + 1)


def holders_of(name: Layout, frame: Frame) -> Iterator[Holder]:
    """Yield the layout's placeholders in their order in the file."""
    if name == "Vertical Title and Text":
        yield from _vertical(frame)
    elif name != "Blank":
        kind = "ctrTitle" if name == "Title Slide" else "title"
        yield Holder(kind, 0, frame.title_of(name), "Title")
        yield from _contents(name, frame)
    if name != "Title Slide":
        yield from feet(frame)


def _contents(name: Layout, frame: Frame) -> Iterator[Holder]:
    match name:
        case "Title Slide":
            yield Holder("subTitle", 1, frame.subtitle, "Subtitle")
        case "Section Header" | "Quote":
            yield Holder("body", 1, frame.section, "Text")
        case "Title Only":
            return
        case "Comparison":
            yield from _comparison(frame)
        case "Two Content":
            for at, box in enumerate(column_boxes(frame, (0.5, 0.5)), start=1):
                yield Holder("", at, box, "Content")
        case "Content with Caption":
            caption, content = column_boxes(frame, SHARES[name])
            yield Holder("", 1, content, "Content")
            yield Holder("body", 2, caption, "Text")
        case "Picture with Caption":
            picture, caption = column_boxes(frame, SHARES[name])
            yield Holder("pic", 1, picture, "Picture")
            yield Holder("body", 2, caption, "Text")
        case _:
            kind = "body" if name in VERTICAL else ""
            yield Holder(kind, 1, frame.body, "Text" if kind else "Content")


SHARES: dict[str, tuple[float, float]] = {
    "Content with Caption": (0.36, 0.64),
    "Picture with Caption": (0.64, 0.36),
}
"""The columns' shares of the width, where they aren't equal."""


def column_boxes(frame: Frame, shares: tuple[float, ...]) -> tuple[Box, ...]:
    """Return the places of columns with these shares of the body's width; shares of 0 take what the others leave."""
    body = frame.body
    room = body.width - GUTTER * (len(shares) - 1)
    open_ones = sum(share == 0 for share in shares)
    rest = max(1 - sum(shares), 0.1) / max(open_ones, 1)
    wanted = [share or rest for share in shares]
    widths = [room * share / sum(wanted) for share in wanted]
    lefts = [body.left + sum(widths[:at]) + GUTTER * at for at in range(len(widths))]
    return tuple(Box(left, body.top, width, body.height) for left, width in zip(lefts, widths, strict=True))


def _comparison(frame: Frame) -> Iterator[Holder]:
    for at, box in enumerate(column_boxes(frame, (0.5, 0.5))):
        yield Holder("body", 2 * at + 1, Box(box.left, box.top, box.width, _HEAD), "Heading")
        yield Holder("", 2 * at + 2, Box(box.left, box.top + _HEAD, box.width, box.height - _HEAD), "Content")


def _vertical(frame: Frame) -> Iterator[Holder]:
    top, body = frame.title.top, frame.body
    height = body.top + body.height - top
    yield Holder("title", 0, Box(body.left + body.width - 110, top, 110, height), "Title")
    yield Holder("body", 1, Box(body.left, top, body.width - 110 - GUTTER, height), "Text")


def feet(frame: Frame) -> Iterator[Holder]:
    """Yield the places of footer and slide number."""
    foot = frame.foot
    yield Holder("ftr", 11, Box(foot.left, foot.top, foot.width - 80, foot.height), "Footer")
    yield Holder("sldNum", 12, Box(foot.left + foot.width - 70, foot.top, 70, foot.height), "Slide Number")

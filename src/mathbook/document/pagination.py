"""The pages of the print edition, for formats that say where they begin."""

from __future__ import annotations

from typing import Literal, TypeAlias

from mathbook.frozen import frozen

Flow: TypeAlias = Literal["text", "solutions"]
"""What is read in one go. Solutions are a flow of their own: some formats put them where the text has ended."""

TITLE_PAGE = ":title"
CONTENTS = ":contents"
"""What stands for a unit's id where a format has pages of its own making."""


@frozen
class PageStart:
    """Where a page begins: `offset` signs into a flow of its unit, as `html.running` counts them (no white space).

    `before` and `after` are the signs on both sides. They find the place where a format shows more or less than print.
    """

    flow: Flow
    offset: int
    before: str = ""
    after: str = ""


@frozen
class PrintPage:
    """A page: its number as readers see it ("iv", "12"), the unit on it (or TITLE_PAGE, CONTENTS), and its start."""

    label: str
    unit: str
    start: PageStart


@frozen
class Pagination:
    """The pages of a finished file in their order, and `source`, the identifier of the edition that has them."""

    source: str
    pages: tuple[PrintPage, ...]
